# Sourced by the other scripts: looks for what they need, installs what it can, says in one sentence what it cannot.

# fail SENTENCE: ends the script.
fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

need_swift() {
    command -v swift >/dev/null 2>&1 ||
        fail "mocktail needs Swift 6.2 or newer, and there is no swift on the PATH: install it from https://www.swift.org/install and run this again."
    swift_version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    major=${swift_version%%.*}
    minor=${swift_version#*.}
    if [ -z "$swift_version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
        fail "mocktail needs Swift 6.2 or newer, and this is ${swift_version:-an unknown version}: install a newer one from https://www.swift.org/install and run this again."
    fi
}

# need_package HEADER PACKAGE: a C library that the build needs, by one of its headers.
need_package() {
    if printf '#include <%s>\n' "$1" | ${CC:-cc} -E - >/dev/null 2>&1; then return; fi
    if [ -f "/usr/include/$1" ]; then return; fi
    command -v apt-get >/dev/null 2>&1 ||
        fail "mocktail needs the C header $1, and there is no apt-get here to install it with: install the library's development package ($2 in Debian) and run this again."
    runner=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 ||
            fail "mocktail needs the package $2: run 'apt-get install $2' as root and run this again."
        runner=sudo
    fi
    printf 'Installing %s ...\n' "$2"
    $runner apt-get install -y -qq "$2" >/dev/null 2>&1 ||
        { $runner apt-get update -qq >/dev/null 2>&1 && $runner apt-get install -y -qq "$2" >/dev/null; } ||
        fail "apt-get could not install $2: install it by hand and run this again."
}

need_swift
need_package zlib.h zlib1g-dev
need_package yaml.h libyaml-dev
