-- The possible ties between different people of a cast: of each two people the one that says most. `$held` is written
-- as entity:record words.
WITH cast_of AS (
    SELECT split_part(word, ':', 1) AS entity, split_part(word, ':', 2) AS record_id
    FROM (SELECT unnest(string_split($held, ' ')) AS word)
)
SELECT a.entity AS one, b.entity AS other, count(*)::INTEGER AS ties,
       arg_max(t.record_id, t.weight) AS record_id, arg_max(t.other_id, t.weight) AS other_id,
       arg_max(t.reason, t.weight) AS reason, max(t.weight) AS weight
FROM tie t JOIN cast_of a ON a.record_id = t.record_id JOIN cast_of b ON b.record_id = t.other_id
WHERE t.standing = 'possible' AND a.entity <> b.entity
GROUP BY least(a.entity, b.entity), greatest(a.entity, b.entity), a.entity, b.entity
ORDER BY weight DESC, record_id, other_id
