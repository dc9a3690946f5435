-- Two vehicles at the same camera within two minutes, at several cameras on one night or day: an equi-join on camera and
-- two-minute bucket with its neighbour, never a range join (50 times the work).
WITH
-- include communications/reads
, near AS (
    SELECT a.vrm AS a, b.vrm AS b, a.camera, a.moment, a.record_id AS one, b.record_id AS two
    FROM (SELECT *, bucket + unnest([-1, 0, 1]) AS beside FROM reads) a
    JOIN reads b ON b.camera = a.camera AND b.bucket = a.beside AND a.vrm < b.vrm
    WHERE abs(epoch_ms(a.moment) - epoch_ms(b.moment)) <= 120000
      AND ($vrm IS NULL OR a.vrm = $vrm OR b.vrm = $vrm)
)
SELECT a, b, count(DISTINCT camera)::INTEGER AS cameras, count(DISTINCT epoch_ms(moment) // 86400000)::INTEGER AS days,
       min(moment) AS first_at, max(moment) AS last_at, list_sort(list_distinct(list(one) || list(two)))[:$most] AS record_ids
FROM near GROUP BY a, b HAVING count(DISTINCT camera) >= $fewest ORDER BY cameras DESC, days DESC, a, b
