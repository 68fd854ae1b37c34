-- title: A node's traffic goes through relays
-- condition: 40 entries or more in 15 minutes, more than 75 % of the bytes relayed, and the node rarely relayed before
-- attack: T1572
-- like: sentinel/derp-relay-surge
-- needs: history
-- Published with 20 flows. With 20 entries and without history, laptops that just woke up or changed networks set it off:
-- nine of ten alerts on the day of Docs/DetectionAccuracy.md.
-- Some networks allow only relays; history identifies the devices there.
WITH known AS (
    SELECT node FROM history.paths
    GROUP BY node HAVING sum(CASE WHEN relayed THEN tx_bytes + rx_bytes ELSE 0 END) > 0.25 * sum(tx_bytes + rx_bytes)
)
SELECT bucket + INTERVAL 15 MINUTES AS time, [node, name] AS entities
FROM (
    SELECT node, name, time_bucket(INTERVAL 15 MINUTES, seen) AS bucket, count(*) AS entries,
        sum(tx_bytes + rx_bytes) AS bytes, sum(CASE WHEN relayed THEN tx_bytes + rx_bytes ELSE 0 END) AS relayed_bytes
    FROM paths
    GROUP BY ALL
)
WHERE entries >= 40 AND relayed_bytes > 0.75 * bytes AND node NOT IN (FROM known)
