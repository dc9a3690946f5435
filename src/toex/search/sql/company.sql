-- The subject that each record belongs to and every record of that subject, as this view shows it.
WITH head AS MATERIALIZED (
    SELECT record_id, entity FROM face WHERE record_id IN (each $records)
)
SELECT f.record_id, f.entity FROM face f SEMI JOIN head USING (entity) ORDER BY 1
