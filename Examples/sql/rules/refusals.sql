-- title: A node is refused by many others
-- condition: refused by more than 10 addresses in 24 hours
-- attack: T1046
-- like: sigma/network-scan-by-ip
-- quiet: 24h
-- A refused connection leaves an entry of protocol 99 from the node that refused. Either side may report it.
WITH refusals AS (
    SELECT CASE WHEN rx_packets > 0 THEN src ELSE dst END AS prober,
        CASE WHEN rx_packets > 0 THEN dst ELSE src END AS refuser, seen
    FROM flows WHERE proto = 99
)
SELECT seen AS time, [prober] AS entities
FROM (
    SELECT prober, seen, count(DISTINCT refuser) OVER recent AS refusers
    FROM refusals
    WINDOW recent AS (PARTITION BY prober ORDER BY seen RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND CURRENT ROW)
)
WHERE refusers > 10
