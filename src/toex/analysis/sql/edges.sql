WITH
-- include stated
SELECT a, b, count(DISTINCT origin)::INTEGER AS sources,
       count(DISTINCT record_id) FILTER (narrow)::INTEGER AS contacts,
       count(DISTINCT record_id) FILTER (NOT narrow)::INTEGER AS statements,
       bool_or(kind = 'recorded as') AS recorded_as
FROM association GROUP BY a, b ORDER BY a, b
