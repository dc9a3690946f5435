-- The visible ties that hold some records together, strongest first: those of people's rulings before all.
WITH held AS (SELECT unnest($ids::VARCHAR[]) AS record_id)
SELECT t.record_id, t.other_id FROM tie t
JOIN held a ON a.record_id = t.record_id JOIN held b ON b.record_id = t.other_id
WHERE t.standing = 'joined'
ORDER BY t.reason <> 'judged-same', t.weight DESC, t.record_id, t.other_id
