-- title: A node uses an exit node for the first time
-- condition: exit traffic of more than 1 MiB in an hour from a device that had none before
-- attack: T1090, T1041
-- like: sentinel/unexpected-exit-node-egress
-- needs: history
-- Exit traffic is logged without destinations, so the published join on them finds nothing; only the node remains.
WITH known AS (SELECT DISTINCT node FROM history.flows WHERE class = 'exit')
SELECT min(seen) AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, sum(tx_bytes + rx_bytes) OVER recent AS bytes
    FROM flows
    -- The client's own entry names itself as src; the exit node's has no src.
    WHERE class = 'exit' AND src <> '' AND node NOT IN (FROM known)
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
WHERE bytes > 1024 * 1024
GROUP BY node, name
