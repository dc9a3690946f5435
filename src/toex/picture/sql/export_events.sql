-- Every visible event.
SELECT record_id, kind, reference, start, finish, time_precision, summary, status, direction, duration_s, amount,
       place_name, address, postcode, lat, lon, dataset, supplier, "row"
FROM event ORDER BY start, record_id
