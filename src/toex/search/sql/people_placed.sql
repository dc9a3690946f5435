-- As people.sql; the sounds say in which parts of the sorted files they stand.
SELECT record_id, 'person' AS kind, name, dob, dob_default, address, supplier, dataset, subject
FROM person WHERE record_id IN (each $people) AND surname_sound IN (each $sounds) ORDER BY record_id
