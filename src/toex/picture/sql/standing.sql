-- The records of every person on whom a product rests by more than one record, with what could confirm them as one.
-- `$ids` are cited records; `$people` are the records of the people whom the product tells of. A cited event, text or
-- thing rests on the records of the people it is linked to.
WITH cited AS (SELECT DISTINCT unnest(string_split($ids, ' ')) AS record_id),
told_of AS (
    SELECT DISTINCT entity FROM face
    WHERE record_id IN (SELECT unnest(string_split($people, ' '))) OR record_id IN (FROM cited)
),
behind AS (
    SELECT record_id FROM cited
    UNION SELECT from_id FROM link WHERE to_id IN (FROM cited) OR record_id IN (FROM cited)
    UNION SELECT to_id FROM link WHERE from_id IN (FROM cited) OR record_id IN (FROM cited)
),
rested AS (
    SELECT face.entity, face.record_id
    FROM face SEMI JOIN behind USING (record_id) SEMI JOIN told_of USING (entity) SEMI JOIN person USING (record_id)
),
several AS (SELECT entity FROM rested GROUP BY entity HAVING count(*) > 1)
SELECT face.entity, person.record_id, person.record_id IN (SELECT record_id FROM rested) AS rested,
       person.pnc, person.cro, person.noms, person.nino, person.driver, person.passport
FROM face JOIN person ON person.record_id = face.record_id SEMI JOIN several ON several.entity = face.entity
ORDER BY face.entity, person.record_id
