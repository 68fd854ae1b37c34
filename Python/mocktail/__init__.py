"""Labelled Tailscale logs for the tests of detection rules.

`fixtures` has the program `mocktail` write logs with a known incident in them; `LabelledLogs.judge` has it say what a rule's
alerts are worth. The pytest plugin (`mocktail.pytest_plugin`) does both for a test.
"""

from ._logs import VARIANTS, LabelledLogs, Verdict, fixtures
from ._program import MocktailError, find_program, run

__all__ = ["VARIANTS", "LabelledLogs", "MocktailError", "Verdict", "find_program", "fixtures", "run"]
