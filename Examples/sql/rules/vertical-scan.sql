-- title: One node tries many ports of one address
-- condition: 10 ports or more of one address in an hour, except common ones
-- attack: T1046
-- like: panther/vpc-port-scan
WITH pairs AS (
    SELECT node, dst FROM flows
    WHERE dialled AND dst_port NOT IN (53, 80, 123, 443, 445, 853, 2049)
    GROUP BY node, dst HAVING count(DISTINCT dst_port) >= 10
)
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT dst_port) OVER recent AS ports
    FROM flows JOIN pairs USING (node, dst)
    WHERE dialled AND dst_port NOT IN (53, 80, 123, 443, 445, 853, 2049)
    WINDOW recent AS (PARTITION BY node, dst ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
WHERE ports >= 10
