#!/usr/bin/env python3
"""Runs the Sigma rules of this folder over a generated folder's audit log and writes alerts.

    pip install 'pysigma>=2,<3' 'pysigma-backend-sqlite>=2,<3'
    python3 run.py --logs OUT --alerts alerts.ndjson [--hunts hunts.ndjson]

pySigma's SQLite backend turns each rule, including correlations, into SQL, and SQLite executes it. This script adds three
things: the records as a flat table, alerts in mocktail's form under the name of the published rule that a rule resembles,
and suppression of further alerts about the same actor.
Rules of the level `informational` are hunting queries; they run only with --hunts.
"""

import argparse
import json
import pathlib
import re
import sqlite3
import sys

from sigma.backends.sqlite import sqliteBackend
from sigma.backends.sqlite.runtime import execute_plan
from sigma.collection import SigmaCollection
from sigma.exceptions import SigmaError

HERE = pathlib.Path(__file__).resolve().parent


def flatten(value, name, row):
    """Columns such as `actor.id` and `new.capabilities`; objects and lists also as text."""
    if isinstance(value, dict):
        for key, member in value.items():
            flatten(member, f"{name}.{key}", row)
        value = json.dumps(value, separators=(",", ":"))
    elif isinstance(value, list):
        value = json.dumps(value, separators=(",", ":"))
    elif isinstance(value, bool):
        value = "true" if value else "false"
    # To SQLite, actor.id and actor.ID are the same column.
    row.setdefault(name.lower(), (name, value))


def load(connection, log):
    """One row for each record. Columns compare case-insensitively, as Sigma requires."""
    rows = []
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            row = {}
            for key, value in json.loads(line).items():
                flatten(value, key, row)
            rows.append(row)
    if not rows:
        sys.exit(f"{log}: no records in it; generate the folder first")
    names = {}
    for row in rows:
        for key, (name, _) in row.items():
            names.setdefault(key, name)
    columns = ", ".join(f'"{quoted(name)}" COLLATE NOCASE' for name in names.values())
    connection.execute(f"CREATE TABLE logs ({columns})")
    places = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO logs VALUES ({places})",
        ([row[key][1] if key in row else None for key in names] for row in rows),
    )
    return len(rows)


def quoted(name):
    return name.replace('"', '""')


def convert(backend, files):
    """The rules as SQL: (slug, entry of the backend), in the order of the files."""
    converted = []
    for file in files:
        try:
            rules = SigmaCollection.from_yaml(file.read_text())
            entries = json.loads(backend.convert(rules, "zircolite"))
        except SigmaError as error:
            sys.exit(f"{file}: {error}")
        converted += [(file.stem, entry) for entry in entries]
    return converted


def published(file):
    """The published rule that this one resembles, by mocktail's name for it."""
    match = re.search(r"^  like: (\S+)$", file.read_text(), re.MULTILINE)
    return match[1] if match else None


def add_missing(connection, fields):
    """A rule may ask for a field that no record of this log has."""
    present = {row[1].lower() for row in connection.execute("PRAGMA table_info(logs)")}
    for field in fields:
        if field.lower() not in present:
            connection.execute(f'ALTER TABLE logs ADD COLUMN "{quoted(field)}" COLLATE NOCASE')
            present.add(field.lower())


def findings(connection, entry):
    """(time, key of the actor, entities) of each match. The time is that of its last record."""
    if entry["result_type"] == "correlation":
        matches, problems = execute_plan(connection, entry["correlation_plan"])
        if problems.get("invalid_timestamp"):
            print(f"{entry['title']}: {problems['invalid_timestamp']} records without a time", file=sys.stderr)
        for match in matches:
            events = [evidence["event"] for evidence in match["evidence"]]
            key = json.dumps(match["group_keys"], sort_keys=True)
            yield max(event["eventTime"] for event in events), key, entities(events)
    else:
        cursor = connection.execute(entry["rule"][0])
        names = [column[0] for column in cursor.description]
        for values in cursor:
            event = {name: value for name, value in zip(names, values) if value is not None}
            yield event["eventTime"], event.get("actor.id", ""), entities([event])


def entities(events):
    """The actor, and the person or device that it acted on."""
    found = []
    for event in events:
        found += [event.get("actor.id"), event.get("actor.loginName")]
        if event.get("target.type") in ("NODE", "USER"):
            found += [event.get("target.id"), event.get("target.name")]
    return [entity for entity in dict.fromkeys(found) if entity]


def suppress(matches, minutes, connection):
    """Suppresses further matches about the same actor for some minutes, as in production."""
    last = {}
    for time, key, named in sorted(matches):
        seconds = connection.execute("SELECT (julianday(?) - 2440587.5) * 86400", (time,)).fetchone()[0]
        if key in last and seconds - last[key] < minutes * 60:
            continue
        last[key] = seconds
        yield time, named


def main():
    parser = argparse.ArgumentParser(description="Run Sigma rules over an audit log with pySigma and SQLite.")
    parser.add_argument("--logs", required=True, help="a generated folder")
    parser.add_argument("--alerts", required=True, help="the file to write alerts to")
    parser.add_argument("--hunts", help="a file for the findings of hunting queries, which do not run without it")
    parser.add_argument("--rules", default=str(HERE / "rules"), help="the folder of rules, or one rule")
    parser.add_argument("--quiet", type=float, default=60, help="minutes of suppression for the same actor (default: 60)")
    parser.add_argument("--show-sql", action="store_true", help="print the SQL of each rule")
    options = parser.parse_args()

    connection = sqlite3.connect(":memory:")
    connection.create_function("regexp", 2, lambda pattern, text: text is not None and bool(re.search(pattern, str(text))))
    log = pathlib.Path(options.logs) / "configuration.ndjson"
    if not log.is_file():
        sys.exit(f"{log}: no such file; generate the folder first")
    records = load(connection, log)
    print(f"{records} records", file=sys.stderr)

    rules = pathlib.Path(options.rules)
    files = sorted(rules.glob("*.yml")) if rules.is_dir() else [rules]
    found = {"alert": [], "hunt": []}
    for slug, entry in convert(sqliteBackend(timestamp_field="eventTime"), files):
        level = "hunt" if entry["level"] == "informational" else "alert"
        if level == "hunt" and not options.hunts:
            continue
        if options.show_sql:
            print(f"-- {slug}\n{entry['rule'][0]};\n")
        add_missing(connection, entry["required_fields"])
        alerts = list(suppress(findings(connection, entry), options.quiet, connection))
        print(f"{slug}: {len(alerts)} alerts", file=sys.stderr)
        rule = published(rules / f"{slug}.yml" if rules.is_dir() else rules) or f"example/{slug}"
        found[level] += [{"time": time, "rule": rule, "entities": named} for time, named in alerts]

    for level, file in (("alert", options.alerts), ("hunt", options.hunts)):
        if file:
            lines = sorted(found[level], key=lambda alert: (alert["time"], alert["rule"]))
            pathlib.Path(file).write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))


if __name__ == "__main__":
    main()
