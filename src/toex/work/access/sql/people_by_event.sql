-- people by the kind of event that they were in, each counted once in a cell; the row without a cell is the total
WITH who AS (
    SELECT coalesce(face.entity, person.record_id) AS entity, event.kind AS cell
    FROM link
    JOIN event ON event.record_id = link.to_id
    JOIN person ON person.record_id = link.from_id
    LEFT JOIN face ON face.record_id = person.record_id
    WHERE event.kind IS NOT NULL
)
SELECT cell, count(DISTINCT entity) AS people FROM who GROUP BY cell
UNION ALL SELECT NULL, count(DISTINCT entity) FROM who
ORDER BY 1
