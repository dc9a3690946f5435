-- How much a view shows: people as they are joined there, numbers and vehicles by their value, events, all records of people.
SELECT
    (SELECT count(DISTINCT coalesce(face.entity, person.record_id))
     FROM person LEFT JOIN face ON face.record_id = person.record_id) AS people,
    (SELECT count(*) FROM person) AS records,
    (SELECT count(DISTINCT value) FROM object WHERE kind = 'phone' AND value <> '') AS phones,
    (SELECT count(DISTINCT value) FROM object WHERE kind = 'vehicle' AND value <> '') AS vehicles,
    (SELECT count(*) FROM event) AS events,
    (SELECT count(*) FROM text WHERE kind = 'intelligence') AS reports
