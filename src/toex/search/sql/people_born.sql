SELECT record_id, dataset, forename_key, dob, dob_swapped, dob_default, dob_precision, name, address, supplier, subject
FROM person WHERE dob IN (SELECT dob FROM wanted_person WHERE source_key IN (each $lines))
