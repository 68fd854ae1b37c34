-- title: A device moves much data to or from one address and port
-- condition: more than 1 GiB either way between the side that dialled and one address and port in an hour
-- attack: T1041, T1048
-- like: sentinel/large-outbound-transfer
-- Published with 100 MiB: 299 alerts on the day of Docs/DetectionAccuracy.md, one of them on the incident.
-- Backups go to tag:files on port 873 by design.
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, sum(tx_bytes + rx_bytes) OVER recent AS bytes
    FROM flows
    WHERE dialled AND dst_port <> 873
    WINDOW recent AS (
        PARTITION BY node, dst, dst_port ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
WHERE bytes > 1024 * 1024 * 1024
