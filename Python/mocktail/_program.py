"""Finds and runs the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path


class MocktailError(Exception):
    """What the program said when it could not do what it was asked for."""


def find_program() -> str:
    """The path of the program `mocktail`.

    The environment variable MOCKTAIL names one; otherwise it is the one that came with this module, or one in the PATH.
    """
    named = os.environ.get("MOCKTAIL")
    if named:
        found = shutil.which(named)
        if found is None:
            raise MocktailError(f"MOCKTAIL names {named}, which is not a program; correct or unset it")
        return os.path.abspath(found)
    folders = [sysconfig.get_path("scripts")]
    user = sysconfig.get_preferred_scheme("user") if hasattr(sysconfig, "get_preferred_scheme") else "posix_user"
    folders.append(sysconfig.get_path("scripts", scheme=user))
    # `pip install --target DIR` puts programs into DIR/bin.
    folders.append(str(Path(__file__).resolve().parent.parent / "bin"))
    for folder in folders:
        candidate = os.path.join(folder, "mocktail")
        if os.access(candidate, os.X_OK) and os.path.isfile(candidate):
            return candidate
    found = shutil.which("mocktail")
    if found is None:
        raise MocktailError("there is no program mocktail: install the wheel, or name one in the variable MOCKTAIL")
    return found


def run(arguments: Sequence[str | os.PathLike[str]], passing: Sequence[int] = (0,)) -> str:
    """Runs `mocktail` with these arguments and returns what it wrote to standard output.

    Raises MocktailError with the program's own sentence if its exit code is not in `passing`.
    """
    done = subprocess.run([find_program(), *(os.fspath(argument) for argument in arguments)], capture_output=True, text=True, check=False)
    if done.returncode not in passing:
        said = done.stderr.strip() or f"mocktail ended with {done.returncode} and said nothing"
        raise MocktailError(said.removeprefix("mocktail: "))
    return done.stdout
