-- The visible records of each subject that a hit belongs to.
WITH asked AS (SELECT DISTINCT record_id FROM asked_record),
head AS (
    SELECT DISTINCT COALESCE(f.entity, a.record_id) AS entity FROM asked a LEFT JOIN face f USING (record_id)
),
tied AS (
    SELECT f.record_id, f.entity FROM face f SEMI JOIN head USING (entity)
    UNION SELECT entity, entity FROM head
)
SELECT t.entity, p.record_id, 'person' AS kind, p.name, p.dob, p.dob_default, p.address, p.supplier, p.dataset, p.subject
FROM tied t JOIN person p USING (record_id)
UNION ALL
SELECT t.entity, o.record_id, 'organisation', o.name, NULL, false, o.address, o.supplier, o.dataset, o.subject
FROM tied t JOIN organisation o USING (record_id)
ORDER BY 1, 2
