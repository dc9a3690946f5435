-- Whom the view shows as holders of numbers and addresses: people and firms, each name once with how many records say so.
WITH asked AS (SELECT unnest($keys::VARCHAR[]) AS key),
held AS (
    SELECT DISTINCT i.kind || ':' || i.value AS key, i.record_id, i."table"
    FROM identifier i JOIN asked a ON i.kind || ':' || i.value = a.key
    WHERE i."table" IN ('person', 'organisation') AND i.value IN (SELECT substr(key, position(':' IN key) + 1) FROM asked)
),
called AS (
    SELECT h.key, p.name, p.record_id, p.dob, p.subject FROM held h JOIN person p USING (record_id) WHERE h."table" = 'person'
    UNION ALL
    SELECT h.key, o.name, o.record_id, NULL, o.subject FROM held h JOIN organisation o USING (record_id)
    WHERE h."table" = 'organisation'
)
SELECT key, name, min(record_id) AS record_id, min(dob) AS dob, bit_or(subject)::INTEGER AS subject, count(*)::INTEGER AS records
FROM called WHERE coalesce(name, '') <> '' GROUP BY key, name ORDER BY key, records DESC, name
