-- The threads of downloads: who takes part, how much, how much of it deleted.
SELECT t.dataset, t.thread, count(*)::INTEGER AS n, count(*) FILTER (t.deleted)::INTEGER AS deleted,
       min(t.written) AS first_at, max(t.written) AS last_at,
       (SELECT list_sort(list(DISTINCT i.value)) FROM identifier i JOIN text x ON x.record_id = i.record_id
        WHERE x.dataset = t.dataset AND x.thread = t.thread AND i.kind IN ('phone', 'username', 'email')) AS parties,
       list_sort(list(t.record_id))[:$most] AS record_ids
FROM text t WHERE t.kind = 'message' AND t.thread <> '' AND ($dataset IS NULL OR t.dataset = $dataset)
GROUP BY t.dataset, t.thread ORDER BY n DESC, t.dataset, t.thread
