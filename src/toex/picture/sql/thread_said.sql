-- Who wrote how many messages of a conversation, to whom, and when: by the number or name under which each was sent.
WITH said AS MATERIALIZED (
    SELECT record_id, written, deleted, title FROM text
    WHERE kind = 'message' AND dataset = $dataset AND coalesce(sheet, '') = $sheet AND coalesce(thread, '') = $thread
),
roles AS MATERIALIZED (
    SELECT DISTINCT i.record_id, i.role, i.kind, i.value FROM identifier i SEMI JOIN said USING (record_id)
    WHERE i.role IN ('sender', 'recipient') AND i.value <> ''
),
part AS (
    SELECT r.kind, r.value, '' AS called, r.record_id, r.role, s.written, s.deleted
    FROM roles r JOIN said s USING (record_id)
    UNION ALL
    SELECT '', '', s.title, s.record_id, 'sender', s.written, s.deleted FROM said s
    WHERE coalesce(s.title, '') <> '' AND NOT regexp_matches(s.title, $file)
      AND s.record_id NOT IN (SELECT record_id FROM roles WHERE role = 'sender')
)
SELECT kind, value, called, count(DISTINCT record_id) FILTER (role = 'sender')::INTEGER AS sent,
       count(DISTINCT record_id) FILTER (role = 'recipient')::INTEGER AS received,
       count(DISTINCT record_id) FILTER (role = 'sender' AND deleted)::INTEGER AS deleted
FROM part GROUP BY kind, value, called ORDER BY sent DESC, received DESC, value, called
