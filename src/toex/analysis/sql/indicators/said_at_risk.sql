-- A record that names a person as vulnerable or at risk, by the role that its writer gave.
WITH
-- include who
, said AS (
    SELECT p.record_id, p.reported AS moment,
           regexp_extract(lower(p.note), '(vulnerable( [a-z]+)?|child at risk|at risk|exploited( [a-z]+)?|possible victim|potential victim|cuckooed)') AS word
    FROM person p WHERE p.note <> ''
)
SELECT w.node, []::VARCHAR[] AS others, min(s.moment) AS moment, max(s.moment) AS until, count(DISTINCT s.record_id) AS n,
       string_agg(DISTINCT trim(s.word), ', ' ORDER BY trim(s.word)) AS detail, list_sort(list(DISTINCT s.record_id))[:$most] AS record_ids
FROM said s JOIN who w USING (record_id)
WHERE s.word <> '' AND w.kind = 'person' GROUP BY w.node ORDER BY w.node
