-- The links that lead to some records: those from the same records first, at most fifty to each.
WITH wanted AS (SELECT DISTINCT unnest(string_split($ids, ' ')) AS record_id)
SELECT to_id, kind, from_id, from_table
FROM link SEMI JOIN wanted ON link.to_id = wanted.record_id
QUALIFY row_number() OVER (PARTITION BY to_id ORDER BY (from_id NOT IN (FROM wanted)), kind, from_id) <= 50
ORDER BY to_id, kind, from_id
