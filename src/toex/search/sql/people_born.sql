SELECT record_id, dataset, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped, dob_default, dob_precision,
       name, address, supplier, subject
FROM person WHERE strftime(dob, '%Y-%m-%d') IN (each $days)
