"""The rule under test: at least thirty SSH connections from one address to another within ten minutes.

It reads the lines of a network log and yields alerts in the form that `mocktail score` reads.
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
    # Seconds are enough here, and older Pythons do not parse nanoseconds.
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
            # The client uses a new port for each connection. The server's own entry has port 22 as its source.
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
