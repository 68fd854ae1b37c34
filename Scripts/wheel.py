"""Writes a Python wheel: the module, the program, its manual page and completions. The same input gives the same bytes.

    python3 wheel.py MODULE PREFIX VERSION PLATFORM SECONDS FILE

MODULE is the folder of the Python module, PREFIX what lies under a prefix, PLATFORM such as manylinux_2_36_x86_64, SECONDS
the time of the files since 1970, FILE the wheel to write.
"""

import base64
import hashlib
import sys
import time
import zipfile
from pathlib import Path

METADATA = """\
Metadata-Version: 2.1
Name: mocktail
Version: {version}
Summary: Labelled Tailscale logs for the tests of detection rules, with a pytest plugin
Requires-Python: >=3.9
Provides-Extra: pytest
Requires-Dist: pytest>=7; extra == "pytest"
Classifier: Framework :: Pytest
Classifier: Operating System :: POSIX :: Linux
Description-Content-Type: text/markdown

{description}"""

WHEEL = """\
Wheel-Version: 1.0
Generator: mocktail
Root-Is-Purelib: false
Tag: py3-none-{platform}
"""

ENTRY_POINTS = """\
[pytest11]
mocktail = mocktail.pytest_plugin
"""


def contents(module, prefix, version, platform):
    """Each file of the wheel: where it lies, its bytes, whether it is a program."""
    info = f"mocktail-{version}.dist-info"
    data = f"mocktail-{version}.data"
    for path in sorted(module.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"mocktail/{path.relative_to(module)}", path.read_bytes(), False
    for path in sorted(prefix.rglob("*")):
        if path.is_file():
            place = path.relative_to(prefix)
            is_program = place.parts[0] == "bin"
            yield f"{data}/scripts/{place.name}" if is_program else f"{data}/data/{place}", path.read_bytes(), is_program
    description = (module.parent / "README.md").read_text()
    yield f"{info}/METADATA", METADATA.format(version=version, description=description).encode(), False
    yield f"{info}/WHEEL", WHEEL.format(platform=platform).encode(), False
    yield f"{info}/entry_points.txt", ENTRY_POINTS.encode(), False


def record(files, version):
    """The list of files with their digests, which every wheel ends with."""
    lines = []
    for name, content, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    name = f"mocktail-{version}.dist-info/RECORD"
    return name, ("".join(lines) + f"{name},,\n").encode(), False


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__.strip())
    module, prefix, version, platform, seconds, target = sys.argv[1:]
    files = list(contents(Path(module), Path(prefix), version, platform))
    files.append(record(files, version))
    # A zip file knows no time before 1980.
    date = time.gmtime(max(int(seconds), 315532800))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name, content, is_program in files:
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose modes follow
            entry.external_attr = (0o100755 if is_program else 0o100644) << 16
            wheel.writestr(entry, content)


main()
