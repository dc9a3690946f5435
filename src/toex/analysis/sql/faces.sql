SELECT f.record_id, f.entity AS source_key FROM face f ORDER BY f.record_id
