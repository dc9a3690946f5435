-- The sounds say in which parts of the sorted files people stand.
SELECT record_id, 'person' AS kind, name, dob, dob_default, address, supplier, dataset, subject
FROM person WHERE record_id IN (each $people) AND ($anywhere OR surname_sound IN (each $sounds))
UNION ALL
SELECT record_id, 'organisation', name, NULL, false, address, supplier, dataset, subject
FROM organisation WHERE record_id IN (each $organisations)
ORDER BY 1
