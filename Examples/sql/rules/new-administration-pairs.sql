-- title: A node reaches new machines on administration ports
-- condition: 5 new addresses or more in an hour at SSH, remote desktop, SMB or remote management
-- attack: T1021
-- like: sentinel/new-pairs
-- needs: history
WITH known AS (
    SELECT DISTINCT role, dst FROM history.flows JOIN history.nodes USING (node)
    WHERE dst_port IN (22, 445, 3389, 5900, 5985, 5986) AND tx_packets > 0
)
SELECT seen AS time, [node, name] AS entities
FROM (
    SELECT node, name, seen, count(DISTINCT dst) OVER recent AS addresses
    FROM (
        SELECT node, role, flows.name AS name, seen, dst
        FROM flows JOIN nodes USING (node)
        WHERE dialled AND dst_port IN (22, 445, 3389, 5900, 5985, 5986)
    ) ANTI JOIN known USING (role, dst)
    WINDOW recent AS (PARTITION BY node ORDER BY seen RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
WHERE addresses >= 5
