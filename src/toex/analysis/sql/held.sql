SELECT record_id, digest, part FROM (
    SELECT record_id, digest, 'person' AS part FROM person
    UNION ALL SELECT record_id, digest, 'organisation' FROM organisation
    UNION ALL SELECT record_id, digest, 'object' FROM "object"
    UNION ALL SELECT record_id, digest, 'place' FROM place
    UNION ALL SELECT record_id, digest, 'event' FROM event
    UNION ALL SELECT record_id, digest, 'text' FROM text
    UNION ALL SELECT record_id, digest, 'link' FROM link
)
