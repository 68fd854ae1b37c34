"""Logs with a known incident in them, and what a rule's alerts on them are worth."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

from ._program import run

#: The attack, the attack just over the published thresholds, just under them, and harmless work that looks like it.
VARIANTS = ("attack", "over", "under", "lookalike")

#: An alert: simulated time, rule, and entities (node IDs, names, addresses or logins).
Alert = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a rule's alerts on one folder of logs are worth."""

    #: Whether the rule did what it should: fire on an attack, stay silent otherwise.
    is_right: bool
    #: Whether it should have fired.
    should_fire: bool
    #: The rules that detected the incident.
    found_by: tuple[str, ...]
    #: The number of alerts that are not about the incident.
    false_alerts: int

    def __str__(self) -> str:
        if self.is_right:
            return "detected" if self.should_fire else "silent, as it should be"
        if not self.should_fire:
            return f"{_count(self.false_alerts)} where the rule should be silent"
        if self.false_alerts:
            return f"missed: {_count(self.false_alerts)}, none of which names an actor of the incident in time"
        return "missed: no alert"


def _count(alerts: int) -> str:
    return "1 alert" if alerts == 1 else f"{alerts} alerts"


class LabelledLogs:
    """A folder that `mocktail fixtures` wrote: one incident in the logs of a small tailnet."""

    def __init__(self, path: str | os.PathLike[str]):
        #: The folder.
        self.path = Path(path)

    def __repr__(self) -> str:
        return f"LabelledLogs({str(self.path)!r})"

    @property
    def name(self) -> str:
        """The folder's name: a variant, or `mutation-01` and so on."""
        return self.path.name

    @property
    def kind(self) -> str:
        """The kind of incident."""
        return self.expected["kind"]

    @property
    def variant(self) -> str:
        """One of VARIANTS; that of a mutation is `attack`."""
        return self.expected["variant"]

    @property
    def should_fire(self) -> bool:
        """Whether a good rule fires on these logs."""
        return self.expected["shouldFire"]

    @property
    def incidents(self) -> list[dict[str, Any]]:
        """The incidents: actors, targets, first and last record."""
        return self.expected["incidents"]

    @property
    def mutation(self) -> str | None:
        """What differs from the attack; None for a variant."""
        mutation = self.expected.get("mutation")
        return mutation["text"] if mutation else None

    @cached_property
    def expected(self) -> dict[str, Any]:
        """All of expected.json."""
        return json.loads((self.path / "expected.json").read_text())

    @cached_property
    def network(self) -> list[dict[str, Any]]:
        """The records of the network flow log."""
        return _records(self.path / "network.ndjson")

    @cached_property
    def configuration(self) -> list[dict[str, Any]]:
        """The records of the configuration audit log."""
        return _records(self.path / "configuration.ndjson")

    @property
    def history(self) -> LabelledLogs | None:
        """The days before, for rules that compare with them; None for kinds that need none."""
        history = self.path / "history"
        return LabelledLogs(history) if history.exists() else None

    def judge(self, alerts: Iterable[Alert]) -> Verdict:
        """What these alerts are worth, by `mocktail score`. The time of an alert may be text or a datetime."""
        with tempfile.TemporaryDirectory() as root:
            kind = Path(root, self.kind)
            kind.mkdir()
            copy = kind / self.name
            copy.mkdir()
            for entry in self.path.iterdir():
                if entry.name != "alerts.ndjson":
                    (copy / entry.name).symlink_to(entry.resolve())
            (copy / "alerts.ndjson").write_text("".join(_line(alert) for alert in alerts))
            # 3: the alerts are not what they should be, which is for the caller to judge.
            result = json.loads(run(["score", "--fixtures", root, "--json"], passing=(0, 3)))
        return Verdict(result["right"], self.should_fire, tuple(result["found"]), result["falseAlerts"])

    def check(self, alerts: Iterable[Alert]) -> None:
        """Raises AssertionError if these alerts are not what they should be."""
        __tracebackhide__ = True  # pytest shows the line of the test, not this one
        verdict = self.judge(alerts)
        if not verdict.is_right:
            what = f" ({self.mutation})" if self.mutation else ""
            raise AssertionError(f"{self.kind}/{self.name}{what}: {verdict}")


def fixtures(
    *kinds: str,
    out: str | os.PathLike[str],
    variants: Iterable[str] = VARIANTS,
    mutate: int = 0,
    seed: int | None = None,
    force: bool = False,
) -> list[LabelledLogs]:
    """Writes labelled logs of these kinds of incident (all without any) to a folder, and returns them in order.

    `mutate` adds variations of the attack; another `seed` gives other people, addresses and moments.
    A folder with files in it is refused; `force` replaces the files of an earlier run.
    """
    arguments: list[str | os.PathLike[str]] = ["fixtures", "--json", "--out", out]
    for kind in kinds:
        arguments += ["--kind", kind]
    for variant in variants:
        arguments += ["--variant", variant]
    if mutate:
        arguments += ["--mutate", str(mutate)]
    if seed is not None:
        arguments += ["--seed", str(seed)]
    if force:
        arguments.append("--force")
    lines = run(arguments).splitlines()
    return [LabelledLogs(Path(out, json.loads(line)["folder"])) for line in lines]


def _records(path: Path) -> list[dict[str, Any]]:
    return list(_lines(path)) if path.exists() else []


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open() as lines:
        for line in lines:
            yield json.loads(line)


def _line(alert: Alert) -> str:
    time = alert.get("time")
    if isinstance(time, datetime):
        if time.tzinfo is None:
            raise ValueError("the time of an alert needs a time zone, such as datetime(..., tzinfo=timezone.utc)")
        text = time.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
        alert = {**alert, "time": text}
    return json.dumps(dict(alert)) + "\n"
