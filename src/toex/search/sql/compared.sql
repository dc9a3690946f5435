-- `sounding` are people read by the sounds that the files are sorted by: a surname's sound follows from its letters, so
-- these are all whose surname can be the surname or, the other way round, the forename that was typed.
-- $wanted: a row for each line, key and group of forenames; the key is a sound, a forename or a day under which people are
-- held against it. As one text: to register a batch costs a question more than to read it.
-- given, born: the people of a lone forename, of a lone day of birth.
cells AS (
    SELECT string_split(asked, chr(31)) AS cell FROM (SELECT unnest(string_split($wanted, chr(30))) AS asked)
),
wanted AS MATERIALIZED (
    SELECT cell[1]::INTEGER AS line, cell[2] AS key, cell[3] AS forename_key, cell[4] AS surname_key,
           cell[5] AS surname_sound, cell[6] AS forename_root, TRY_CAST(cell[7] AS DATE) AS dob,
           TRY_CAST(cell[8] AS DATE) AS dob_swapped, TRY_CAST(cell[9] AS INTEGER) AS born_in
    FROM cells
),
near AS (
    SELECT * FROM sounding
    UNION ALL SELECT 'forename ' || forename_key, * FROM given
    UNION ALL SELECT 'born ' || dob, * FROM born
),
compared AS (
    SELECT w.line, p.*,
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
           CASE WHEN w.dob IS NULL AND w.born_in IS NULL THEN 'not asked'
                WHEN p.dob IS NULL OR p.dob_default THEN 'not held'
                WHEN p.dob = w.dob OR year(p.dob) = w.born_in THEN 'same'
                WHEN p.dob = w.dob_swapped OR p.dob_swapped = w.dob THEN 'swapped'
                WHEN p.dob_precision = 'year' AND year(p.dob) = year(w.dob) THEN 'year only'
                WHEN abs(year(p.dob) - year(w.dob)) IN (1, 10) AND strftime(p.dob, '%m%d') = strftime(w.dob, '%m%d')
                    THEN 'year differs' ELSE 'differs' END AS birth
    FROM near p JOIN wanted w ON p.key = w.key
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
