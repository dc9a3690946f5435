-- Who is on file under the names that may stand in a text: the same surname, and the same forename or one of its group.
WITH asked AS MATERIALIZED (
    SELECT DISTINCT split_part(one, chr(31), 1) AS forename, split_part(one, chr(31), 2) AS root,
           split_part(one, chr(31), 3) AS surname
    FROM (SELECT unnest(string_split($wanted, chr(30))) AS one)
),
named AS MATERIALIZED (
    SELECT record_id, name, dob, subject, forename_key, forename_root, surname_key FROM person
    WHERE surname_sound IN (each $sounds) AND NOT list_contains($own::VARCHAR[], record_id)
),
once AS (
    SELECT DISTINCT a.forename, a.surname, n.record_id, n.name, n.dob, n.subject, n.forename_key = a.forename AS same
    FROM named n JOIN asked a ON n.surname_key = a.surname AND (n.forename_key = a.forename OR n.forename_root = a.root)
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY forename, surname)::INTEGER AS found,
           row_number() OVER (PARTITION BY forename, surname ORDER BY same DESC, record_id) AS place
    FROM once
)
SELECT forename, surname, record_id, name, dob, subject, found FROM counted WHERE place <= $most
ORDER BY forename, surname, place
