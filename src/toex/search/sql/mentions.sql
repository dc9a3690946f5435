WITH asked AS (SELECT DISTINCT record_id FROM asked_record)
SELECT e.record_id, e.kind, e.supplier, e.start AS moment FROM event e SEMI JOIN asked USING (record_id)
UNION ALL
SELECT t.record_id, t.kind, t.supplier, t.written FROM text t SEMI JOIN asked USING (record_id)
UNION ALL
SELECT o.record_id, o.kind, o.supplier, o.reported FROM "object" o SEMI JOIN asked USING (record_id)
UNION ALL
SELECT p.record_id, 'place', p.supplier, p.reported FROM place p SEMI JOIN asked USING (record_id)
ORDER BY 1
