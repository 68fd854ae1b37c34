# Sourced by Scripts/install and Scripts/package, after setup.sh and in the package's folder: builds the program that is
# given away, and lays out what belongs under a prefix.
# shellcheck shell=sh

# All that lies under a prefix. `Scripts/install --uninstall` removes these files and no others.
prefix_files='bin/mocktail
share/man/man1/mocktail.1
share/bash-completion/completions/mocktail
share/zsh/site-functions/_mocktail
share/fish/vendor_completions.d/mocktail.fish'

# absolute PATH FOLDER: the path, seen from that folder.
absolute() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s/%s\n' "$2" "$1" ;;
    esac
}

# build_program: builds a program that needs neither the Swift toolchain nor Debian's packages of C libraries, and sets
# $program to its path.
build_program() {
    program=.build-static/release/mocktail
    set -- -c release --product mocktail --scratch-path .build-static
    if [ "$(uname -s)" = Linux ]; then
        # A folder that the linker searches first and that has only the static forms of these libraries.
        archives=$PWD/.build-static/archives
        mkdir -p "$archives"
        compiler=$(command -v "${CC:-cc}" || command -v clang) ||
            fail "Building mocktail needs a C compiler: install gcc or clang and run this again."
        for library in z yaml stdc++; do
            archive=$("$compiler" -print-file-name="lib$library.a")
            [ -f "$archive" ] || fail "There is no static library lib$library.a: install the development package that has it and run this again."
            ln -sf "$archive" "$archives/lib$library.a"
        done
        set -- "$@" --static-swift-stdlib --disable-local-rpath -Xlinker "-L$archives" -Xlinker --no-export-dynamic
    fi
    if [ ! -x "$program" ]; then
        echo "Building mocktail and its libraries: some minutes the first time, seconds after that." >&2
    fi
    build_log=$(mktemp)
    if swift build "$@" >"$build_log" 2>&1; then
        rm -f "$build_log"
    else
        cat "$build_log" >&2
        rm -f "$build_log"
        fail "The build failed; what the compiler says stands above."
    fi
}

# version_of PROGRAM: prints its version.
version_of() {
    "$1" --version 2>/dev/null || fail "$1 does not run here: it did not print its version."
}

# commit_time: prints when the last commit was made, in seconds, so that the same commit gives the same files.
commit_time() {
    if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
        printf '%s\n' "$SOURCE_DATE_EPOCH"
    else
        git log -1 --format=%ct 2>/dev/null ||
            fail "There is no commit here to take the files' time from: set SOURCE_DATE_EPOCH to a number of seconds."
    fi
}

# lay_out PROGRAM FOLDER: puts the program, stripped, its manual page and its completions into a folder that is a prefix.
lay_out() {
    command -v strip >/dev/null 2>&1 || fail "There is no strip on the PATH: install binutils and run this again."
    command -v python3 >/dev/null 2>&1 || fail "The manual page needs python3, and there is none on the PATH: install it and run this again."
    printf '%s\n' "$prefix_files" | while read -r file; do mkdir -p "$2/${file%/*}"; done
    cp "$1" "$2/bin/mocktail"
    chmod 755 "$2/bin/mocktail"
    strip "$2/bin/mocktail" || fail "strip could not remove the symbols of $1."
    date=$(commit_time)
    "$1" --experimental-dump-help |
        python3 -B Scripts/manual.py "$(version_of "$1")" "$date" >"$2/share/man/man1/mocktail.1" ||
        fail "The manual page could not be made."
    "$1" --generate-completion-script bash >"$2/share/bash-completion/completions/mocktail"
    "$1" --generate-completion-script zsh >"$2/share/zsh/site-functions/_mocktail"
    "$1" --generate-completion-script fish >"$2/share/fish/vendor_completions.d/mocktail.fish"
    printf '%s\n' "$prefix_files" | while read -r file; do
        [ -s "$2/$file" ] || fail "Nothing was written to $file."
    done
}
