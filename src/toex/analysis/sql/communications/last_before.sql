-- The last contact of a number before each event of its holder or of the asked kind: what was said just before.
WITH
-- include contact
, asked AS (SELECT unnest($events::VARCHAR[]) AS record_id),
occasion AS (SELECT e.record_id, e.start AS moment FROM event e SEMI JOIN asked USING (record_id) WHERE e.start IS NOT NULL),
mine AS (
    SELECT DISTINCT ON (moment) record_id, moment, CASE WHEN sender = $phone THEN receiver ELSE sender END AS other
    FROM contact WHERE (sender = $phone OR receiver = $phone) AND moment IS NOT NULL ORDER BY moment, record_id
)
SELECT o.record_id AS event, o.moment AS event_at, m.record_id, m.moment, m.other
FROM occasion o ASOF JOIN mine m ON o.moment >= m.moment ORDER BY o.moment, o.record_id
