-- title: One node looks for administration ports across the network
-- condition: 100 addresses or more at ports of administration and file sharing in 9 minutes
-- attack: T1018, T1046
-- like: elastic/network-sweep
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT dst) OVER recent AS addresses
    FROM flows
    WHERE dialled AND dst_port IN (21, 22, 23, 25, 139, 445, 3389, 5985, 5986)
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 9 MINUTES PRECEDING AND CURRENT ROW)
)
WHERE addresses >= 100
