-- The visible records that each of two records is shown as one with, itself included; whose they are, and of whom.
WITH asked AS (SELECT unnest([$low, $high]) AS asked),
shown_in AS (
    SELECT a.asked, coalesce(f.entity, a.asked) AS entity FROM asked a LEFT JOIN face f ON f.record_id = a.asked
),
member AS (
    SELECT asked, asked AS record_id FROM asked
    UNION SELECT s.asked, f.record_id FROM shown_in s JOIN face f ON f.entity = s.entity
),
kept AS (
    SELECT record_id, 'person' AS held_in, supplier, dataset, compartment, subject,
        CASE
            WHEN dob IS NULL OR coalesce(dob_default, false) THEN NULL
            WHEN coalesce(dob_precision, '') IN ('day', '') THEN dob <= $day::DATE - INTERVAL 18 YEAR
            WHEN year(dob) <= year($day::DATE) - 19 THEN true
            WHEN year(dob) >= year($day::DATE) - 17 THEN false
        END AS of_age
    FROM person
    UNION ALL SELECT record_id, 'organisation', supplier, dataset, compartment, subject, NULL FROM organisation
    UNION ALL SELECT record_id, 'object', supplier, dataset, compartment, subject, NULL FROM "object"
    UNION ALL SELECT record_id, 'place', supplier, dataset, compartment, subject, NULL FROM place
)
SELECT m.asked, k.* FROM member m JOIN kept k ON k.record_id = m.record_id ORDER BY m.asked, k.record_id
