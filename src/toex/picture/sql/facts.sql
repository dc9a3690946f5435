-- What records state of one subject, a row for each value of each record; `of_one` says that one value alone can be true.
WITH mine AS (SELECT unnest($ids::VARCHAR[]) AS record_id),
said AS (
    SELECT 'Name' AS label, 1 AS place, false AS of_one, name AS value, record_id FROM person
    UNION ALL
    SELECT 'Also known as', 2, false, alias, record_id FROM person
    UNION ALL
    SELECT 'Born', 3, true, CASE dob_precision WHEN 'year' THEN strftime(dob, '%Y') WHEN 'month' THEN strftime(dob, '%m/%Y')
             ELSE strftime(dob, '%d/%m/%Y') END
        || CASE WHEN dob_default THEN ' (a default date: not relied on)' ELSE '' END, record_id FROM person
    UNION ALL
    SELECT 'Sex', 4, true, sex, record_id FROM person WHERE sex IN ('1', '2')
    UNION ALL
    SELECT 'Nationality', 5, false, nationality, record_id FROM person
    UNION ALL
    SELECT 'Ethnicity', 6, false, ethnicity, record_id FROM person
    UNION ALL
    SELECT 'Occupation', 7, false, occupation, record_id FROM person
    UNION ALL
    SELECT CASE kind WHEN 'pnc' THEN 'PNC ID' WHEN 'cro' THEN 'CRO number' WHEN 'noms' THEN 'Prison number'
               WHEN 'nino' THEN 'National Insurance number' WHEN 'driver' THEN 'Driver number' WHEN 'passport' THEN 'Passport'
               WHEN 'nrm' THEN 'NRM reference' END,
           8, kind IN ('pnc', 'cro', 'nino'), value, record_id
    FROM identifier WHERE kind IN ('pnc', 'cro', 'noms', 'nino', 'passport', 'driver', 'nrm')
    UNION ALL
    SELECT CASE kind WHEN 'phone' THEN 'Telephone' WHEN 'account' THEN 'Account' WHEN 'email' THEN 'Email'
               WHEN 'username' THEN 'Username' ELSE 'VRM' END, 9, false, value, record_id
    FROM identifier WHERE kind IN ('phone', 'vrm', 'vehicle', 'account', 'email', 'username') AND "table" <> 'object'
    UNION ALL
    SELECT 'Address', 10, false, address || coalesce(', ' || nullif(postcode, ''), ''), record_id FROM person
    UNION ALL
    SELECT 'Note', 11, false, note, record_id FROM person
    UNION ALL
    SELECT 'Name', 1, false, name, record_id FROM organisation
    UNION ALL
    SELECT 'Kind', 2, false, kind, record_id FROM organisation
    UNION ALL
    SELECT 'Company number', 3, true, number, record_id FROM organisation
    UNION ALL
    SELECT 'Address', 10, false, address || coalesce(', ' || nullif(postcode, ''), ''), record_id FROM organisation
    UNION ALL
    SELECT 'As written', 1, false, raw, record_id FROM "object"
    UNION ALL
    SELECT 'Make and model', 2, true, nullif(trim(coalesce(make, '') || ' ' || coalesce(model, '')), ''), record_id FROM "object"
    UNION ALL
    SELECT 'Colour', 3, true, colour, record_id FROM "object"
    UNION ALL
    SELECT 'VIN', 4, true, vin, record_id FROM "object"
    UNION ALL
    SELECT 'Issued by', 5, false, issuer, record_id FROM "object"
    UNION ALL
    SELECT 'Note', 11, false, note, record_id FROM "object"
    UNION ALL
    SELECT 'Place', 1, false, place_name, record_id FROM place
    UNION ALL
    SELECT 'Address', 2, false, address || coalesce(', ' || nullif(postcode, ''), ''), record_id FROM place
)
SELECT DISTINCT label, place, of_one, value, record_id FROM said SEMI JOIN mine USING (record_id)
WHERE coalesce(value, '') <> '' ORDER BY place, label, value, record_id
