-- title: One node connects to one SSH server again and again
-- condition: 30 connections or more from one node to port 22 of one address in 10 minutes
-- attack: T1110
-- like: sigma/brute-force
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT src_port) OVER recent AS connections
    FROM flows
    WHERE proto = 6 AND dst_port = 22 AND tx_packets > 0
    WINDOW recent AS (PARTITION BY node, dst ORDER BY seen RANGE BETWEEN INTERVAL 10 MINUTES PRECEDING AND CURRENT ROW)
)
WHERE connections >= 30
