-- Features of people: one row a record, numbered in the order of record ids, so that nothing depends on the order of
-- rows. What is only ever compared for being equal is kept as a hash (`coded`, which leaves the unknown unknown): narrow rows are what makes a million quick. $at is the day on which ages are counted, $hot the number of people from which a shared value says nothing.
CREATE OR REPLACE TEMP TABLE feature AS
WITH named AS (
    SELECT
        *,
        nullif(forename_key, '') AS fore,
        nullif(surname_key, '') AS sur,
        upper(regexp_replace(strip_accents(coalesce(name, '')), '[^A-Za-z]', '', 'g')) AS letters,
        upper(strip_accents(coalesce(alias, ''))) AS aka,
        nullif(postcode, '') AS pc,
        CASE WHEN coalesce(dob_default, false) OR dob_precision NOT IN ('day', '') THEN NULL ELSE dob END AS born,
        CASE WHEN coalesce(dob_default, false) THEN NULL ELSE year(dob) END AS year
    FROM given
),
sensible AS (
    SELECT
        record_id, dataset, compartment, marking, handling, subject, bound, pc, born, year, address_key,
        CASE WHEN letters IN (FROM stop_name) THEN NULL ELSE fore END AS forename,
        CASE WHEN letters IN (FROM stop_name) THEN NULL ELSE sur END AS surname,
        coalesce(nullif(forename_root, ''), fore) AS root_given,
        coalesce(nullif(surname_sound, ''), sur) AS sound_given,
        nullif(phone, '') AS phone_given,
        nullif(lower(email), '') AS email,
        CASE WHEN sex IN ('1', '2') THEN sex END AS sex,
        nullif(upper(regexp_replace(strip_accents(coalesce(middle, '')), '[^A-Za-z]', '', 'g')), '') AS middle,
        CASE
            WHEN aka = '' THEN NULL
            WHEN contains(aka, ',') THEN concat_ws(' ', regexp_replace(split_part(aka, ',', 2), '[^A-Z]', '', 'g'),
                                                        regexp_replace(split_part(aka, ',', 1), '[^A-Z]', '', 'g'))
            WHEN contains(trim(aka), ' ') THEN concat_ws(' ', regexp_replace(split_part(trim(aka), ' ', 1), '[^A-Z]', '', 'g'),
                                                        regexp_replace(split_part(trim(aka), ' ', -1), '[^A-Z]', '', 'g'))
        END AS alias,
        nullif(pnc, '') AS pnc, nullif(cro, '') AS cro, nullif(noms, '') AS noms,
        nullif(nino, '') AS nino, nullif(driver, '') AS driver, nullif(passport, '') AS passport,
        dob_swapped
    FROM named
),
phones AS (
    SELECT phone_given AS value, count(DISTINCT root_given) AS people
    FROM sensible WHERE phone_given IS NOT NULL GROUP BY 1 HAVING count(*) > 3
),
homes AS (
    SELECT address_key AS value, count(DISTINCT concat_ws(' ', root_given, surname)) AS people
    FROM sensible WHERE address_key <> '' GROUP BY 1 HAVING count(*) > $hot
),
-- numbered apart, because sorting ids alone is ten times quicker than sorting whole rows
numbered AS (SELECT record_id, row_number() OVER (ORDER BY record_id) - 1 AS n FROM given),
joined AS (
    SELECT
        sensible.*, numbered.n, other_root.head, phones.people > 3 AS phone_of_several, phones.people > $hot AS phone_of_many,
        homes.value IS NOT NULL AND homes.people > $hot AS home_of_many
    FROM sensible
    JOIN numbered USING (record_id)
    LEFT JOIN other_root ON other_root.name = forename
    LEFT JOIN phones ON phones.value = phone_given
    LEFT JOIN homes ON homes.value = address_key
)
SELECT
    n::INTEGER AS n,
    record_id, dataset, compartment, marking, handling, subject, bound,
    forename, surname,
    CASE WHEN forename IS NOT NULL THEN root_given END AS root,
    CASE WHEN forename IS NOT NULL AND root_given <> head THEN head END AS root_2,
    CASE WHEN surname IS NOT NULL THEN sound_given END AS sound,
    coded(forename || ' ' || surname) AS whole,
    coded(least(forename, surname) || ' ' || greatest(forename, surname)) AS either_way,
    coded(alias) AS alias,
    coded(least(split_part(alias, ' ', 1), split_part(alias, ' ', 2)) || ' '
        || greatest(split_part(alias, ' ', 1), split_part(alias, ' ', 2))) AS alias_either_way,
    forename[1] AS initial,
    CASE WHEN length(forename) = 1 THEN 1 ELSE 0 END AS is_initial,
    surname[1:4] AS surname_start,
    coded(middle) AS middle, middle[1] AS middle_initial,
    strftime(born, '%Y%m%d') AS born,
    strftime(CASE WHEN born IS NOT NULL THEN dob_swapped END, '%Y%m%d') AS born_swapped,
    strftime(born, '%m%d') AS month_day,
    CASE WHEN month(born) = 1 AND day(born) = 1 THEN 1 ELSE 0 END AS new_year,
    year::INTEGER AS year,
    CASE
        WHEN born IS NOT NULL THEN (born <= $at::DATE - INTERVAL 18 YEAR)::INTEGER
        WHEN year <= year($at::DATE) - 19 THEN 1
        WHEN year >= year($at::DATE) - 17 THEN 0
    END AS of_age,
    CASE
        WHEN (subject & 4) <> 0 AND (subject & 3) <> 0 THEN 3
        WHEN (subject & 4) <> 0 THEN 2
        WHEN (subject & 3) <> 0 THEN 1
    END AS part_played,
    CASE WHEN home_of_many THEN NULL ELSE coded(nullif(address_key, '')) END AS home,
    CASE WHEN home_of_many OR NOT contains(pc, ' ') THEN NULL ELSE pc END AS postcode,
    nullif(split_part(pc, ' ', 1), '') AS outcode,
    nullif(regexp_extract(pc, '^[A-Z]+'), '') AS area,
    CASE WHEN phone_of_many THEN NULL ELSE coded(phone_given) END AS phone,
    CASE WHEN phone_of_several THEN 1 ELSE 0 END AS phone_shared,
    coded(email) AS email, sex, coded(pnc) AS pnc, coded(cro) AS cro, coded(noms) AS noms, coded(nino) AS nino,
    coded(driver) AS driver, coded(passport) AS passport
FROM joined;
