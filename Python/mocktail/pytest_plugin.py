"""Labelled logs for tests: a marker that names a kind of incident, and fixtures that give its logs.

    @pytest.mark.mocktail("ssh-brute-force", mutate=8)
    def test_rule(labelled_logs):
        labelled_logs.check(my_rule(labelled_logs.network))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from . import VARIANTS, LabelledLogs, MocktailError, fixtures


def _request(kind: str, *, variants: Any = VARIANTS, mutate: int = 0, seed: int | None = None) -> tuple[Any, ...]:
    """The arguments of the marker, in a form that can be a key."""
    variants = (variants,) if isinstance(variants, str) else tuple(variants)
    unknown = [variant for variant in variants if variant not in VARIANTS]
    if unknown or not 0 <= mutate <= 99:
        raise ValueError(f"variants are of {', '.join(VARIANTS)}, and mutate is 0 to 99")
    return kind, variants, mutate, seed


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "mocktail(kind, variants=..., mutate=0, seed=None): run the test on logs with this kind of incident, once for each "
        "variant and each mutation; the logs are in the fixture labelled_logs",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "labelled_logs" not in metafunc.fixturenames:
        return
    marks = list(metafunc.definition.iter_markers("mocktail"))
    if not marks:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid} uses labelled_logs: name a kind of incident with @pytest.mark.mocktail(\"KIND\")"
        )
    cases = []
    for mark in reversed(marks):
        try:
            request = _request(*mark.args, **mark.kwargs)
        except (TypeError, ValueError) as error:
            raise pytest.UsageError(f"{metafunc.definition.nodeid}: @pytest.mark.mocktail: {error}") from None
        kind, variants, mutate, _ = request
        for name in (*variants, *(f"mutation-{number:02}" for number in range(1, mutate + 1))):
            cases.append(pytest.param((request, name), id=f"{kind}-{name}"))
    metafunc.parametrize("labelled_logs", cases, indirect=True)


@pytest.fixture(scope="session")
def mocktail_fixtures(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, LabelledLogs]]:
    """A function that takes the arguments of the marker and returns the logs by name, made once a session."""
    made: dict[tuple[Any, ...], dict[str, LabelledLogs]] = {}

    def make(kind: str, **options: Any) -> dict[str, LabelledLogs]:
        request = _request(kind, **options)
        if request not in made:
            kind, variants, mutate, seed = request
            out = tmp_path_factory.mktemp("mocktail")
            logs = fixtures(kind, out=out, variants=variants, mutate=mutate, seed=seed)
            made[request] = {entry.name: entry for entry in logs}
        return made[request]

    return make


@pytest.fixture
def labelled_logs(request: pytest.FixtureRequest, mocktail_fixtures: Any) -> LabelledLogs:
    """The logs of one variant or mutation of the kind that the test's marker names."""
    (kind, variants, mutate, seed), name = request.param
    try:
        return mocktail_fixtures(kind, variants=variants, mutate=mutate, seed=seed)[name]
    except MocktailError as error:
        pytest.fail(f"mocktail: {error}", pytrace=False)
