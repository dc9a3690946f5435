-- Features of places: one record for each address key and access domain stands for all that are equal.
CREATE OR REPLACE TEMP TABLE feature AS
WITH cleaned AS (
    SELECT
        record_id, dataset, compartment, marking, handling, subject, bound,
        nullif(address_key, '') AS key,
        CASE WHEN contains(postcode, ' ') THEN postcode END AS postcode,
        split_part(coalesce(nullif(address_key, ''), upper(strip_accents(address))), '|', 1) AS line
    FROM given
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(nullif(address_key, ''), record_id), dataset, compartment, marking, handling, subject
        ORDER BY record_id
    ) = 1
),
read AS (
    -- a key opens with the house number, a flat after a slash: "15/3 SLOE COURT"
    SELECT *,
        regexp_extract(line, '^([0-9][0-9A-Z/-]*)(?: |$)', 1) AS house,
        regexp_replace(regexp_replace(line, '^[0-9][0-9A-Z/-]*(?: |$)', ''), '[^A-Z]', '', 'g') AS words
    FROM cleaned
)
SELECT
    (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n,
    record_id, dataset, compartment, marking, handling, subject, bound, key, postcode,
    nullif(house, '') AS number, nullif(words, '') AS street
FROM read;
