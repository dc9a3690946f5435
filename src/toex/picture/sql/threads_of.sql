-- The conversations in which a number or address wrote or was written to, each by its first message.
WITH mine AS (
    SELECT DISTINCT record_id FROM identifier
    WHERE value = $value AND kind = $kind AND "table" = 'text' AND role IN ('sender', 'recipient')
)
SELECT t.dataset, coalesce(t.sheet, '') AS sheet, coalesce(t.thread, '') AS thread, min(t.reference) AS app,
       arg_min(t.record_id, t.record_id) AS record_id, count(*)::INTEGER AS messages, min(t.written) AS first, max(t.written) AS last
FROM text t SEMI JOIN mine USING (record_id) WHERE t.kind = 'message' GROUP BY 1, 2, 3
ORDER BY last DESC NULLS LAST, dataset, sheet, thread LIMIT $most
