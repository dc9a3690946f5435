WITH
-- include who
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node)
SELECT w.node, w.kind, w.record_id, COALESCE(p.name, o.name) AS name, p.dob, p.dob_default, COALESCE(p.subject, o.subject) AS subject,
       w.supplier, w.dataset
FROM who w SEMI JOIN asked USING (node)
LEFT JOIN person p ON p.record_id = w.record_id AND w.kind = 'person'
LEFT JOIN organisation o ON o.record_id = w.record_id AND w.kind = 'organisation'
ORDER BY w.node, w.record_id
