-- Where records put the asked nodes: positions of events that name them, of places that stand for them or that records
-- link them to. A position is as exact as the file gave it; where it gave none, the postcode alone is told.
WITH
-- include who
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
ends AS (SELECT record_id, node FROM who UNION ALL SELECT record_id, node FROM thing),
party AS (
    SELECT e.node, l.to_id AS record_id FROM link l JOIN ends e ON e.record_id = l.from_id SEMI JOIN asked a ON a.node = e.node
    WHERE l.to_table IN ('event', 'place')
    UNION
    SELECT e.node, l.from_id FROM link l JOIN ends e ON e.record_id = l.to_id SEMI JOIN asked a ON a.node = e.node
    WHERE l.from_table IN ('event', 'place')
    UNION
    -- a mast's position is the calling side's: it says nothing of where the called number was
    SELECT n.node, n.record_id FROM named n SEMI JOIN asked a ON a.node = n.node
    WHERE n.record_table = 'event' AND n.role <> 'called'
),
address_of AS (
    SELECT w.node, w.address_key FROM who w SEMI JOIN asked a ON a.node = w.node WHERE w.address_key <> ''
    UNION
    SELECT node, substr(node, 7) FROM asked WHERE starts_with(node, 'place:')
),
spot AS (
    SELECT p.node, e.record_id, e.kind, COALESCE(NULLIF(e.place_name, ''), e.address, e.postcode) AS place,
           e.lat, e.lon, e.postcode, e.precision_m, e.start AS moment FROM party p JOIN event e USING (record_id)
    UNION ALL
    SELECT p.node, s.record_id, 'place', COALESCE(NULLIF(s.place_name, ''), s.address, s.postcode),
           s.lat, s.lon, s.postcode, s.precision_m, NULL FROM party p JOIN place s USING (record_id)
    UNION ALL
    SELECT d.node, s.record_id, 'place', COALESCE(NULLIF(s.place_name, ''), s.address, s.postcode),
           s.lat, s.lon, s.postcode, s.precision_m, NULL FROM address_of d JOIN place s USING (address_key)
)
SELECT lat, lon, CASE WHEN lat IS NULL THEN postcode ELSE '' END AS postcode, mode(place ORDER BY place) AS place,
       max(precision_m) AS precision_m, kind, list_sort(list(DISTINCT node)) AS nodes,
       count(DISTINCT record_id)::INTEGER AS n, list_sort(list(DISTINCT record_id))[:$most] AS record_ids,
       min(moment) AS first_at, max(moment) AS last_at
FROM spot WHERE lat IS NOT NULL OR COALESCE(postcode, '') <> ''
GROUP BY lat, lon, 3, kind ORDER BY n DESC, lat, lon, postcode, kind LIMIT $spots
