-- title: One node tries the same port on very many addresses
-- condition: 250 addresses or more at one port in an hour
-- attack: T1046
-- like: splunk/internal-horizontal-port-scan
WITH first_contacts AS (
    -- The window counts addresses; an address that is tried again within the hour is not new.
    SELECT node, name, dst, dst_port, min(seen) AS seen
    FROM flows
    WHERE dialled AND class <> 'exit'
    GROUP BY node, name, dst, dst_port, time_bucket(INTERVAL 1 HOUR, seen)
), busy AS (
    SELECT node, dst_port FROM first_contacts GROUP BY node, dst_port HAVING count(DISTINCT dst) >= 250
)
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT dst) OVER recent AS addresses
    FROM first_contacts JOIN busy USING (node, dst_port)
    WINDOW recent AS (
        PARTITION BY node, dst_port ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
WHERE addresses >= 250
