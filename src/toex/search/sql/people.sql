SELECT record_id, 'person' AS kind, name, dob, dob_default, address, supplier, dataset, subject
FROM person WHERE record_id IN (each $people) ORDER BY record_id
