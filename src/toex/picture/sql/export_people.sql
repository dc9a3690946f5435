-- Every visible record of a person, with the first record of the entity it is shown in and the categories of data subject of all that it is one with.
SELECT coalesce(face.entity, p.record_id) AS entity, p.record_id, p.dataset, p.source_key, p.supplier, p.name,
       p.forename, p.middle, p.surname,
       bit_or(p.subject) OVER (PARTITION BY coalesce(face.entity, p.record_id)) AS subject, p.alias, p.dob, p.dob_precision, p.sex, p.nationality, p.address, p.postcode,
       p.phone, p.pnc, p.cro, p.noms, p.source_grade || p.info_grade || p.handling AS grade, p.conditions, p."row"
FROM person p LEFT JOIN face USING (record_id)
ORDER BY 1, 3, 4
