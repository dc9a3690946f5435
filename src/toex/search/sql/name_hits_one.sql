-- Of one line: with an equality the engine skips what it need not read of a part of a file, with a list it does not.
WITH sounding AS MATERIALIZED (
    SELECT surname_sound AS key, record_id, dataset, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped,
           dob_default, dob_precision, name, address, supplier, subject
    FROM person WHERE surname_sound = $own
    UNION ALL
    SELECT surname_sound AS key, record_id, dataset, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped,
           dob_default, dob_precision, name, address, supplier, subject
    FROM person WHERE surname_sound = $other AND $other <> $own
),
given AS (SELECT * EXCLUDE (key) FROM sounding WHERE false),
born AS (SELECT * EXCLUDE (key) FROM sounding WHERE false),
-- include compared
