-- What each cited record states, of what kind and when: the facts that one line of a chart gathers.
WITH cited AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS record_id)
SELECT record_id, kind, start AS moment, source_grade, info_grade, handling, 'link' AS held_in FROM link SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, kind, start, source_grade, info_grade, handling, 'event' FROM event SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, kind, written, source_grade, info_grade, handling, 'text' FROM text SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, '', NULL, source_grade, info_grade, handling, 'person' FROM person SEMI JOIN cited USING (record_id)
UNION ALL
SELECT record_id, '', NULL, source_grade, info_grade, handling, 'organisation' FROM organisation SEMI JOIN cited USING (record_id)
