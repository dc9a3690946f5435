-- Every visible association, with what states it.
SELECT record_id, kind, from_table, from_id, to_table, to_id, start, finish, dataset, supplier, "row", source_grade,
       info_grade, handling, conditions
FROM link ORDER BY dataset, "row", record_id
