-- The joined ties between these records, rulings first, then the strongest.
SELECT record_id, other_id, "by", weight, reason
FROM tie
WHERE standing = 'joined'
  AND record_id IN (SELECT unnest(string_split($ids, ' '))) AND other_id IN (SELECT unnest(string_split($ids, ' ')))
ORDER BY "by" = 'machine', weight DESC, record_id, other_id
