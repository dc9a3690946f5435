-- Money that comes in from one payer and goes on within three days to one other account, for several people.
WITH payment AS (
    SELECT e.record_id, e.start AS moment, e.amount, p.value AS payer, r.value AS payee,
           regexp_matches(lower(concat_ws(' ', e.summary, e.status, e.reference)), 'wage|salar|payroll|\bbacs\b') AS wage
    FROM event e
    LEFT JOIN identifier p ON p.record_id = e.record_id AND p.kind = 'account' AND p.role = 'payer'
    LEFT JOIN identifier r ON r.record_id = e.record_id AND r.kind = 'account' AND r.role = 'payee'
    WHERE e.kind = 'transaction'
),
onward AS (
    SELECT o.payee AS sink, o.payer AS worker, min(o.record_id) AS record_id, o.moment, o.amount
    FROM payment o JOIN payment i ON i.payee = o.payer AND i.wage
         AND o.moment BETWEEN i.moment AND i.moment + INTERVAL 3 DAY AND abs(o.amount) >= 0.5 * abs(i.amount)
    WHERE o.payee IS NOT NULL AND o.payer <> o.payee
    GROUP BY o.payee, o.payer, o.moment, o.amount  -- a payment stands in both accounts' statements, once each
)
SELECT 'account:' || sink AS node, list_sort(list(DISTINCT 'account:' || worker)) AS others, min(moment) AS moment, max(moment) AS until,
       count(DISTINCT worker) AS n, round(sum(abs(amount)))::BIGINT::VARCHAR AS detail,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM onward GROUP BY sink HAVING count(DISTINCT worker) >= 3 AND count(DISTINCT record_id) >= 6 ORDER BY node
