"""Tests of the pytest plugin, each on a test file of its own."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

RULE = Path(__file__).with_name("rule.py").read_text()


@pytest.fixture
def test_file(pytester):
    def write(body):
        pytester.makepyfile(rule=RULE)
        pytester.makepyfile("import pytest\nfrom rule import alerts\n" + body)
        return pytester

    return write


def test_a_good_rule_passes_for_each_variant(test_file):
    run = test_file(
        '@pytest.mark.mocktail("ssh-brute-force", mutate=2)\n'
        "def test_rule(labelled_logs):\n"
        "    if labelled_logs.mutation: assert labelled_logs.should_fire\n"
        "    else: labelled_logs.check(alerts(labelled_logs.network))\n"
    ).runpytest("-v", "--strict-markers")
    run.assert_outcomes(passed=6)
    run.stdout.fnmatch_lines(["*ssh-brute-force-attack*PASSED*", "*ssh-brute-force-mutation-02*PASSED*"])


def test_a_silent_rule_fails_where_it_should_fire(test_file):
    run = test_file(
        '@pytest.mark.mocktail("ssh-brute-force", variants=["attack", "under"])\n'
        "def test_rule(labelled_logs):\n    labelled_logs.check([])\n"
    ).runpytest()
    run.assert_outcomes(passed=1, failed=1)
    run.stdout.fnmatch_lines(["*AssertionError: ssh-brute-force/attack: missed: no alert*"])


def test_several_kinds(test_file):
    run = test_file(
        '@pytest.mark.mocktail("ssh-brute-force", variants="attack")\n'
        '@pytest.mark.mocktail("port-22-spike", variants="attack", seed=7)\n'
        "def test_rule(labelled_logs):\n    assert labelled_logs.network\n"
    ).runpytest("-v")
    run.assert_outcomes(passed=2)
    run.stdout.fnmatch_lines(["*ssh-brute-force-attack*", "*port-22-spike-attack*"])


def test_the_function_gives_logs_by_name(test_file):
    run = test_file(
        "def test_rule(mocktail_fixtures):\n"
        '    logs = mocktail_fixtures("ssh-brute-force", variants=["attack", "over"])\n'
        '    assert list(logs) == ["attack", "over"]\n'
        '    assert mocktail_fixtures("ssh-brute-force", variants=["attack", "over"]) is logs\n'
    ).runpytest()
    run.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "decorator, sentence",
    [
        ("", "*name a kind of incident with @pytest.mark.mocktail*"),
        ('@pytest.mark.mocktail("x", variants=["most"])\n', "*variants are of attack, over, under, lookalike*"),
        ('@pytest.mark.mocktail("x", mutate=100)\n', "*mutate is 0 to 99*"),
        ("@pytest.mark.mocktail()\n", "*missing 1 required positional argument: 'kind'*"),
    ],
)
def test_wrong_use_is_one_sentence(test_file, decorator, sentence):
    run = test_file(decorator + "def test_rule(labelled_logs):\n    pass\n").runpytest()
    assert run.ret != 0
    assert any(fnmatch(line, sentence.replace("[", "[[]")) for line in run.outlines + run.errlines)


def test_an_unknown_kind_is_the_program_s_own_sentence(test_file):
    run = test_file('@pytest.mark.mocktail("no-such-kind")\ndef test_rule(labelled_logs):\n    pass\n').runpytest()
    run.assert_outcomes(errors=4)
    run.stdout.fnmatch_lines(["*mocktail:*no-such-kind*"])
