#!/usr/bin/env python3
"""Runs the SQL rules of this folder over a generated folder's flow logs and writes alerts.

    pip install 'duckdb>=1.4'
    python3 run.py --logs OUT --alerts alerts.ndjson [--history BEFORE]

A rule is a file in rules/. It is one SELECT with the columns `time` (a timestamp: when the condition became true) and
`entities` (a list of texts, with the main entity first). Comments at the top of a rule set its options:

- `-- level: hunt`: a hunting query, which runs only with --hunts.
- `-- needs: history`: compares with the days before, from --history, and does not run without them.
- `-- quiet: 6h`: suppression, the time without a second alert about the same entity (default: 1h).
- `-- like: source/slug`: the published rule that it follows, which also names its alerts.
"""

import argparse
import datetime
import json
import pathlib
import re
import sys
import tempfile
import time

import duckdb

HERE = pathlib.Path(__file__).resolve().parent


def headers(text):
    """The `-- key: value` lines at the top of a rule."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        match = re.match(r"-- (\w+): (.*)$", line)
        if match:
            found[match[1]] = match[2].strip()
    return found


def load(connection, folder, schema):
    """Reads folder/network.ndjson, plain or gzip, into tables of that schema."""
    for name in ("network.ndjson", "network.ndjson.gz"):
        log = pathlib.Path(folder) / name
        if log.is_file() and log.stat().st_size > 0:
            sql = (HERE / "load.sql").read_text()
            path = str(log).replace("'", "''")
            connection.execute(sql.replace("{schema}", schema).replace("{log}", path))
            return
    sys.exit(f"{folder}: no network.ndjson with records in it; generate the folder first")


def suppress(rows, quiet):
    """Suppresses further alerts of a rule about the same entity for some time, as in production."""
    last = {}
    for when, entities in sorted(rows, key=lambda row: (row[0], row[1])):
        key = entities[0]
        if key in last and when - last[key] < quiet:
            continue
        last[key] = when
        yield when, entities


def main():
    parser = argparse.ArgumentParser(description="Run SQL rules over flow logs with DuckDB.")
    parser.add_argument("--logs", required=True, help="a generated folder")
    parser.add_argument("--alerts", required=True, help="the file to write alerts to")
    parser.add_argument("--hunts", help="a file for the findings of hunting queries, which do not run without it")
    parser.add_argument("--history", help="a generated folder of the days before")
    parser.add_argument("--rules", default=str(HERE / "rules"), help="the folder of rules, or one rule")
    parser.add_argument("--database", help="keep the tables in this file; a file that has them is not loaded again")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        file = options.database or f"{scratch}/flows.duckdb"
        loaded = pathlib.Path(file).exists()
        connection = duckdb.connect(file)
        connection.execute(f"SET threads = {options.threads}; SET temp_directory = '{scratch}'; SET TimeZone = 'UTC'")
        started = time.monotonic()
        if not loaded:
            load(connection, options.logs, "main")
            if options.history:
                load(connection, options.history, "history")
        has_history = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'history' AND table_name = 'flows'"
        ).fetchone()[0] > 0
        print(f"loaded in {time.monotonic() - started:.1f} s", file=sys.stderr)

        rules = pathlib.Path(options.rules)
        files = sorted(rules.glob("*.sql")) if rules.is_dir() else [rules]
        found = {"alert": [], "hunt": []}
        for path in files:
            text = path.read_text()
            header = headers(text)
            level = header.get("level", "alert")
            if header.get("needs") == "history" and not has_history:
                print(f"{path.stem}: skipped, needs --history", file=sys.stderr)
                continue
            if level == "hunt" and not options.hunts:
                continue
            started = time.monotonic()
            rows = connection.execute(text).fetchall()
            quiet = datetime.timedelta(hours=int(header.get("quiet", "1h").removesuffix("h")))
            alerts = list(suppress(rows, quiet))
            seconds = time.monotonic() - started
            print(f"{path.stem}: {len(alerts)} alerts of {len(rows)} rows in {seconds:.1f} s", file=sys.stderr)
            for when, entities in alerts:
                named = [entity for entity in entities if entity]
                rule = header.get("like", f"example/{path.stem}")
                found[level].append({"time": f"{when.isoformat()}Z", "rule": rule, "entities": named})
        connection.close()

    for level, file in (("alert", options.alerts), ("hunt", options.hunts)):
        if file:
            lines = sorted(found[level], key=lambda alert: (alert["time"], alert["rule"]))
            pathlib.Path(file).write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))


if __name__ == "__main__":
    main()
