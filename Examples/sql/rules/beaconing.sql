-- title: Connections at even intervals
-- condition: of the last 10 gaps between new connections to one address and port, 8 are within 10 % of their median
-- attack: T1071, T1029
-- like: elastic/beaconing
-- quiet: 24h
-- The published rule compares the times of records, which come every five seconds while there is traffic. This one
-- compares the times at which connections start. Monitoring has even intervals by design.
WITH openings AS (
    SELECT node, name, dst, dst_port, src_port, min(seen) AS seen
    FROM flows
    WHERE dialled AND class <> 'exit' AND NOT list_contains(coalesce(tags, []), 'tag:monitor')
    GROUP BY ALL
), pairs AS (
    SELECT node, dst, dst_port FROM openings GROUP BY ALL HAVING count(*) BETWEEN 11 AND 5000
), gaps AS (
    SELECT node, name, dst, dst_port, seen, epoch(seen - lag(seen) OVER (PARTITION BY node, dst, dst_port ORDER BY seen)) AS gap
    FROM openings JOIN pairs USING (node, dst, dst_port)
), recent AS (
    SELECT node, name, dst, dst_port, seen, list(gap) OVER last_ten AS last_gaps, median(gap) OVER last_ten AS beat
    FROM gaps WHERE gap IS NOT NULL
    WINDOW last_ten AS (PARTITION BY node, dst, dst_port ORDER BY seen ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)
)
SELECT seen AS time, [node, name] AS entities
FROM recent
WHERE beat > 10 AND len(last_gaps) = 10
    AND len(list_filter(last_gaps, lambda gap: abs(gap - beat) <= greatest(0.1 * beat, 5))) >= 8
