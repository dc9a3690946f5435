-- Of many lines: what is shown of those who are hit is read after, of them alone.
WITH sounding AS MATERIALIZED (
    SELECT surname_sound AS key, record_id, dataset, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped,
           dob_default, dob_precision, NULL AS name, NULL AS address, NULL AS supplier, NULL AS subject
    FROM person WHERE surname_sound IN (each $sounds)
),
-- include compared
