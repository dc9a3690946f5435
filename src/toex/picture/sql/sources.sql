-- Where each cited record comes from. A text's origin is its report's own reference: items of one origin count once.
-- What another installation gave says itself what it first came from, for a record of any kind; a record id there is
-- spelt as it is here, so that a row of a dataset that both hold counts once.
WITH cited AS (SELECT DISTINCT unnest(string_split($ids, ' ')) AS record_id),
held AS (
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, 'person' AS what, '' AS origin FROM person SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, 'organisation', '' FROM organisation SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, kind, '' FROM object SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, coalesce(nullif(kind, ''), 'place'), '' FROM place SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, kind, coalesce(reference, '') FROM event SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, kind, coalesce(nullif(origin, ''), reference, '') FROM text SEMI JOIN cited USING (record_id)
    UNION ALL
    SELECT record_id, dataset, supplier, receipt, sheet, "row", source_grade, info_grade, handling, conditions, marking,
           reported, kind, '' FROM link SEMI JOIN cited USING (record_id)
),
named AS (
    SELECT record_id, min(value) AS first_origin FROM identifier SEMI JOIN cited USING (record_id)
    WHERE kind = 'reference' AND role = 'origin' GROUP BY record_id
)
SELECT held.* REPLACE (CASE
    WHEN regexp_full_match(lower(first_origin), '[0-9a-f]{24}') THEN lower(first_origin)
    WHEN first_origin IS NOT NULL AND origin = '' THEN first_origin ELSE origin END AS origin)
FROM held LEFT JOIN named USING (record_id)
ORDER BY dataset, "row", record_id
