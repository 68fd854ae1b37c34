-- title: A person's device connects at an hour at which its owner never works
-- condition: 20 connections or more in an hour; no device of the owner connected within an hour of that time of day before
-- attack: T1078
-- needs: history
-- level: hunt
WITH usual AS (
    SELECT DISTINCT login, (extract(hour FROM seen) + step) % 24 AS hour
    FROM history.flows CROSS JOIN (VALUES (23), (0), (1)) AS steps(step)
    WHERE dialled AND login IS NOT NULL
)
SELECT min(seen) + INTERVAL 1 HOUR AS time, [any_value(node), any_value(name)] AS entities
FROM (
    SELECT node, name, login, seen, extract(hour FROM seen) AS hour, dst, src_port
    FROM flows WHERE dialled AND login IS NOT NULL
) ANTI JOIN usual USING (login, hour)
GROUP BY node, hour
HAVING count(DISTINCT (dst, src_port)) >= 20
