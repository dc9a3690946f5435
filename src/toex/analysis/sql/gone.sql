WITH now_held AS (
    SELECT record_id FROM person UNION ALL SELECT record_id FROM organisation UNION ALL SELECT record_id FROM "object"
    UNION ALL SELECT record_id FROM place UNION ALL SELECT record_id FROM event UNION ALL SELECT record_id FROM text
    UNION ALL SELECT record_id FROM link
)
SELECT b.record_id, b.part AS record_table FROM held_before b ANTI JOIN now_held USING (record_id) ORDER BY b.part, b.record_id
