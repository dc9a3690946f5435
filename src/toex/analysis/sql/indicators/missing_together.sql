-- Starts within four hours of each other, twice or more, by people who share no address: an equi-join on four-hour
-- buckets and their neighbours, never a range join.
WITH
-- include individual
, episode AS (
    SELECT DISTINCT node, record_id, moment, COALESCE(finish, moment) AS finish, epoch_ms(moment) // 14400000 AS bucket
    FROM attended WHERE kind = 'missing' AND role <> 'found with' AND moment IS NOT NULL
),
near AS (SELECT *, bucket + unnest([-1, 0, 1]) AS beside FROM episode),
home AS (SELECT DISTINCT node, address_key FROM who WHERE address_key <> ''),
housemate AS (SELECT DISTINCT a.node, b.node AS other FROM home a JOIN home b USING (address_key)),
pair AS (
    SELECT x.node, y.node AS other, x.record_id AS one, y.record_id AS two, x.moment, x.finish
    FROM near x JOIN episode y ON y.bucket = x.beside AND x.node <> y.node AND abs(epoch_ms(x.moment) - epoch_ms(y.moment)) <= 14400000
    ANTI JOIN housemate h ON h.node = x.node AND h.other = y.node
),
often AS (SELECT node, other FROM pair GROUP BY node, other HAVING count(DISTINCT one) >= 2)
SELECT node, list_sort(list(DISTINCT other)) AS others, min(moment) AS moment, max(finish) AS until, count(DISTINCT one) AS n, '' AS detail,
       list_sort(list_distinct(list(one) || list(two)))[:$most] AS record_ids
FROM pair SEMI JOIN often USING (node, other) GROUP BY node ORDER BY node
