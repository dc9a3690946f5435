-- One supplier's own rows whose unique identifiers contradict each other: two of a kind on rows that a tie of their own
-- joins, or one on rows that no such tie joins.
WITH own AS (SELECT * FROM person WHERE supplier = $supplier AND compartment = ''),
stated AS (
    SELECT DISTINCT own.record_id, identifier.kind, identifier.value
    FROM identifier JOIN own USING (record_id)
    WHERE identifier.kind IN (SELECT unnest(string_split($kinds, ' ')))
),
joined AS (
    SELECT record_id, other_id FROM tie
    WHERE standing = 'joined' AND "table" = 'person' AND compartment = ''
      AND record_id IN (SELECT record_id FROM own) AND other_id IN (SELECT record_id FROM own)
),
told AS (
    SELECT 'two of a kind on one person' AS what, one.kind, one.value, other.value AS other_value, joined.record_id, joined.other_id
    FROM joined JOIN stated one ON one.record_id = joined.record_id
    JOIN stated other ON other.record_id = joined.other_id AND other.kind = one.kind
    WHERE NOT EXISTS (
        SELECT 1 FROM stated x JOIN stated y ON y.kind = x.kind AND y.value = x.value
        WHERE x.record_id = joined.record_id AND y.record_id = joined.other_id AND x.kind = one.kind
    )
    UNION ALL
    SELECT 'one on two people', one.kind, one.value, other.value, one.record_id, other.record_id
    FROM stated one JOIN stated other ON other.kind = one.kind AND other.value = one.value AND one.record_id < other.record_id
    WHERE NOT EXISTS (
        SELECT 1 FROM joined
        WHERE (joined.record_id, joined.other_id) IN ((one.record_id, other.record_id), (other.record_id, one.record_id))
    )
)
SELECT told.what, told.kind, told.value, told.other_value, a.dataset, a.receipt, a."row", a.source_key, a.name, a.dob,
       b.dataset AS other_dataset, b.receipt AS other_receipt, b."row" AS other_row, b.source_key AS other_key,
       b.name AS other_name, b.dob AS other_dob
FROM told JOIN own a ON a.record_id = told.record_id JOIN own b ON b.record_id = told.other_id
WHERE a.dataset <> b.dataset OR a.source_key <> b.source_key
ORDER BY told.what, told.kind, told.value, a.dataset, a."row", a.source_key, b.dataset, b."row", b.source_key
LIMIT $most
