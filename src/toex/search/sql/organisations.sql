SELECT record_id, 'organisation' AS kind, name, NULL AS dob, false AS dob_default, address, supplier, dataset, subject
FROM organisation WHERE record_id IN (each $organisations) ORDER BY record_id
