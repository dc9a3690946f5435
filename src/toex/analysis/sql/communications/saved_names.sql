-- Under which names numbers are saved in downloads' contacts.
SELECT i.value AS phone, list_sort(list(DISTINCT p.name)) AS names, list_sort(list(DISTINCT p.record_id)) AS record_ids
FROM person p JOIN identifier i ON i.record_id = p.record_id AND i.kind = 'phone'
WHERE p.part = 'contact' AND p.name <> '' AND ($dataset IS NULL OR p.dataset = $dataset)
GROUP BY i.value ORDER BY i.value
