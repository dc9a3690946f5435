WITH
-- include wanted
near AS MATERIALIZED (
    SELECT source_key AS value, record_id, 'person' AS record_table, dataset FROM person WHERE source_key IN (each $references)
    UNION
    SELECT source_key, record_id, 'event', dataset FROM event WHERE source_key IN (each $references)
    UNION
    SELECT reference, record_id, 'event', dataset FROM event WHERE reference IN (each $references)
    UNION
    SELECT reference, record_id, 'text', dataset FROM text WHERE reference IN (each $references)
    UNION
    SELECT value, record_id, "table", dataset FROM identifier WHERE value IN (each $references) AND kind = 'reference'
)
SELECT * FROM (
    SELECT *, 'reference' AS kind, 'reference' AS roles, NULL::TIMESTAMPTZ AS moment,
           count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id, value) AS place
    FROM near JOIN (SELECT line, value FROM wanted WHERE kind = 'reference') USING (value)
) WHERE place <= $most ORDER BY line, record_table, record_id, value
