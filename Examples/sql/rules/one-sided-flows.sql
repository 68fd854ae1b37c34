-- title: A node reports connections that the other end does not report
-- condition: 5 connections or more with one peer in an hour, with packets both ways, and no report by a peer that reports others
-- attack: T1565, T1562.006
-- like: tailscale2otel/flow-reporter-mismatch
-- Either this report was invented or the other one was removed, so the rule names both ends.
WITH sides AS (
    SELECT node, src, src_port, dst, dst_port, proto, min(seen) AS seen
    FROM flows
    WHERE class = 'virtual' AND proto IN (6, 17) AND tx_packets > 0 AND rx_packets > 0
    GROUP BY ALL
), reporters AS (
    SELECT DISTINCT src AS address, node AS peer, time_bucket(INTERVAL 10 MINUTES, seen) AS bucket FROM flows WHERE src <> ''
), alone AS (
    SELECT a.node, a.dst, a.seen, a.src_port, a.dst_port
    FROM sides AS a
    ANTI JOIN (SELECT DISTINCT src, src_port, dst, dst_port, proto FROM flows WHERE class = 'virtual') AS b
        ON a.src = b.dst AND a.src_port = b.dst_port AND a.dst = b.src AND a.dst_port = b.src_port AND a.proto = b.proto
)
SELECT alone_now.seen AS time, [alone_now.node, peer] AS entities
FROM (
    SELECT node, dst, seen, count(*) OVER recent AS connections
    FROM alone
    WINDOW recent AS (PARTITION BY node, dst ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
) AS alone_now
JOIN reporters ON alone_now.dst = reporters.address AND time_bucket(INTERVAL 10 MINUTES, alone_now.seen) = reporters.bucket
WHERE connections >= 5
