WITH
-- include contact
SELECT (epoch_ms(moment) // 3600000) % 24 AS hour, count(*)::INTEGER AS n
FROM contact WHERE (sender = $phone OR receiver = $phone) AND moment IS NOT NULL GROUP BY hour ORDER BY hour
