-- title: A person's device reaches many machines at once
-- condition: 25 addresses and ports or more in 15 minutes
-- attack: T1018, T1021, T1046
-- like: sentinel/mass-fan-out
-- The published rule groups by source address and port, and every connection has its own port: it can never fire. This
-- one groups by node. Fan-out is normal for machines, so only devices with an owner count.
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT (dst, dst_port)) OVER recent AS destinations
    FROM flows
    WHERE dialled AND class <> 'exit' AND login IS NOT NULL
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 15 MINUTES PRECEDING AND CURRENT ROW)
)
WHERE destinations >= 25
