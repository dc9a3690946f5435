-- Features of objects: one record for each value, VIN and access domain stands for all that are equal.
CREATE OR REPLACE TEMP TABLE feature AS
WITH cleaned AS (
    SELECT
        record_id, dataset, compartment, marking, handling, subject, bound, kind,
        nullif(value, '') AS value,
        nullif(upper(vin), '') AS vin,
        nullif(upper(make), '') AS make,
        nullif(upper(colour), '') AS colour
    FROM given
    WHERE kind IN ('vehicle', 'device', 'phone', 'account', 'sim')
    QUALIFY row_number() OVER (
        PARTITION BY kind, value, vin, dataset, compartment, marking, handling, subject ORDER BY record_id
    ) = 1
)
SELECT
    (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n,
    record_id, dataset, compartment, marking, handling, subject, bound, kind, value, vin, make, colour,
    CASE WHEN vin IS NOT NULL THEN 1 END AS has_vin,
    CASE WHEN kind = 'vehicle' THEN translate(upper(value), 'OQDILZSBAYG', '000112584V6') END AS skeleton,
    CASE WHEN kind = 'device' AND length(value) >= 14 THEN value[1:14] END AS device
FROM cleaned;
