-- Whom a set of numbers was in contact with; `deleted` counts messages that the handset's user had deleted.
WITH
-- include contact
, asked AS (SELECT unnest($phones::VARCHAR[]) AS phone),
both_ways AS (
    SELECT sender AS phone, receiver AS other, true AS sent, c.* EXCLUDE (sender, receiver) FROM contact c
    UNION ALL
    SELECT receiver, sender, false, c.* EXCLUDE (sender, receiver) FROM contact c
)
SELECT b.phone, b.other, count(*)::INTEGER AS n, count(*) FILTER (b.sent)::INTEGER AS sent, count(*) FILTER (b.texted)::INTEGER AS texted,
       count(*) FILTER (t.deleted)::INTEGER AS deleted,
       count(DISTINCT epoch_ms(b.moment) // 86400000)::INTEGER AS days, min(b.moment) AS first_at, max(b.moment) AS last_at,
       list_sort(list(DISTINCT b.record_id))[:$most] AS record_ids
FROM both_ways b SEMI JOIN asked USING (phone) LEFT JOIN (SELECT dataset, source_key, bool_or(deleted) AS deleted FROM text WHERE kind = 'message' GROUP BY ALL) t
    USING (dataset, source_key)
GROUP BY b.phone, b.other ORDER BY b.phone, n DESC, b.other
