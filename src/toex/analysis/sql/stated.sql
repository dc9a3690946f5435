-- include who
,
-- Each association that a record states, between two nodes, with the record that states it.
by_record AS (
    SELECT w.node AS a, n.node AS b, 'states' AS kind, w.record_id, w.dataset, w.source_key, n.moment, false AS narrow
    FROM who w JOIN named n USING (record_id)
    UNION ALL
    SELECT node, 'place:' || address_key, 'address', record_id, dataset, source_key, NULL, false
    FROM who WHERE address_key <> ''
),
ends AS (
    SELECT record_id, node FROM who UNION ALL SELECT record_id, node FROM thing
),
by_link AS (
    SELECT x.node AS a, y.node AS b, l.kind, l.record_id, l.dataset, l.source_key, l.start AS moment, false AS narrow
    FROM link l JOIN ends x ON x.record_id = l.from_id JOIN ends y ON y.record_id = l.to_id
    WHERE l.kind NOT IN ('located', 'sim')  -- where a person was stopped or a SIM topped up joins strangers
),
occasion AS (
    SELECT record_id, kind, dataset, source_key, start AS moment,
           kind IN ('call', 'message', 'transaction', 'anpr', 'data') AS narrow FROM event
    UNION ALL
    SELECT record_id, kind, dataset, source_key, written, false FROM text WHERE kind NOT IN ('message', 'advert')
),
party AS (
    SELECT DISTINCT unit, node FROM (
        SELECT l.to_id AS unit, e.node FROM link l JOIN ends e ON e.record_id = l.from_id
        WHERE l.to_table IN ('event', 'text')
        UNION ALL
        SELECT l.from_id, e.node FROM link l JOIN ends e ON e.record_id = l.to_id
        WHERE l.from_table IN ('event', 'text')
        UNION ALL
        SELECT n.record_id, n.node FROM named n WHERE n.record_table IN ('event', 'text')
    )
),
small AS (
    SELECT unit FROM party GROUP BY unit HAVING count(*) BETWEEN 2 AND 12
),
by_occasion AS (
    SELECT x.node AS a, y.node AS b, o.kind, o.record_id, o.dataset, o.source_key, o.moment, o.narrow
    FROM party x JOIN party y ON x.unit = y.unit AND x.node < y.node
    JOIN small s ON s.unit = x.unit JOIN occasion o ON o.record_id = x.unit
),
association AS (
    SELECT least(a, b) AS a, greatest(a, b) AS b, t.kind, t.record_id, t.moment, t.narrow,
           -- One download or one period of call data is one source however many calls it holds; every item of
           -- one report is one source, and so is a report that is sent again.
           CASE WHEN narrow THEN t.dataset
                -- and so is a chart, however many lines an analyst drew on it: what its rows are known by begins with its name
                WHEN t.kind = 'charted' THEN t.dataset || '|' || split_part(t.source_key, '|', 1) ELSE COALESCE(g.origin, t.dataset || '|' || t.source_key) END AS origin
    FROM (SELECT * FROM by_record UNION ALL SELECT * FROM by_link UNION ALL SELECT * FROM by_occasion) t
    LEFT JOIN text_origin g ON g.dataset = t.dataset AND g.source_key = t.source_key
    WHERE a <> b
)
