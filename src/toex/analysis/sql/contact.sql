-- Who rang, wrote to or messaged whom, once a record; `texted` where it was no voice call. A download states a message
-- as an event and as a text of one row: the event counts.
contact AS (
    SELECT o.record_id, o.dataset, o.source_key, o.moment, o.texted, s.value AS sender, r.value AS receiver
    FROM (
        SELECT record_id, dataset, source_key, start AS moment,
               kind <> 'call' OR regexp_matches(lower(COALESCE(summary, '') || ' ' || COALESCE(status, '')), '\b(sms|text)\b') AS texted
        FROM event WHERE kind IN ('call', 'message', 'sms')
        UNION ALL
        SELECT t.record_id, t.dataset, t.source_key, t.written, true FROM text t
        WHERE t.kind = 'message' AND NOT EXISTS (
            SELECT 1 FROM event e WHERE e.kind = 'message' AND e.dataset = t.dataset AND e.source_key = t.source_key)
    ) o
    JOIN identifier s ON s.record_id = o.record_id AND s.kind = 'phone' AND s.role IN ('caller', 'sender', 'from')
    JOIN identifier r ON r.record_id = o.record_id AND r.kind = 'phone' AND r.role IN ('called', 'recipient', 'receiver', 'to')
    WHERE s.value <> r.value
)
