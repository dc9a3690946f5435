WITH
-- include individual
, found AS (
    SELECT a.node, a.record_id, a.moment, a.finish, e.postcode AS found_at, p.postcode AS home
    FROM attended a JOIN event e ON e.record_id = a.record_id JOIN person p ON p.record_id = a.person_record
    WHERE a.kind = 'missing' AND a.role <> 'found with' AND e.postcode <> '' AND p.postcode <> ''
)
SELECT node, []::VARCHAR[] AS others, min(moment) AS moment, max(COALESCE(finish, moment)) AS until, count(DISTINCT record_id) AS n,
       string_agg(DISTINCT regexp_extract(found_at, '^[A-Z]+'), ', ' ORDER BY regexp_extract(found_at, '^[A-Z]+')) AS detail,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM found WHERE regexp_extract(found_at, '^[A-Z]+') <> regexp_extract(home, '^[A-Z]+')
GROUP BY node ORDER BY node
