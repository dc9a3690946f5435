-- `sounding` are people read by the sounds that the files are sorted by: a surname's sound follows from its letters, so
-- these are all whose surname can be the surname or, the other way round, the forename that was typed.
-- wanted_person: source_key = the line; part = the key under which people are held against it, a sound, a forename or a
-- day; name_key columns as a person's; dob, dob_swapped as typed; note = a bare year.
-- given, born: the people of a lone forename, of a lone day of birth; empty where none is asked.
near AS (
    SELECT * FROM sounding
    UNION ALL SELECT 'forename ' || forename_key, * FROM given
    UNION ALL SELECT 'born ' || dob, * FROM born
),
compared AS (
    SELECT w.source_key::INTEGER AS line, p.*,
           CASE WHEN starts_with(p.key, 'born ') THEN 6
                WHEN w.surname_key = '' AND p.forename_key = w.forename_key THEN 5
                WHEN w.surname_key = '' OR w.forename_key = ''
                    THEN CASE WHEN p.surname_key = w.surname_key || w.forename_key THEN 5 END
                WHEN p.surname_key = w.surname_key AND p.forename_key = w.forename_key THEN 0
                WHEN p.surname_key = w.forename_key AND p.forename_key = w.surname_key THEN 1
                WHEN p.surname_key = w.surname_key AND p.forename_root = w.forename_root THEN 2
                WHEN p.surname_key = w.surname_key AND p.forename_key <> ''
                     AND (starts_with(p.forename_key, w.forename_key) OR starts_with(w.forename_key, p.forename_key))
                     AND least(length(p.forename_key), length(w.forename_key)) <> 2 THEN 3
                WHEN p.surname_sound = w.surname_sound AND p.forename_root = w.forename_root THEN 4 END AS rank,
           CASE WHEN w.dob IS NULL AND w.note IS NULL THEN 'not asked'
                WHEN p.dob IS NULL OR p.dob_default THEN 'not held'
                WHEN p.dob = w.dob OR year(p.dob)::VARCHAR = w.note THEN 'same'
                WHEN p.dob = w.dob_swapped OR p.dob_swapped = w.dob THEN 'swapped'
                WHEN p.dob_precision = 'year' AND year(p.dob) = year(w.dob) THEN 'year only'
                WHEN abs(year(p.dob) - year(w.dob)) IN (1, 10) AND strftime(p.dob, '%m%d') = strftime(w.dob, '%m%d')
                    THEN 'year differs' ELSE 'differs' END AS birth
    FROM near p JOIN wanted_person w ON p.key = w.part
),
best AS (
    SELECT line, record_id, min(rank) AS rank, any_value(birth) AS birth, any_value(dataset) AS dataset,
           any_value(name) AS name, any_value(dob) AS dob, any_value(dob_default) AS dob_default,
           any_value(address) AS address, any_value(supplier) AS supplier, any_value(subject) AS subject
    FROM compared WHERE rank IS NOT NULL AND birth <> 'differs' GROUP BY line, record_id
)
SELECT *, count(*) OVER (PARTITION BY line) AS found,
       row_number() OVER (PARTITION BY line ORDER BY birth IN ('same', 'not asked') DESC, rank, birth, record_id) AS place
FROM best QUALIFY place <= $most ORDER BY line, place
