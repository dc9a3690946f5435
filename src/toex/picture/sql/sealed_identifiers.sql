-- The numbers and references that some records state, with what each is there.
SELECT record_id, kind, value, coalesce(role, '') AS role
FROM identifier WHERE record_id IN (SELECT unnest(string_split($ids, ' ')))
ORDER BY record_id, kind, value, role
