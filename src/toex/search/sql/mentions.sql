-- A dataset's rows lie in files of their own: its name leaves the others unread.
SELECT record_id, kind, supplier, start AS moment FROM event
WHERE dataset IN (each $datasets) AND record_id IN (each $events)
UNION ALL
SELECT record_id, kind, supplier, written FROM text
WHERE dataset IN (each $datasets) AND record_id IN (each $texts)
UNION ALL
SELECT record_id, kind, supplier, reported FROM "object"
WHERE dataset IN (each $datasets) AND record_id IN (each $objects)
UNION ALL
SELECT record_id, 'place', supplier, reported FROM place
WHERE dataset IN (each $datasets) AND record_id IN (each $places)
ORDER BY 1
