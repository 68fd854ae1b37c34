"""Says which libraries a packaged program contains, and collects their licence texts.

    python3 licenses.py notice PACKAGE CHECKOUTS     prints the file NOTICE
    python3 licenses.py copy CHECKOUTS FOLDER        copies the texts into the folder

PACKAGE is Package.swift, CHECKOUTS the folder into which SwiftPM checked the libraries out.
"""

import os
import re
import shutil
import sys
from pathlib import Path

# What the libraries contain of others: name, in which one, licence, address, folder below the library.
PARTS = [
    ("BoringSSL", "swift-nio-ssl", "Apache-2.0, ISC and others", "https://boringssl.googlesource.com/boringssl",
     "Sources/CNIOBoringSSL"),
    ("llhttp", "swift-nio", "MIT", "https://github.com/nodejs/llhttp", "Sources/CNIOLLHTTP"),
    ("SHA-1 of the WIDE Project", "swift-nio", "BSD-3-Clause", "https://github.com/freebsd/freebsd-src",
     "Sources/CNIOSHA1"),
]

# What the system brings along: name, licence, address, where its text may be. The last two have an exception for what a
# compiler puts into its output, so a system without their texts may still make packages.
SYSTEM = [
    ("libyaml", "MIT", "https://pyyaml.org/wiki/LibYAML",
     ["/usr/share/doc/libyaml-dev/copyright", "/usr/share/licenses/libyaml/*"]),
    ("zlib", "Zlib", "https://zlib.net", ["/usr/share/doc/zlib1g-dev/copyright", "/usr/share/licenses/zlib*/*"]),
    ("libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org",
     ["/usr/share/doc/libstdc++-*-dev/copyright", "/usr/share/licenses/gcc-libs/*"]),
    ("Swift", "Apache-2.0 WITH Swift-exception", "https://www.swift.org", ["{swift}/share/swift/LICENSE.txt"]),
]
REQUIRED = ["libyaml", "zlib"]


def licence(text):
    """The SPDX identifier of a licence text."""
    if "Apache License" in text and "Version 2.0" in text:
        return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in text else "Apache-2.0"
    if "Permission is hereby granted, free of charge" in text:
        return "MIT"
    sys.exit(f"Scripts/licenses.py does not know this licence; add it there: {text.strip()[:80]!r}")


def texts(folder):
    """The licence files of a library, by path below it."""
    return sorted(
        path.relative_to(folder) for path in folder.rglob("*")
        if path.is_file() and re.fullmatch(r"(LICEN[CS]E|NOTICE|COPYING)(\.txt|\.md)?", path.name)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts))


def libraries(checkouts):
    """The checked-out libraries that the program contains. A documentation plugin is no part of it."""
    found = sorted(path for path in checkouts.iterdir() if path.is_dir() and "docc" not in path.name)
    if not found:
        sys.exit(f"There is no library in {checkouts}: run swift package resolve and run this again.")
    for library in found:
        if not texts(library):
            sys.exit(f"{library} has no licence file: say in Scripts/licenses.py where its licence is.")
    return found


def ranges(package, checkouts):
    """For each library the range of versions and the address: Package.swift's, else that of a library that needs it."""
    pattern = re.compile(r'package\(\s*url:\s*"([^"]+?)(?:\.git)?",\s*from:\s*"(\d+)([^"]*)"')
    found = {}
    for manifest in [package, *sorted(checkouts.glob("*/Package.swift"))]:
        for address, major, rest in pattern.findall(manifest.read_text()):
            # The first one counts, so that Package.swift's own ranges win.
            found.setdefault(address.rsplit("/", 1)[1], (f">= {major}{rest}, < {int(major) + 1}.0.0", address))
    return found


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]]) for row in rows]


def notice(package, checkouts):
    """The file NOTICE."""
    known = ranges(package, checkouts)
    own = []
    for library in libraries(checkouts):
        if library.name not in known:
            sys.exit(f"No Package.swift says from which version on {library.name} is needed.")
        versions, address = known[library.name]
        own.append((library.name, versions, licence((library / texts(library)[0]).read_text()), address))
    parts = [(name, f"in {library}", identifier, address) for name, library, identifier, address, _ in PARTS]
    system = [(name, identifier, address) for name, identifier, address, _ in SYSTEM]
    lines = [
        "mocktail",
        "========",
        "",
        "A built program contains the libraries of others, under the licences below (SPDX identifiers). The tarball and",
        "the wheel have the texts of these licences in share/doc/mocktail/licenses. Scripts/notice writes this file.",
        "", "Libraries that SwiftPM fetches", "------------------------------", *table(own),
        "", "What these contain of others", "----------------------------", *table(parts),
        "", "Libraries of the system and the compiler", "----------------------------------------", *table(system),
    ]
    return "\n".join(lines) + "\n"


def headers(folder):
    """The different notices at the beginning of the C files of a folder, for parts that have no licence file."""
    comment = re.compile(r"\s*((?:/\*.*?\*/\s*|//[^\n]*\n\s*)+)", re.DOTALL)
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".c", ".cc", ".cpp", ".h", ".S"}:
            continue
        start = comment.match(path.read_text(errors="replace"))
        if start and "copyright" in start[1].lower():
            found.setdefault(" ".join(start[1].split()), start[1].strip())
    return list(found.values())


def copy(checkouts, folder):
    """Copies the texts: a folder for each library, part and system library."""
    for library in libraries(checkouts):
        for text in texts(library):
            target = folder / library.name / "-".join(text.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(library / text, target)
    for name, library, _, _, place in PARTS:
        if (checkouts / library / place).is_dir() and not list((checkouts / library / place).glob("LICENSE*")):
            notices = headers(checkouts / library / place)
            if not notices:
                sys.exit(f"{checkouts / library / place} has no notices: say in Scripts/licenses.py where they are.")
            (folder / library / f"{name.split()[0]}.txt").write_text("\n\n".join(notices) + "\n")
    swift = shutil.which("swift")
    home = Path(os.path.realpath(swift)).parent.parent if swift else Path("/usr")
    for name, _, _, places in SYSTEM:
        found = [
            path for place in places
            for path in sorted(Path("/").glob(place.format(swift=home).lstrip("/"))) if path.is_file()]
        if found:
            (folder / name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found[0], folder / name / found[0].name)
        elif name in REQUIRED:
            sys.exit(f"There is no licence text of {name} at {' or '.join(places)}: install the package that has it.")


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "notice":
        sys.stdout.write(notice(Path(sys.argv[2]), Path(sys.argv[3])))
    elif len(sys.argv) == 4 and sys.argv[1] == "copy":
        copy(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(__doc__.strip())


main()
