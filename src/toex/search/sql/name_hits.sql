-- Each comparison is an equi-join: a range of "or" would compare every line with everyone.
-- sounding, given, born: the people read for these lines, by sound, by forename, by day of birth.
-- wanted_person: source_key = the line; name_key columns as a person's; dob, dob_swapped as typed; note = a bare year.
WITH wanted AS MATERIALIZED (
    SELECT source_key::INTEGER AS line, forename_key, surname_key, forename_root, surname_sound, dob, dob_swapped,
           TRY_CAST(note AS INTEGER) AS born_in
    FROM wanted_person
),
candidate AS (
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision,
           CASE WHEN p.surname_key = w.surname_key AND p.forename_key = w.forename_key THEN 0
                WHEN p.surname_key = w.surname_key THEN 2 ELSE 4 END AS rank
    FROM sounding p JOIN wanted w ON p.surname_sound = w.surname_sound AND p.forename_root = w.forename_root
    WHERE w.surname_key <> '' AND w.forename_key <> ''
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision,
           CASE WHEN p.forename_key = w.forename_key THEN 0 ELSE 3 END
    FROM sounding p JOIN wanted w ON p.surname_key = w.surname_key AND left(p.forename_key, 1) = left(w.forename_key, 1)
    WHERE w.surname_key <> '' AND w.forename_key <> ''
      AND (starts_with(p.forename_key, w.forename_key) OR starts_with(w.forename_key, p.forename_key))
      AND (least(length(p.forename_key), length(w.forename_key)) <> 2)
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, 1
    FROM sounding p JOIN wanted w ON p.surname_key = w.forename_key AND p.forename_key = w.surname_key
    WHERE w.surname_key <> '' AND w.forename_key <> ''
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, 5
    FROM sounding p JOIN wanted w ON p.surname_key = w.surname_key || w.forename_key  -- one of the two is empty; an OR is no equi-join
    WHERE (w.forename_key = '' OR w.surname_key = '')
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, 5
    FROM given p JOIN wanted w ON p.forename_key = w.forename_key
    WHERE w.surname_key = ''
    UNION ALL
    SELECT w.line, p.record_id, p.dataset, p.dob, p.dob_swapped, p.dob_default, p.dob_precision, 6
    FROM born p JOIN wanted w ON p.dob = w.dob
    WHERE w.surname_key = '' AND w.forename_key = ''
),
best AS (
    SELECT DISTINCT ON (line, record_id) * FROM candidate ORDER BY line, record_id, rank
),
dated AS (
    SELECT p.line, p.record_id, p.rank, p.dataset,
           CASE WHEN w.dob IS NULL AND w.born_in IS NULL THEN 'not asked'
                WHEN p.dob IS NULL OR p.dob_default THEN 'not held'
                WHEN p.dob = w.dob OR year(p.dob) = w.born_in THEN 'same'
                WHEN p.dob = w.dob_swapped OR p.dob_swapped = w.dob THEN 'swapped'
                WHEN p.dob_precision = 'year' AND year(p.dob) = year(w.dob) THEN 'year only'
                WHEN abs(year(p.dob) - year(w.dob)) IN (1, 10) AND strftime(p.dob, '%m%d') = strftime(w.dob, '%m%d')
                    THEN 'year differs' ELSE 'differs' END AS birth
    FROM best p JOIN wanted w USING (line)
)
SELECT * FROM (
    SELECT line, record_id, rank, dataset, birth, count(*) OVER (PARTITION BY line) AS found,
           row_number() OVER (PARTITION BY line ORDER BY birth IN ('same', 'not asked') DESC, rank, birth, record_id) AS place
    FROM (SELECT DISTINCT ON (line, record_id) * FROM dated ORDER BY line, record_id, birth = 'same' DESC)
    WHERE birth <> 'differs'
) WHERE place <= $most ORDER BY line, place
