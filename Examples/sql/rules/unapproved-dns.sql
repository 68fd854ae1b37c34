-- title: A device sends DNS to a host that is no resolver
-- condition: packets to port 53 of an address that is no resolver of the tailnet
-- attack: T1071.004, T1048
-- like: panther/unapproved-outbound-dns
-- quiet: 6h
-- The tailnet's resolvers are tagged; MagicDNS answers at an address of its own.
WITH resolvers AS (
    SELECT DISTINCT src AS address FROM flows WHERE list_contains(coalesce(tags, []), 'tag:dns') AND src <> ''
)
SELECT seen AS time, [node, name] AS entities
FROM flows
WHERE dst_port = 53 AND proto = 17 AND tx_packets > 0 AND class = 'virtual'
    AND dst NOT IN (FROM resolvers) AND dst NOT IN ('100.100.100.100', 'fd7a:115c:a1e0::53')
