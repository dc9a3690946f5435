-- Everything dated of the subjects: what names them, and what their phones, vehicles and accounts were recorded in.
-- Calls, messages, reads and payments of one day and one other party are one line, so that a life can be read.
WITH
-- include individual
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
own AS (
    SELECT DISTINCT h.node, h.object FROM holder h SEMI JOIN asked USING (node)
    UNION SELECT node, node FROM asked WHERE contains(node, ':')
),
direct AS (
    SELECT a.node, '' AS via, a.role, a.record_id, a.kind, a.supplier, a.moment, a.finish,
           a.summary AS said, a.place_name AS place, '' AS other
    FROM attended a SEMI JOIN asked USING (node)
    UNION ALL
    SELECT w.node, '', l.kind, t.record_id, t.kind, t.supplier, t.written, NULL, t.text, NULL, ''
    FROM who w SEMI JOIN asked USING (node) JOIN link l ON w.record_id IN (l.from_id, l.to_id)
    JOIN text t ON t.record_id = CASE WHEN l.from_id = w.record_id THEN l.to_id ELSE l.from_id END
),
mine AS (
    SELECT o.node, o.object AS via, n.role, n.record_id, n.record_table FROM own o JOIN named n ON n.node = o.object
    WHERE n.record_table IN ('event', 'text')
),
reached AS (
    SELECT m.node, m.via, m.role, e.record_id, e.kind, e.supplier, e.start AS moment, e.finish, e.summary AS said,
           COALESCE(NULLIF(e.place_name, ''), e.address) AS place, m.record_table
    FROM mine m JOIN event e USING (record_id)
    UNION ALL
    SELECT m.node, m.via, m.role, t.record_id, t.kind, t.supplier, t.written, NULL, t.text, NULL, m.record_table
    FROM mine m JOIN text t USING (record_id)
),
party AS (
    SELECT r.*, COALESCE(n.node, '') AS other FROM reached r
    LEFT JOIN named n ON n.record_id = r.record_id AND n.node <> r.via AND split_part(n.node, ':', 1) = split_part(r.via, ':', 1)
),
line AS (
    SELECT node, via, role, record_id, kind, supplier, moment, finish, said, place, other,
           CASE WHEN kind IN ('call', 'message', 'transaction', 'anpr', 'data', 'sms')
                THEN (epoch_ms(moment) // 86400000)::VARCHAR ELSE record_id END AS bundle
    FROM (SELECT * FROM direct UNION ALL SELECT * EXCLUDE (record_table) FROM party)
)
SELECT node, via, kind, other, string_agg(DISTINCT role, ', ' ORDER BY role) AS roles, min(moment) AS moment,
       max(COALESCE(finish, moment)) AS until, count(DISTINCT record_id)::INTEGER AS n, min(supplier) AS supplier,
       first(said ORDER BY moment, record_id) AS said,
       string_agg(DISTINCT place, ', ' ORDER BY place) FILTER (place <> '') AS place,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM line WHERE moment IS NOT NULL AND ($since IS NULL OR moment >= $since) AND ($before IS NULL OR moment < $before)
GROUP BY node, via, kind, other, bundle ORDER BY moment, node, kind, via, other, bundle
