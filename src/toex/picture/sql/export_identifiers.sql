-- Every visible identifier, and the record that states it.
SELECT value, kind, role, "table", record_id, "at", dataset FROM identifier ORDER BY value, kind, record_id
