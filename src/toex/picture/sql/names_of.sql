-- Every name that the records of some people give them.
SELECT record_id, name, alias, forename, middle, surname FROM person
SEMI JOIN (SELECT unnest($ids::VARCHAR[]) AS record_id) USING (record_id)
ORDER BY record_id
