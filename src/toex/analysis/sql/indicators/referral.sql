WITH
-- include individual
SELECT node, []::VARCHAR[] AS others, min(moment) AS moment, max(moment) AS until, count(DISTINCT record_id) AS n,
       COALESCE(string_agg(DISTINCT summary, '; ' ORDER BY summary), '') AS detail,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM attended WHERE kind IN ('referral', 'nrm') GROUP BY node ORDER BY node
