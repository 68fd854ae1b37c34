"""The rule under test: thirty or more SSH connections of one address to one other within ten minutes.

It reads the lines of a network log and gives alerts in the form that `mocktail score` reads.
"""

import json
from collections import defaultdict, deque
from datetime import datetime, timedelta

COUNT = 30
WINDOW = timedelta(minutes=10)


def address_and_port(end):
    address, _, port = end.rpartition(":")
    return address.strip("[]"), int(port or 0)


def when(record):
    # Python takes microseconds at most.
    return datetime.fromisoformat(record["end"][:19] + "+00:00")


def alerts(lines):
    seen = set()
    recent = defaultdict(deque)
    fired = set()
    for line in sorted(lines, key=lambda line: json.loads(line)["end"]):
        record = json.loads(line)
        for entry in record.get("virtualTraffic", []):
            source, source_port = address_and_port(entry.get("src", ""))
            target, port = address_and_port(entry.get("dst", ""))
            # Whoever dials does it from a new port each time; the answer has 22 on the other side.
            connection = (source, source_port, target)
            if port != 22 or connection in seen:
                continue
            seen.add(connection)
            pair = recent[source, target]
            pair.append(when(record))
            while pair[0] < pair[-1] - WINDOW:
                pair.popleft()
            if len(pair) >= COUNT and (source, target) not in fired:
                fired.add((source, target))
                yield {"time": record["end"], "rule": "my/ssh-brute-force", "entities": [source, record["nodeId"]]}
