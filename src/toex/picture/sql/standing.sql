-- The records on which a product rests, and all of every person on whom it rests by more than one, with what could
-- confirm them as one. `$ids` are cited records; `$people` are the records of the people whom the product tells of. A
-- cited event, text or thing rests on the records of the people it is linked to.
WITH cited AS (SELECT DISTINCT unnest(string_split($ids, ' ')) AS record_id),
known AS (SELECT unnest(string_split($people, ' ')) AS record_id UNION SELECT record_id FROM cited),
told_of AS (SELECT DISTINCT entity FROM face SEMI JOIN known USING (record_id)),
behind AS (
    SELECT record_id FROM cited
    UNION SELECT from_id FROM link WHERE to_id IN (FROM cited) OR record_id IN (FROM cited)
    UNION SELECT to_id FROM link WHERE from_id IN (FROM cited) OR record_id IN (FROM cited)
),
rested AS (  -- a record that is one with no other stands for itself
    SELECT coalesce(face.entity, person.record_id) AS entity, person.record_id
    FROM person SEMI JOIN behind USING (record_id) LEFT JOIN face USING (record_id)
    WHERE face.entity IN (FROM told_of) OR person.record_id IN (FROM known)
),
several AS (SELECT entity FROM rested GROUP BY entity HAVING count(*) > 1),
whole AS (
    SELECT entity, record_id, true AS rested FROM rested
    UNION ALL
    SELECT face.entity, face.record_id, false FROM face SEMI JOIN several USING (entity) ANTI JOIN rested USING (record_id)
)
SELECT whole.entity, whole.record_id, whole.rested,
       person.pnc, person.cro, person.noms, person.nino, person.driver, person.passport
FROM whole JOIN person USING (record_id)
ORDER BY whole.entity, whole.record_id
