-- How many people the view shows, and how many of them more than one supplier holds.
WITH held AS (
    SELECT coalesce(face.entity, person.record_id) AS entity, count(DISTINCT supplier) AS suppliers, count(*) AS records
    FROM person LEFT JOIN face USING (record_id)
    GROUP BY 1
)
SELECT count(*) AS people, sum(records)::BIGINT AS records, count(*) FILTER (suppliers > 1) AS across,
       count(*) FILTER (suppliers > 2) AS across_three
FROM held
