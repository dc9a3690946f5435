-- Single happenings that name the asked nodes, in person or by number, plate or account: what a chart may show as a
-- thing of its own. Calls, messages, reads and payments are many and belong on the timeline.
WITH
-- include who
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
happening AS (
    SELECT record_id, kind, supplier, start AS moment, place_name AS place FROM event
    WHERE kind NOT IN ('call', 'message', 'sms', 'transaction', 'anpr', 'data')
    UNION ALL
    SELECT record_id, kind, supplier, written, '' FROM text WHERE kind NOT IN ('message', 'advert')
),
ends AS (SELECT record_id, node FROM who UNION ALL SELECT record_id, node FROM thing),
party AS (
    SELECT e.node, l.to_id AS record_id, l.kind AS role FROM link l
    JOIN ends e ON e.record_id = l.from_id SEMI JOIN asked a ON a.node = e.node WHERE l.to_table IN ('event', 'text')
    UNION
    SELECT e.node, l.from_id, l.kind FROM link l
    JOIN ends e ON e.record_id = l.to_id SEMI JOIN asked a ON a.node = e.node WHERE l.from_table IN ('event', 'text')
    UNION
    SELECT n.node, n.record_id, n.role FROM named n SEMI JOIN asked a ON a.node = n.node
    WHERE n.record_table IN ('event', 'text')
)
SELECT h.record_id, h.kind, any_value(h.supplier) AS supplier, any_value(h.moment) AS moment, any_value(h.place) AS place,
       p.node, list_sort(list(DISTINCT p.role)) AS roles
FROM party p JOIN happening h USING (record_id)
GROUP BY h.record_id, h.kind, p.node ORDER BY moment DESC NULLS LAST, h.record_id, p.node
