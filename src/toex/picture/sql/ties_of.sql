-- Every visible pair of which one record is of these, with how it stands; rulings first, then the strongest. `beyond`
-- names the entity that the other record stands in, NULL where both are of these.
WITH mine AS (SELECT unnest($ids::VARCHAR[]) AS record_id),
pair AS (
    SELECT t.record_id, t.other_id, t.standing, t."by", t.weight,
           CASE WHEN t.record_id NOT IN (FROM mine) THEN t.record_id WHEN t.other_id NOT IN (FROM mine) THEN t.other_id END AS far
    FROM tie t WHERE t.record_id IN (FROM mine) OR t.other_id IN (FROM mine)
)
SELECT p.record_id, p.other_id, p.standing, p."by", p.weight, coalesce(f.entity, p.far) AS beyond
FROM pair p LEFT JOIN face f ON f.record_id = p.far
ORDER BY p.standing <> 'joined', p."by" = 'machine', p.weight DESC, p.record_id, p.other_id
