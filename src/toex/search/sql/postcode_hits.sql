WITH
-- include wanted
near AS MATERIALIZED (
    SELECT postcode AS value, record_id, 'person' AS record_table, dataset FROM person WHERE postcode IN (each $postcodes)
    UNION ALL
    SELECT postcode, record_id, 'place', dataset FROM place WHERE postcode IN (each $postcodes)
    UNION ALL
    SELECT postcode, record_id, 'event', dataset FROM event WHERE postcode IN (each $postcodes)
)
SELECT * FROM (
    SELECT *, 'postcode' AS kind, 'address' AS roles, NULL::TIMESTAMPTZ AS moment,
           count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id, value) AS place
    FROM near JOIN (SELECT line, value FROM wanted WHERE kind = 'postcode') USING (value)
) WHERE place <= $most ORDER BY line, record_table, record_id, value
