-- Where each cited record comes from. A text's origin is its report's own reference: items of one origin count once.
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
)
SELECT * FROM held ORDER BY dataset, "row", record_id
