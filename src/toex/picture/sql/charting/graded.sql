-- The grade, handling and marking of each record that is drawn.
WITH cited AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS record_id)
SELECT record_id, source_grade, info_grade, handling, marking FROM person SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM organisation SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM object SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM place SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM event SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM text SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, source_grade, info_grade, handling, marking FROM link SEMI JOIN cited USING (record_id)
