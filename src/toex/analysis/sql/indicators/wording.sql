-- Messages that hold words of debt or control: they concern the owner of the handset, else the numbers at both ends.
WITH
-- include who
, said AS (
    SELECT t.record_id, t.dataset, t.written AS moment, regexp_extract(strip_accents(lower(t.text)), $pattern) AS word
    FROM text t WHERE regexp_matches(strip_accents(lower(t.text)), $pattern)
      AND (($messages AND t.kind = 'message') OR ($reports AND t.kind IN ('intelligence', 'narrative', 'debrief')))
),
owner AS (
    SELECT DISTINCT p.dataset, w.node FROM person p JOIN who w USING (record_id) WHERE p.part = 'owner'
),
ends AS (
    SELECT n.node, s.record_id FROM said s JOIN named n USING (record_id)
    UNION
    SELECT w.node, s.record_id FROM said s JOIN link l ON s.record_id = l.to_id JOIN who w ON w.record_id = l.from_id
    UNION
    SELECT w.node, s.record_id FROM said s JOIN link l ON s.record_id = l.from_id JOIN who w ON w.record_id = l.to_id
),
concerned AS (
    SELECT o.node, e.node AS other, s.* FROM said s JOIN owner o USING (dataset) LEFT JOIN ends e ON e.record_id = s.record_id AND e.node <> o.node
    UNION ALL
    SELECT e.node, NULL, s.* FROM said s JOIN ends e USING (record_id) WHERE s.dataset NOT IN (SELECT dataset FROM owner)
)
SELECT node, COALESCE(list_sort(list(DISTINCT other) FILTER (other IS NOT NULL)), []) AS others,
       min(moment) AS moment, max(moment) AS until, count(DISTINCT record_id) AS n,
       string_agg(DISTINCT word, ', ' ORDER BY word) AS detail, list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM concerned GROUP BY node HAVING count(DISTINCT record_id) >= $fewest ORDER BY node
