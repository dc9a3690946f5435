-- The visible pairs that wait for a person, the most valuable first:
-- 1 an operation's own subject, 2 a weak bridge of a large entity, 3 a refused union, 4 the band nearest the threshold,
-- 5 looked at before and left unsure. Pairs ruled same or different are gone.
WITH settled AS (SELECT unnest($settled::VARCHAR[]) AS pair),
doubted AS (SELECT unnest($doubted::VARCHAR[]) AS pair),
named AS (SELECT unnest($subjects::VARCHAR[]) AS record_id),
bar AS (SELECT unnest($tables::VARCHAR[]) AS held_in, unnest($bars::DOUBLE[]) AS joins),
near AS (
    SELECT record_id FROM named
    UNION SELECT f.record_id FROM face f JOIN face g ON g.entity = f.entity JOIN named n ON n.record_id = g.record_id
),
large AS (
    SELECT f.record_id, s.n FROM face f
    JOIN (SELECT entity, count(*) AS n FROM face GROUP BY 1 HAVING count(*) >= $large) s ON s.entity = f.entity
),
held AS (
    SELECT t.record_id AS one, t.other_id AS other FROM tie t JOIN large l ON l.record_id = t.record_id WHERE t.standing = 'joined'
    UNION ALL
    SELECT t.other_id, t.record_id FROM tie t JOIN large l ON l.record_id = t.record_id WHERE t.standing = 'joined'
),
supported AS (
    SELECT DISTINCT x.one AS record_id, y.one AS other_id FROM held x JOIN held y ON x.other = y.other AND x.one < y.one
),
bridge AS (
    SELECT t.record_id, t.other_id, l.n FROM tie t
    JOIN large l ON l.record_id = t.record_id
    LEFT JOIN bar b ON b.held_in = t."table"
    ANTI JOIN supported s ON s.record_id = t.record_id AND s.other_id = t.other_id
    WHERE t.standing = 'joined' AND t.reason = '' AND t.weight < coalesce(b.joins, 0) + $slack
),
waiting AS (
    SELECT t.record_id, t.other_id, t."table" AS held_in, t.standing, t.reason, t.weight, b.n,
        CASE
            WHEN t.record_id || ':' || t.other_id IN (FROM doubted) THEN 5
            WHEN t.record_id IN (FROM near) OR t.other_id IN (FROM near) THEN 1
            WHEN b.n IS NOT NULL THEN 2
            WHEN t.reason IN ('weak-together', 'too-large', 'held-once', 'kept-apart', 'child-and-adult', 'victim-and-suspect') THEN 3
            ELSE 4
        END AS tier,
        round(abs(t.weight - coalesce(bar.joins, 0)), 3) AS away
    FROM tie t
    LEFT JOIN bridge b ON b.record_id = t.record_id AND b.other_id = t.other_id
    LEFT JOIN bar ON bar.held_in = t."table"
    WHERE (t.standing = 'possible' OR b.n IS NOT NULL OR (t.standing = 'refused' AND t.reason IN ('held-once', 'kept-apart')))
        AND t.reason <> 'inside'
        AND t.record_id || ':' || t.other_id NOT IN (FROM settled)
),
kept AS (
    SELECT record_id, supplier FROM person UNION ALL SELECT record_id, supplier FROM organisation
    UNION ALL SELECT record_id, supplier FROM "object" UNION ALL SELECT record_id, supplier FROM place
)
SELECT w.*, one.supplier AS supplier, other.supplier AS other_supplier
FROM waiting w JOIN kept one ON one.record_id = w.record_id JOIN kept other ON other.record_id = w.other_id
WHERE (w.tier, w.away, w.record_id, w.other_id) > ($tier::INTEGER, $away::DOUBLE, $low::VARCHAR, $high::VARCHAR)
ORDER BY w.tier, w.away, w.record_id, w.other_id
LIMIT $most
