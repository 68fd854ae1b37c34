"""Draws a generated network log; called by Scripts/plots, which says how.

    plots.py NETWORK.ndjson SUMMARY.json FOLDER NAME [KIND...]
"""

import json
import math
import sys
from collections import Counter
from datetime import datetime, timezone

from svg import BLUE, ORANGE, Chart

KINDS = ["activity", "flow-bytes", "destinations", "delays", "classes"]
LATE = 10.0


def instant(text):
    """Seconds since 1970 of a timestamp with up to nine decimals."""
    whole, _, rest = text.rstrip("Z").partition(".")
    seconds = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc).timestamp()
    return seconds + (float("0." + rest) if rest else 0)


def port(endpoint):
    return int(endpoint.rpartition(":")[2])


class Log:
    """What the charts need of a network log, from one pass."""

    def __init__(self, path):
        self.hours, self.delays = Counter(), Counter()
        self.late, self.latest, self.delay_sum, self.records = 0, 0.0, 0.0, 0
        self.flows, self.servers = {}, Counter()
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                self.add(json.loads(line))

    def add(self, record):
        self.records += 1
        end = instant(record["end"])
        delay = instant(record["logged"]) - end
        self.hours[int(end // 3600)] += 1
        self.delay_sum += delay
        self.latest = max(self.latest, delay)
        if delay < LATE:
            self.delays[int(delay * 10)] += 1
        else:
            self.late += 1
        for entry in record.get("virtualTraffic", []):
            self.add_flow(entry)

    def add_flow(self, entry):
        source, target = entry["src"], entry["dst"]
        total = entry.get("txBytes", 0) + entry.get("rxBytes", 0)
        side = source < target
        key = (entry.get("proto", 0), source, target) if side else (entry.get("proto", 0), target, source)
        flow = self.flows.get(key)
        if flow is None:
            flow = self.flows[key] = [0, 0]
            ports = port(source), port(target)
            if ports[0] != ports[1]:
                server = source if ports[0] < ports[1] else target
                self.servers[server.rpartition(":")[0]] += 1
        flow[0 if side else 1] += total

    def sizes(self):
        """The bytes of each flow, largest first, as the side saw them that saw more."""
        return sorted((max(flow) for flow in self.flows.values()), reverse=True)


def activity(log, note):
    first, last = min(log.hours), max(log.hours)
    points = [(hour + 0.5, log.hours[hour]) for hour in range(first, last + 1)]
    chart = Chart("Records an hour", note, (first, last + 1), (0, 1.1 * max(log.hours.values())), "time (UTC)",
                  "records an hour")
    if last - first < 72:
        for x, y in points:
            chart.bar(x - 0.5, x + 0.5, y)
        step = 1 if last - first < 14 else 3 if last - first < 37 else 6
        chart.x_ticks = [(hour, f"{hour % 24:02}:00") for hour in range(first, last + 2) if hour % step == 0]
    else:
        chart.area(points)
        chart.x_ticks = []
        days = range(first // 24, last // 24 + 1)
        for day in days:
            date = datetime.fromtimestamp(day * 86400, timezone.utc)
            if date.weekday() >= 5:
                chart.band(day * 24, day * 24 + 24)
            if len(days) <= 22 or date.weekday() == 0:
                chart.x_ticks.append((day * 24 + 12, date.strftime("%a") if len(days) <= 22 else date.strftime("%d %b")))
        chart.x_title = "day (UTC), weekends shaded"
        chart.x_ticks = [tick for tick in chart.x_ticks if chart.x.low <= tick[0] <= chart.x.high]
    return chart


def decades(low, high):
    """The powers of ten around a range."""
    return 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))


def flow_bytes(log, note):
    sizes = [size for size in log.sizes() if size > 0]
    count = len(sizes)
    ranks = sorted({min(count, round(1.07**power)) for power in range(int(math.log(count) / math.log(1.07)) + 2)})
    points = [(sizes[rank - 1], rank / count) for rank in ranks]
    low, high = decades(sizes[-1], sizes[0])
    chart = Chart("Bytes of a virtual flow", note, (low, high, True), (decades(1 / count, 1)[0], 1, True),
                  "bytes, both directions", "share of flows that have more")
    chart.dots(points)
    top = max(100, count // 200)
    if count > top:
        edge = sizes[top]
        index = top / sum(math.log(size / edge) for size in sizes[:top])
        # The line ends where it leaves the chart.
        last = min(sizes[0], edge * (top / count * count) ** (1 / index))
        chart.line([(edge, top / count), (last, top / count * (last / edge) ** -index)], ORANGE, 2, "7 4")
        chart.key(f"Pareto law of index {index:.2f} (Hill, top {top:,})", ORANGE, "7 4")
    chart.key(f"{count:,} flows", BLUE)
    return chart


def destinations(log, note):
    counts = sorted(log.servers.values(), reverse=True)
    points = [(rank + 1, count) for rank, count in enumerate(counts)]
    chart = Chart("Sessions of a destination, by rank", note, (1, max(10, decades(1, len(counts))[1]), True),
                  (*decades(max(1, counts[-1]), counts[0] + 1), True), "rank of the destination", "sessions")
    chart.dots(points, radius=2.8)
    # Ranks that are evenly spaced in their logarithm, up to those that share the last hundredth of all sessions.
    logs, seen, following = [], 0, 1.0
    for rank, count in points:
        if seen < 0.99 * sum(counts) and rank >= following:
            logs.append((math.log(rank), math.log(count)))
            following = max(following * 1.2, rank + 1)
        seen += count
    if len(logs) >= 5:
        mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
        slope = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
        ends = [(x, math.exp(mean_y + slope * (math.log(x) - mean_x))) for x in (1, math.exp(logs[-1][0]))]
        ends = [(x, min(max(y, chart.y.low), chart.y.high)) for x, y in ends]
        chart.line(ends, ORANGE, 2, "7 4")
        chart.key(f"straight line of slope {slope:.2f}", ORANGE, "7 4")
    chart.key(f"{len(counts):,} destinations", BLUE)
    return chart


def delays(log, note, published):
    most = max(log.delays.values())
    chart = Chart("From a window's end to logging", note, (0, LATE), (0, 1.1 * most / log.records), "seconds",
                  "share of records in 0.1 s")
    for tenth, count in log.delays.items():
        chart.bar(tenth / 10, (tenth + 1) / 10, count / log.records)
    mean = log.delay_sum / log.records
    ends = chart.y.low, chart.y.high
    chart.line([(mean, end) for end in ends], BLUE, 2)
    chart.key(f"mean {mean:.2f} s", BLUE)
    if "logged-end.mean" in published:
        value = published["logged-end.mean"]
        chart.line([(value, end) for end in ends], ORANGE, 2, "7 4")
        chart.key(f"published mean {value:g} s", ORANGE, "7 4")
    chart.y_ticks = [(tick, f"{tick * 100:g} %") for tick in chart.y.ticks()]
    chart.x_title = f"seconds; {100 * log.late / log.records:.2f} % come later, the last after {log.latest:.0f} s"
    return chart


def classes(found, published, note):
    names = ["virtual", "subnet", "exit", "physical"]
    values = [found.get(f"classes.{name}", 0) for name in names]
    others = [published.get(f"classes.{name}", 0) for name in names]
    chart = Chart("Entries by traffic class", note, (0, 4), (0, 1.3 * max(values + others)), "class",
                  "share of all entries")
    for index, pair in enumerate(zip(values, others)):
        for part, (value, color) in enumerate(zip(pair, (BLUE, ORANGE))):
            left = index + 0.18 + 0.33 * part
            chart.bar(left, left + 0.31, value, color)
            chart.marks.append(chart.text(chart.x.place(left + 0.155), chart.y.place(value) - 5, f"{100 * value:.1f} %",
                                          size=11))
    chart.key("generated", BLUE)
    chart.key("published home lab", ORANGE)
    chart.x_ticks = [(index + 0.5, name) for index, name in enumerate(names)]
    chart.y_ticks = [(tick, f"{100 * tick:g} %") for tick in chart.y.ticks()]
    return chart


def main(arguments):
    if len(arguments) < 4 or any(kind not in KINDS for kind in arguments[4:]):
        sys.exit(f"usage: plots.py NETWORK.ndjson SUMMARY.json FOLDER NAME [{' '.join(KINDS)}]")
    log_path, summary_path, folder, name = arguments[:4]
    with open(summary_path, encoding="utf-8") as file:
        figures = json.load(file)["figures"]
    found = {figure["key"]: figure["value"] for figure in figures}
    published = {figure["key"]: figure["published"] for figure in figures if "published" in figure}
    log = Log(log_path)
    if not log.records:
        sys.exit(f"{log_path} has no record to draw.")
    note = f"scenario {name}: {log.records:,} records"
    charts = {
        "activity": lambda: activity(log, note),
        "flow-bytes": lambda: flow_bytes(log, note),
        "destinations": lambda: destinations(log, note),
        "delays": lambda: delays(log, note, published),
        "classes": lambda: classes(
            found, published, f"{note}, {round(found['records'] * found['connections.mean']):,} entries"),
    }
    for kind in arguments[4:] or KINDS:
        path = f"{folder}/{name}-{kind}.svg"
        with open(path, "w", encoding="utf-8") as file:
            file.write(charts[kind]().svg())
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
