-- Whom some events and reports name, in person or by number, plate or account.
WITH
-- include who
, asked AS (SELECT unnest($records::VARCHAR[]) AS record_id),
ends AS (SELECT record_id, node FROM who UNION ALL SELECT record_id, node FROM thing)
SELECT DISTINCT node FROM (
    SELECT e.node FROM link l JOIN ends e ON e.record_id = l.from_id SEMI JOIN asked a ON a.record_id = l.to_id
    UNION ALL
    SELECT e.node FROM link l JOIN ends e ON e.record_id = l.to_id SEMI JOIN asked a ON a.record_id = l.from_id
    UNION ALL
    SELECT n.node FROM named n SEMI JOIN asked a ON a.record_id = n.record_id WHERE n.record_table IN ('event', 'text')
) ORDER BY node
