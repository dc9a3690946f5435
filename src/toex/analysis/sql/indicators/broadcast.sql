WITH
-- include contact
, hour AS (
    SELECT sender, epoch_ms(moment) // 3600000 AS hour, count(DISTINCT receiver) AS told, min(moment) AS moment,
           list_sort(list(record_id))[:$most] AS record_ids
    FROM contact WHERE texted AND moment IS NOT NULL GROUP BY ALL HAVING count(DISTINCT receiver) >= $fewest
)
SELECT 'phone:' || sender AS node, []::VARCHAR[] AS others, min(moment) AS moment, max(moment) AS until, count(*) AS n,
       max(told)::VARCHAR AS detail, list_sort(flatten(list(record_ids)))[:$most] AS record_ids
FROM hour GROUP BY sender HAVING count(*) >= 3 ORDER BY node
