-- `sounding` are people read by the sounds that the files are sorted by, before this: a surname's sound follows from
-- its letters, so these are all whose surname can be the surname or, the other way round, the forename that was typed.
-- wanted_person: source_key = the line; name_key columns as a person's; dob, dob_swapped as typed; note = a bare year.
-- asked_sound: source_key = the line, surname_sound = one under which its people may stand.
-- given, born: the people of a lone forename, of a lone day of birth; empty where none is asked.
wanted AS MATERIALIZED (
    SELECT source_key::INTEGER AS line, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped,
           TRY_CAST(note AS INTEGER) AS born_in
    FROM wanted_person
),
compared AS (
    SELECT a.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, p.name,
           p.address, p.supplier, p.subject,
           CASE WHEN a.surname_key = '' OR a.forename_key = ''
                    THEN CASE WHEN p.surname_key = a.surname_key || a.forename_key THEN 5 END
                WHEN p.surname_key = a.surname_key AND p.forename_key = a.forename_key THEN 0
                WHEN p.surname_key = a.forename_key AND p.forename_key = a.surname_key THEN 1
                WHEN p.surname_key = a.surname_key AND p.forename_root = a.forename_root THEN 2
                WHEN p.surname_key = a.surname_key AND p.forename_key <> ''
                     AND (starts_with(p.forename_key, a.forename_key) OR starts_with(a.forename_key, p.forename_key))
                     AND least(length(p.forename_key), length(a.forename_key)) <> 2 THEN 3
                WHEN p.surname_sound = a.own_sound AND p.forename_root = a.forename_root THEN 4 END AS rank
    FROM sounding p JOIN (
        SELECT DISTINCT s.surname_sound, w.surname_sound AS own_sound, w.* EXCLUDE (surname_sound)
        FROM asked_sound s JOIN wanted w ON s.source_key::INTEGER = w.line
    ) a ON p.surname_sound = a.surname_sound
),
candidate AS (
    SELECT * FROM compared WHERE rank IS NOT NULL
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, p.name,
           p.address, p.supplier, p.subject, 5
    FROM given p JOIN wanted w ON p.forename_key = w.forename_key WHERE w.surname_key = ''
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, p.name,
           p.address, p.supplier, p.subject, 6
    FROM born p JOIN wanted w ON p.dob = w.dob WHERE w.surname_key = '' AND w.forename_key = ''
),
dated AS (
    SELECT p.*,
           CASE WHEN w.dob IS NULL AND w.born_in IS NULL THEN 'not asked'
                WHEN p.dob IS NULL OR p.dob_default THEN 'not held'
                WHEN p.dob = w.dob OR year(p.dob) = w.born_in THEN 'same'
                WHEN p.dob = w.dob_swapped OR p.dob_swapped = w.dob THEN 'swapped'
                WHEN p.dob_precision = 'year' AND year(p.dob) = year(w.dob) THEN 'year only'
                WHEN abs(year(p.dob) - year(w.dob)) IN (1, 10) AND strftime(p.dob, '%m%d') = strftime(w.dob, '%m%d')
                    THEN 'year differs' ELSE 'differs' END AS birth
    FROM candidate p JOIN (SELECT DISTINCT line, dob, dob_swapped, born_in FROM wanted) w USING (line)
),
best AS (
    SELECT DISTINCT ON (line, record_id) * FROM dated WHERE birth <> 'differs' ORDER BY line, record_id, rank
)
SELECT * FROM (
    SELECT * EXCLUDE (dob_swapped, dob_precision), count(*) OVER (PARTITION BY line) AS found,
           row_number() OVER (PARTITION BY line ORDER BY birth IN ('same', 'not asked') DESC, rank, birth, record_id) AS place
    FROM best
) WHERE place <= $most ORDER BY line, place
