-- One page of a conversation in the order in which it was written, each message with where it comes from and its grade;
-- `before` is when the message before it was written, on whatever page that stands.
WITH said AS (
    SELECT *, lag(written) OVER spoken AS before, row_number() OVER spoken AS place, count(*) OVER ()::INTEGER AS found,
           min(written) OVER () AS first, max(written) OVER () AS last,
           count(*) FILTER (deleted) OVER ()::INTEGER AS gone
    FROM text
    WHERE kind = 'message' AND dataset = $dataset AND coalesce(sheet, '') = $sheet AND coalesce(thread, '') = $thread
    WINDOW spoken AS (ORDER BY written NULLS LAST, "row", record_id)
),
asked AS (SELECT CASE WHEN $page > 0 THEN $page ELSE coalesce(max((place - 1) // $size) FILTER (record_id = $id), 0) + 1 END AS page
          FROM said),
shown AS MATERIALIZED (SELECT s.* FROM said s, asked WHERE (s.place - 1) // $size = asked.page - 1),
sender AS (
    SELECT record_id, min(kind || ':' || value) AS sender FROM identifier
    WHERE role = 'sender' AND value <> '' AND record_id IN (SELECT record_id FROM shown) GROUP BY record_id
)
SELECT s.record_id, s.text, s.title, s.written, s.deleted, s.before, s.place::INTEGER AS place, s.found, s.first, s.last, s.gone,
       s.receipt, s.sheet, s."row", s.source_grade, s.info_grade, s.handling, s.subject, coalesce(sender.sender, '') AS sender,
       asked.page::INTEGER AS page
FROM shown s LEFT JOIN sender USING (record_id), asked ORDER BY s.place
