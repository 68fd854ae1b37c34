-- title: A person's device appears in a new network
-- condition: peers send to a public /16 where neither this device nor another device of its owner was before
-- attack: T1078
-- needs: history
-- level: hunt
-- The nearest to "impossible travel" without a table of places; if you have one, join it here.
WITH owners AS (
    SELECT DISTINCT node, login, src FROM flows JOIN nodes USING (node, login) WHERE login IS NOT NULL AND src <> ''
), known AS (
    SELECT DISTINCT owners.login, regexp_extract(endpoint, '^\d+\.\d+') AS network
    FROM history.paths JOIN owners ON peer = src WHERE NOT relayed
)
SELECT min(time) AS time, entities
FROM (
    SELECT paths.seen AS time, [owners.node, owners.login] AS entities, owners.login AS login,
        regexp_extract(endpoint, '^\d+\.\d+') AS network
    FROM paths JOIN owners ON peer = src
    WHERE NOT relayed AND endpoint LIKE '%.%' AND NOT regexp_matches(endpoint, '^(10|192\.168|172\.(1[6-9]|2\d|3[01])|100)\.')
) ANTI JOIN known USING (login, network)
GROUP BY entities, network
