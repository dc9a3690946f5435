-- What is asked comes as one text, a row between record separators, a cell between unit separators: to register a batch
-- costs a question more than to read it.
wanted AS MATERIALIZED (
    SELECT DISTINCT split_part(asked, chr(31), 1)::INTEGER AS line, split_part(asked, chr(31), 2) AS kind,
           split_part(asked, chr(31), 3) AS value
    FROM (SELECT unnest(string_split($wanted, chr(30))) AS asked)
),
