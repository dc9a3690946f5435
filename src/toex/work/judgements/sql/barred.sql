-- The visible pairs among some records that are kept apart, by a rule or by a person.
WITH held AS (SELECT unnest($ids::VARCHAR[]) AS record_id)
SELECT t.record_id, t.other_id FROM tie t
JOIN held a ON a.record_id = t.record_id JOIN held b ON b.record_id = t.other_id
WHERE t.standing = 'refused'
