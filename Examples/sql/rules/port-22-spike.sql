-- title: One node opens many SSH connections
-- condition: more than 20 different connections to port 22 in 5 minutes, including refused ones
-- attack: T1021.004, T1110
-- like: mocktail/port-22-spike
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT (dst, src_port)) OVER recent AS connections
    FROM flows
    WHERE proto = 6 AND dst_port = 22 AND tx_packets > 0
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 5 MINUTES PRECEDING AND CURRENT ROW)
)
WHERE connections > 20
