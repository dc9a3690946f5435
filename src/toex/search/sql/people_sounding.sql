SELECT record_id, dataset, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped, dob_default, dob_precision
FROM person WHERE surname_sound IN (each $sounds)
