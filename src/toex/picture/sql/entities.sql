-- Every record that may be one with others, with the smallest record id of the entity that the view shows it in.
-- People and organisations meet through ties; objects and places through their canonical value (decision 4).
WITH tied AS (
    SELECT record_id, entity FROM face
),
named AS (
    SELECT dataset, source_key, record_id, part, 'person' AS kind, NULL AS own FROM person
    UNION ALL
    SELECT dataset, source_key, record_id, part, 'organisation', NULL FROM organisation
    UNION ALL
    SELECT dataset, source_key, record_id, part, kind, kind || ':' || nullif(value, '') FROM object
    UNION ALL
    SELECT dataset, source_key, record_id, part, 'place', 'place:' || nullif(address_key, '') FROM place
),
met AS (
    SELECT named.*, coalesce(tied.entity, named.record_id) AS first_id FROM named LEFT JOIN tied USING (record_id)
)
SELECT dataset, source_key, record_id, kind, part,
       CASE WHEN own IS NULL THEN first_id ELSE min(first_id) OVER (PARTITION BY own) END AS entity
FROM met
ORDER BY dataset, source_key, part, record_id
