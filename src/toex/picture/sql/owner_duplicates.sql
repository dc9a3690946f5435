-- Pairs of one supplier's own rows that a tie of their own joins. What joins them only by way of another's records is
-- not told: it would speak of those. Rows of a compartment are told to nobody outside it.
WITH own AS (SELECT * FROM person WHERE supplier = $supplier AND compartment = '')
SELECT a.dataset, a.receipt, a."row", a.source_key, a.name, a.dob, b.dataset AS other_dataset, b.receipt AS other_receipt,
       b."row" AS other_row, b.source_key AS other_key, b.name AS other_name, b.dob AS other_dob,
       tie."by" <> 'machine' AS ruled
FROM tie JOIN own a ON tie.record_id = a.record_id JOIN own b ON tie.other_id = b.record_id
WHERE tie.standing = 'joined' AND tie."table" = 'person' AND tie.compartment = ''
  AND (a.dataset <> b.dataset OR a.source_key <> b.source_key)
ORDER BY a.dataset, a."row", a.source_key, b.dataset, b."row", b.source_key
LIMIT $most
