-- Records that both views show whose company changed: the entity they stood in before and now, and who is with them now.
-- `faces_before` holds record_id and source_key = the entity in the earlier view.
WITH before_with AS (
    SELECT b.record_id, list_sort(list(c.record_id)) AS company FROM faces_before b JOIN faces_before c USING (source_key) GROUP BY b.record_id
),
now_with AS (
    SELECT f.record_id, any_value(f.entity) AS entity, list_sort(list(g.record_id)) AS company FROM face f JOIN face g USING (entity)
    GROUP BY f.record_id
)
SELECT COALESCE(n.record_id, b.record_id) AS record_id, n.entity,
       list_filter(COALESCE(n.company, []), x -> NOT list_contains(COALESCE(b.company, []), x) AND x <> COALESCE(n.record_id, b.record_id)) AS joined,
       list_filter(COALESCE(b.company, []), x -> NOT list_contains(COALESCE(n.company, []), x) AND x <> COALESCE(n.record_id, b.record_id)) AS parted
FROM now_with n FULL JOIN before_with b ON n.record_id = b.record_id
WHERE n.company IS DISTINCT FROM b.company ORDER BY 1
