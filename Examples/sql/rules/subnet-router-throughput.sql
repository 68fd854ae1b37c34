-- title: A subnet router moves far more than usual
-- condition: the bytes of the last hour are more than 3 times the mean of the same router's hours before, and 50 MiB more
-- attack: T1572, T1041
-- like: sentinel/subnet-router-throughput
-- needs: history
WITH usual AS (
    SELECT node, sum(tx_bytes + rx_bytes) / greatest(count(DISTINCT date_trunc('hour', seen)), 1) AS bytes_an_hour
    FROM history.flows WHERE class = 'subnet' GROUP BY node
)
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, sum(tx_bytes + rx_bytes) OVER recent AS bytes
    FROM flows
    WHERE class = 'subnet' AND list_contains(coalesce(tags, []), 'tag:router')
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
) JOIN usual USING (node)
WHERE bytes > 3 * bytes_an_hour AND bytes > bytes_an_hour + 50 * 1024 * 1024
