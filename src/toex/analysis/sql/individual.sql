-- include who
,
-- People as this view shows them, with what is said of them most often.
individual AS (
    SELECT w.node, mode(p.dob ORDER BY p.dob) FILTER (NOT COALESCE(p.dob_default, false) AND COALESCE(p.dob_precision, 'day') = 'day') AS born,
           mode(p.surname_key ORDER BY p.surname_key) FILTER (p.surname_key <> '') AS surname_key, bit_or(COALESCE(p.subject, 0)) AS subject
    FROM who w JOIN person p USING (record_id) WHERE w.kind = 'person' GROUP BY w.node
),
holder AS (
    SELECT DISTINCT w.node, n.node AS object, w.record_id FROM named n JOIN who w USING (record_id) WHERE w.kind = 'person'
    UNION
    SELECT DISTINCT w.node, t.node, w.record_id FROM link l
    JOIN who w ON w.record_id = l.from_id JOIN thing t ON t.record_id = l.to_id
    WHERE w.kind = 'person' AND t.node NOT LIKE 'place:%'
),
-- Who was in which event, in what part.
attended AS (
    SELECT w.node, l.kind AS role, e.record_id, e.kind, e.supplier, e.start AS moment, e.finish, e.summary, e.place_name,
           w.record_id AS person_record
    FROM link l JOIN who w ON w.record_id = l.from_id JOIN event e ON e.record_id = l.to_id WHERE w.kind = 'person'
    UNION
    SELECT w.node, l.kind, e.record_id, e.kind, e.supplier, e.start, e.finish, e.summary, e.place_name, w.record_id
    FROM link l JOIN who w ON w.record_id = l.to_id JOIN event e ON e.record_id = l.from_id WHERE w.kind = 'person'
)
