-- Features of organisations, numbered in the order of record ids.
CREATE OR REPLACE TEMP TABLE feature AS
WITH cleaned AS (
    SELECT
        record_id, dataset, compartment, marking, handling, subject, bound,
        nullif(regexp_replace(upper(coalesce(nullif(name_key, ''), name)), '[^A-Z0-9]', '', 'g'), '') AS name,
        nullif(lpad(upper(regexp_replace(number, '[^A-Za-z0-9]', '', 'g')), 8, '0'), '00000000') AS number,
        nullif(address_key, '') AS home,
        nullif(postcode, '') AS pc,
        nullif(phone, '') AS phone
    FROM given
)
SELECT
    (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n,
    record_id, dataset, compartment, marking, handling, subject, bound,
    name, name[1:6] AS start, number, home, pc AS postcode, nullif(split_part(pc, ' ', 1), '') AS outcode, phone
FROM cleaned;
