SELECT dataset, source_key, record_id, COALESCE(NULLIF(origin, ''), NULLIF(reference, '')) AS origin, text,
       written::VARCHAR AS written
FROM text WHERE kind = 'intelligence' ORDER BY record_id
