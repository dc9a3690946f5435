-- What the records of a person state of them, each value once with the records that state it.
WITH mine AS (SELECT unnest(string_split($ids, ' ')) AS record_id),
said AS (
    SELECT 'Names' AS label, 1 AS place, name AS value, record_id FROM person
    UNION ALL
    SELECT 'Also known as', 2, alias, record_id FROM person
    UNION ALL
    SELECT 'Born', 3, CASE dob_precision WHEN 'year' THEN strftime(dob, '%Y') WHEN 'month' THEN strftime(dob, '%m/%Y')
             ELSE strftime(dob, '%d/%m/%Y') END
        || CASE WHEN dob_default THEN ' (a default date: not relied on)' ELSE '' END, record_id FROM person
    UNION ALL
    SELECT 'Nationality', 4, nationality, record_id FROM person
    UNION ALL
    SELECT 'Identifiers', 5, upper(kind) || ' ' || value, record_id FROM identifier
    WHERE kind IN ('pnc', 'cro', 'noms', 'nino', 'passport', 'driver', 'nrm')
    UNION ALL
    SELECT 'Telephone', 6, value, record_id FROM identifier WHERE kind = 'phone'
    UNION ALL
    SELECT 'Vehicle', 7, value, record_id FROM identifier WHERE kind = 'vrm'
    UNION ALL
    SELECT 'Account', 8, value, record_id FROM identifier WHERE kind = 'account'
    UNION ALL
    SELECT 'Address', 9, address || coalesce(', ' || postcode, ''), record_id FROM person
    UNION ALL
    SELECT 'Occupation', 10, occupation, record_id FROM person
)
SELECT label, value, list(DISTINCT record_id ORDER BY record_id) AS record_ids, count(DISTINCT record_id) AS n
FROM said SEMI JOIN mine USING (record_id)
WHERE coalesce(value, '') <> ''
GROUP BY label, place, value
ORDER BY place, n DESC, value
