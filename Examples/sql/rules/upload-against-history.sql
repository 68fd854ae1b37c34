-- title: A device uploads more in six hours than usual in a day
-- condition: more than 50 MiB sent by the side that dialled in 6 hours, and twice what the role sent in its busiest day
-- attack: T1030, T1041, T1048
-- like: elastic/high-sent-bytes
-- needs: history
-- quiet: 6h
-- Finds slow uploads, each below the limit of large-transfer.
WITH usual AS (
    SELECT role, max(bytes) AS bytes_a_day
    FROM (
        SELECT role, node, sum(tx_bytes) AS bytes
        FROM history.flows JOIN history.nodes USING (node)
        WHERE dialled GROUP BY role, node, date_trunc('day', seen)
    )
    GROUP BY role
)
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, role, flows.name AS name, seen, sum(tx_bytes) OVER recent AS bytes
    FROM flows JOIN nodes USING (node)
    WHERE dialled AND dst_port <> 873
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 6 HOURS PRECEDING AND CURRENT ROW)
) LEFT JOIN usual USING (role)
WHERE bytes > 50 * 1024 * 1024 AND bytes > 2 * coalesce(bytes_a_day, 0)
