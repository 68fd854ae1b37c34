"""Tests of a rule with the fixtures of mocktail.

    pip install pytest
    pytest Examples/pytest          # set MOCKTAIL if the program is not on the PATH

The tests create the fixtures. The same version and seed give the same bytes, so there is no need to store them.
"""

import json
import os
import subprocess

import pytest

from brute_force import alerts

MOCKTAIL = os.environ.get("MOCKTAIL", "mocktail")
MUTATIONS = [f"mutation-{number:02}" for number in range(1, 9)]


@pytest.fixture(scope="session")
def fixtures(tmp_path_factory):
    out = tmp_path_factory.mktemp("fixtures")
    options = ["--kind", "ssh-brute-force", "--mutate", str(len(MUTATIONS)), "--out", str(out)]
    subprocess.run([MOCKTAIL, "fixtures", *options], check=True, capture_output=True)
    return out / "ssh-brute-force"


def run_rule(folder):
    """Runs the rule on a folder and writes its alerts beside the logs, for `mocktail score`."""
    found = list(alerts((folder / "network.ndjson").read_text().splitlines()))
    (folder / "alerts.ndjson").write_text("".join(json.dumps(alert) + "\n" for alert in found))
    return found


def names(incident):
    """The names of an incident's actors that an alert may use."""
    return {name for actor in incident["actors"] for name in (actor["nodeId"], *actor["addresses"])}


@pytest.mark.parametrize("variant", ["attack", "over", "under", "lookalike"])
def test_variant(fixtures, variant):
    expected = json.loads((fixtures / variant / "expected.json").read_text())
    found = run_rule(fixtures / variant)
    assert bool(found) == expected["shouldFire"]
    for alert, incident in zip(found, expected["incidents"]):
        assert names(incident) & set(alert["entities"])
        assert incident["firstRecord"] <= alert["time"] <= incident["lastRecord"]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutation(fixtures, mutation):
    """Another hour or name must not matter. Another port, or a slower attack by several actors, evades the rule: known limits."""
    expected = json.loads((fixtures / mutation / "expected.json").read_text())
    text = expected["mutation"]["text"]
    if not run_rule(fixtures / mutation):
        assert "on port" in text or "as slow" in text or "actors" in text, text
        pytest.xfail(text)


def test_score(fixtures):
    """What mocktail itself says about the alerts, including those on mutations."""
    for folder in fixtures.iterdir():
        if (folder / "network.ndjson").exists():
            run_rule(folder)
    score = [MOCKTAIL, "score", "--fixtures", str(fixtures.parent), "--json"]
    lines = [json.loads(line) for line in subprocess.run(score, capture_output=True, text=True).stdout.splitlines()]
    assert len(lines) == 4 + len(MUTATIONS)
    assert all(line["right"] for line in lines if line["mutation"] is None)
    assert not any(line["falseAlerts"] for line in lines)
    assert sum(line["right"] for line in lines) > len(lines) / 2
