-- Reads one network.ndjson into the tables that the rules query.
--
--   flows  one row for each entry of virtual, subnet and exit traffic: the connections
--   paths  one row for each entry of physical traffic: the path that the packets took
--   nodes  one row for each reporting node
--
-- In every row "src" is local (the reporter's side) and "dst" is remote, whichever way the packets went; tx is what the
-- reporter sent. Both ends of a connection report it; "dialled" selects the side that opened it.
-- The runner replaces {schema} by the schema and {log} by the path of the log.

CREATE SCHEMA IF NOT EXISTS {schema};

CREATE OR REPLACE TABLE {schema}.records AS
SELECT
    nodeId AS node,
    srcNode.name AS name,
    srcNode."user" AS login,
    srcNode.tags AS tags,
    "start"::TIMESTAMP AS opened,
    "end"::TIMESTAMP AS seen,
    virtualTraffic, subnetTraffic, exitTraffic, physicalTraffic
FROM read_json('{log}', format = 'newline_delimited', columns = {
    nodeId: 'VARCHAR', "start": 'TIMESTAMP_NS', "end": 'TIMESTAMP_NS',
    srcNode: 'STRUCT(name VARCHAR, "user" VARCHAR, tags VARCHAR[])',
    virtualTraffic: 'STRUCT(proto UTINYINT, src VARCHAR, dst VARCHAR, txPkts BIGINT, txBytes BIGINT, rxPkts BIGINT, rxBytes BIGINT)[]',
    subnetTraffic: 'STRUCT(proto UTINYINT, src VARCHAR, dst VARCHAR, txPkts BIGINT, txBytes BIGINT, rxPkts BIGINT, rxBytes BIGINT)[]',
    exitTraffic: 'STRUCT(proto UTINYINT, src VARCHAR, dst VARCHAR, txPkts BIGINT, txBytes BIGINT, rxPkts BIGINT, rxBytes BIGINT)[]',
    physicalTraffic: 'STRUCT(proto UTINYINT, src VARCHAR, dst VARCHAR, txPkts BIGINT, txBytes BIGINT, rxPkts BIGINT, rxBytes BIGINT)[]'
});

-- "[fd7a::1]:22" and "100.64.0.1:22" both become an address and a port. Missing counters are 0.
CREATE OR REPLACE MACRO address(text) AS regexp_extract(text, '^\[?([^\]]*?)\]?:\d+$', 1);
CREATE OR REPLACE MACRO port(text) AS coalesce(try_cast(regexp_extract(text, ':(\d+)$', 1) AS INTEGER), 0);

CREATE OR REPLACE TABLE {schema}.flows AS
WITH entries AS (
    SELECT * EXCLUDE (virtualTraffic, subnetTraffic, exitTraffic, physicalTraffic), 'virtual' AS class, unnest(virtualTraffic) AS entry
    FROM {schema}.records
    UNION ALL
    SELECT * EXCLUDE (virtualTraffic, subnetTraffic, exitTraffic, physicalTraffic), 'subnet', unnest(subnetTraffic)
    FROM {schema}.records
    UNION ALL
    SELECT * EXCLUDE (virtualTraffic, subnetTraffic, exitTraffic, physicalTraffic), 'exit', unnest(exitTraffic)
    FROM {schema}.records
)
SELECT
    node, name, login, tags, opened, seen, class, entry.proto AS proto,
    address(entry.src) AS src, port(entry.src) AS src_port,
    address(entry.dst) AS dst, port(entry.dst) AS dst_port,
    coalesce(entry.txPkts, 0) AS tx_packets, coalesce(entry.txBytes, 0) AS tx_bytes,
    coalesce(entry.rxPkts, 0) AS rx_packets, coalesce(entry.rxBytes, 0) AS rx_bytes,
    -- Clients use high ports. This is a guess, and the only one that the records allow.
    entry.proto IN (6, 17) AND port(entry.src) >= 32768 AND port(entry.dst) < 32768
        AND coalesce(entry.txPkts, 0) > 0 AS dialled
FROM entries;

CREATE OR REPLACE TABLE {schema}.paths AS
SELECT
    node, name, login, tags, opened, seen,
    address(entry.src) AS peer, address(entry.dst) AS endpoint,
    -- A relayed path has no endpoint: the address is a constant, and the port is the relay's region.
    address(entry.dst) = '127.3.3.40' AS relayed,
    coalesce(entry.txBytes, 0) AS tx_bytes, coalesce(entry.rxBytes, 0) AS rx_bytes
FROM (SELECT node, name, login, tags, opened, seen, unnest(physicalTraffic) AS entry FROM {schema}.records);

-- The reporting nodes and their roles, for rules that compare with history. Machines come and go, so their role is their
-- tags; the role of a device is its owner.
CREATE OR REPLACE TABLE {schema}.nodes AS
SELECT node, any_value(name) AS name, any_value(login) AS login, any_value(tags) AS tags,
    coalesce(any_value(array_to_string(tags, ',')), any_value(login), node) AS role, min(seen) AS first_seen, max(seen) AS last_seen
FROM {schema}.records GROUP BY node;

DROP TABLE {schema}.records;
