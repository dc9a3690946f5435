WITH
-- include who
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
mention AS (
    SELECT node, record_id, supplier FROM thing
    UNION ALL
    SELECT n.node, n.record_id, w.supplier FROM named n JOIN who w USING (record_id)
    UNION ALL
    SELECT n.node, n.record_id, e.supplier FROM named n JOIN event e USING (record_id)
    UNION ALL
    SELECT n.node, n.record_id, t.supplier FROM named n JOIN text t USING (record_id)
    UNION ALL
    SELECT 'place:' || address_key, record_id, supplier FROM who WHERE address_key <> ''
),
shown AS (
    SELECT 'place:' || address_key AS node, mode(address ORDER BY address) AS label FROM (
        SELECT address_key, address FROM person UNION ALL SELECT address_key, address FROM place
    ) WHERE address_key <> '' AND address <> '' GROUP BY 1
)
SELECT m.node, any_value(s.label) AS label, list_sort(list(DISTINCT m.record_id))[:$most] AS record_ids,
       list_sort(list(DISTINCT m.supplier)) AS suppliers
FROM mention m SEMI JOIN asked a USING (node) LEFT JOIN shown s ON s.node = m.node
GROUP BY m.node ORDER BY m.node
