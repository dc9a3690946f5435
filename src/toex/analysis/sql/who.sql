-- Who and what each record is: people and organisations by the face that this view shows, objects by canonical
-- value, places by address. A number that two kinds of file call "vrm" and "vehicle" is one node. Somebody known by a
-- first name and a number alone (a saved contact, a working name in an advert) is no person yet but that number.
who AS (
    SELECT record_id, CASE WHEN starts_with(node, 'phone:') THEN 'number' ELSE 'person' END AS kind, node,
           dataset, source_key, supplier, address_key
    FROM (
        SELECT p.record_id, p.dataset, p.source_key, p.supplier, p.address_key,
               CASE WHEN f.entity IS NULL AND p.dob IS NULL AND p.phone <> ''
                         AND (p.part = 'contact' OR length(COALESCE(p.surname_key, '')) < 2)
                    THEN 'phone:' || p.phone ELSE COALESCE(f.entity, p.record_id) END AS node
        FROM person p LEFT JOIN face f USING (record_id)
    )
    UNION ALL
    SELECT o.record_id, 'organisation', COALESCE(f.entity, o.record_id), o.dataset, o.source_key, o.supplier, o.address_key
    FROM organisation o LEFT JOIN face f USING (record_id)
),
thing AS (
    SELECT record_id, kind || ':' || CASE WHEN kind = 'device' THEN left(value, 14) ELSE value END AS node,
           dataset, source_key, supplier
    FROM "object" WHERE value <> '' AND kind IN ('phone', 'device', 'vehicle', 'account', 'email', 'username')
    UNION ALL
    SELECT record_id, 'place:' || address_key, dataset, source_key, supplier FROM place WHERE address_key <> ''
),
named AS (
    SELECT i.record_id, i."table" AS record_table, i.role, i."at" AS moment,
           CASE i.kind WHEN 'vrm' THEN 'vehicle:' || i.value WHEN 'imei' THEN 'device:' || left(i.value, 14)
                       ELSE i.kind || ':' || i.value END AS node
    FROM identifier i
    WHERE i.value <> '' AND i.kind IN ('phone', 'vrm', 'vehicle', 'imei', 'account', 'email', 'username')
)
