-- An alias is free text, so this passes over everyone who has one; asked of one typed name, never of a list.
SELECT record_id, dataset, count(*) OVER () AS found FROM person
WHERE alias <> '' AND contains(regexp_replace(upper(alias), '[^A-Z]', '', 'g'), $key)
  AND record_id NOT IN (each $known)
ORDER BY record_id LIMIT $most
