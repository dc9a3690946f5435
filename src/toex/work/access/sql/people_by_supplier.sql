-- people by supplier, each counted once in a cell; the row without a cell is the total
WITH who AS (
    SELECT coalesce(face.entity, person.record_id) AS entity, person.supplier AS cell
    FROM person LEFT JOIN face ON face.record_id = person.record_id
    WHERE person.supplier IS NOT NULL
)
SELECT cell, count(DISTINCT entity) AS people FROM who GROUP BY cell
UNION ALL SELECT NULL, count(DISTINCT entity) FROM who
ORDER BY 1
