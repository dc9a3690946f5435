-- Features of places: one record for each address key and access domain stands for all that are equal.
CREATE OR REPLACE TEMP TABLE feature AS
WITH cleaned AS (
    SELECT
        record_id, dataset, compartment, marking, handling, subject, bound,
        nullif(address_key, '') AS key,
        CASE WHEN contains(postcode, ' ') THEN postcode END AS postcode,
        upper(strip_accents(split_part(coalesce(address, ''), coalesce(nullif(postcode, ''), '#'), 1))) AS line
    FROM given
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(nullif(address_key, ''), record_id), dataset, compartment, marking, handling, subject
        ORDER BY record_id
    ) = 1
),
read AS (
    SELECT *,
        list_aggregate(list_sort(regexp_extract_all(line, '[0-9]+[A-Z]?\b')), 'string_agg', ' ') AS digits,
        regexp_replace(regexp_extract(line, '^(?:.*?[0-9]+[A-Z]?[ ,]+)?([A-Z'' ]{3,})', 1), '[^A-Z]', '', 'g') AS words
    FROM cleaned
)
SELECT
    (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n,
    record_id, dataset, compartment, marking, handling, subject, bound, key, postcode,
    nullif(digits, '') AS number, nullif(words, '') AS street
FROM read;
