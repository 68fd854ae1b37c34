"""Tests of the module, on the program that the wheel has in it."""

from datetime import datetime, timezone

import mocktail
import pytest
from rule import alerts


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    out = tmp_path_factory.mktemp("fixtures")
    return {entry.name: entry for entry in mocktail.fixtures("ssh-brute-force", out=out, mutate=1)}


def test_folders(logs):
    assert list(logs) == ["attack", "over", "under", "lookalike", "mutation-01"]
    assert [entry.should_fire for entry in logs.values()] == [True, True, False, False, True]
    attack = logs["attack"]
    assert (attack.kind, attack.variant, attack.mutation) == ("ssh-brute-force", "attack", None)
    assert logs["mutation-01"].variant == "attack" and logs["mutation-01"].mutation
    assert len(attack.network) == attack.expected["records"]["network"] > 100
    assert len(attack.configuration) == attack.expected["records"]["configuration"]
    assert attack.incidents[0]["actors"][0]["nodeId"]
    assert attack.history is None


def test_right_and_wrong(logs):
    for name in mocktail.VARIANTS:
        verdict = logs[name].judge(alerts(logs[name].network))
        assert verdict.is_right, name
        assert verdict.found_by == (("test/ssh",) if logs[name].should_fire else ())
    silent = logs["attack"].judge([])
    assert not silent.is_right and str(silent) == "missed: no alert"
    with pytest.raises(AssertionError, match="ssh-brute-force/attack: missed: no alert"):
        logs["attack"].check([])
    stranger = {"time": logs["attack"].incidents[0]["firstRecord"], "rule": "r", "entities": ["nobody"]}
    assert logs["attack"].judge([stranger]).false_alerts == 1
    with pytest.raises(AssertionError, match="1 alert where the rule should be silent"):
        logs["under"].check([stranger])


def test_time_may_be_a_datetime(logs):
    alert = next(alerts(logs["attack"].network))
    alert["time"] = datetime.fromisoformat(alert["time"][:19] + "+00:00").astimezone(timezone.utc)
    assert logs["attack"].judge([alert]).is_right
    with pytest.raises(ValueError, match="time zone"):
        logs["attack"].judge([{**alert, "time": datetime(2026, 1, 1)}])


def test_alerts_in_the_folder_are_left_alone(logs):
    mine = logs["under"].path / "alerts.ndjson"
    mine.write_text("not an alert\n")
    assert logs["under"].judge([]).is_right
    assert mine.read_text() == "not an alert\n"
    mine.unlink()


def test_history(tmp_path):
    (attack,) = mocktail.fixtures("first-seen-admin", out=tmp_path, variants=["attack"])
    assert attack.history.configuration and attack.history.network
    assert max(record["eventTime"] for record in attack.history.configuration) < attack.incidents[0]["start"]
    assert not attack.judge([]).is_right


def test_errors_are_the_program_s_own_sentence(tmp_path):
    with pytest.raises(mocktail.MocktailError) as error:
        mocktail.fixtures("no-such-kind", out=tmp_path)
    assert "no-such-kind" in str(error.value)
    (tmp_path / "mine").write_text("")
    with pytest.raises(mocktail.MocktailError):
        mocktail.run(["generate", "quickstart", "--duration", "1m", "--out", str(tmp_path)])


def test_program_by_variable(monkeypatch, tmp_path):
    program = mocktail.find_program()
    monkeypatch.setenv("MOCKTAIL", program)
    assert mocktail.find_program() == program
    monkeypatch.setenv("MOCKTAIL", str(tmp_path / "nothing"))
    with pytest.raises(mocktail.MocktailError, match="MOCKTAIL"):
        mocktail.find_program()
