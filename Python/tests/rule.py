"""A rule for the tests: thirty or more SSH connections of one address to one other within the logs."""

from collections import Counter


def alerts(network):
    first_seen, counts = {}, Counter()
    for record in network:
        for entry in record.get("virtualTraffic", []):
            source, _, source_port = entry.get("src", "").rpartition(":")
            target, _, port = entry.get("dst", "").rpartition(":")
            if port != "22" or (source, source_port, target) in first_seen:
                continue
            first_seen[source, source_port, target] = record["end"]
            counts[source, target] += 1
            if counts[source, target] == 30:
                yield {"time": record["end"], "rule": "test/ssh", "entities": [source.strip("[]")]}
