-- The journeys of vehicles: reads of cameras without a break of two hours, first and last place, how many cameras.
WITH asked AS (SELECT unnest(string_split($vehicles, ' ')) AS vehicle),
seen AS (
    SELECT DISTINCT i.value AS vehicle, e.record_id, e.start AS moment, coalesce(nullif(e.place_name, ''), e.address, '') AS place
    FROM identifier i SEMI JOIN asked ON asked.vehicle = i.value JOIN event e USING (record_id)
    WHERE i.kind IN ('vrm', 'vehicle') AND e.kind = 'anpr' AND e.start IS NOT NULL
),
broken AS (
    SELECT *, coalesce(moment - lag(moment) OVER lane > INTERVAL 2 HOUR, true)::INTEGER AS begins FROM seen
    WINDOW lane AS (PARTITION BY vehicle ORDER BY moment, record_id)
),
numbered AS (
    SELECT *, sum(begins) OVER (PARTITION BY vehicle ORDER BY moment, record_id) AS journey FROM broken
)
SELECT vehicle, min(moment) AS began, max(moment) AS ended, arg_min(place, moment) AS first_place,
       arg_max(place, moment) AS last_place, count(DISTINCT place)::INTEGER AS cameras,
       arg_min(record_id, moment) AS first_id, arg_max(record_id, moment) AS last_id
FROM numbered GROUP BY vehicle, journey ORDER BY began, vehicle
