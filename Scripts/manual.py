"""Writes the manual page of mocktail from what the program says of itself.

    mocktail --experimental-dump-help | python3 manual.py VERSION SECONDS > mocktail.1

SECONDS is the page's date, in seconds since 1970.
"""

import json
import re
import sys
from datetime import datetime, timezone

EXIT_CODES = [
    ("0", "Passed."),
    ("1", "The run failed: a full disk, a receiver that is gone, records that were not delivered."),
    ("2", "Invalid input: a scenario, an alert file, a folder, a value."),
    ("3", "An objective or a score was missed."),
    ("64", "The command line is wrong."),
]


def text(plain):
    """Text of a page: one line, with nothing in it that roff takes for a command or a typographic sign."""
    line = " ".join(plain.split()).replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("^", "\\(ha")
    line = line.replace("~", "\\(ti").replace("'", "\\(aq")
    return "\\&" + line if line.startswith(".") else line


def paragraphs(discussion):
    return "\n.PP\n".join(text(part) for part in re.split(r"\n\s*\n", discussion.strip()))


def shown(command, key):
    return [item for item in command.get(key, []) if item.get("shouldDisplay", True)]


def flags(argument):
    return [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument.get("names", [])]


def label(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{text(value)}\\fR"
    names = ", ".join(f"\\fB{text(name)}\\fR" for name in flags(argument))
    return names if argument["kind"] == "flag" else f"{names} \\fI{text(value)}\\fR"


def help_of(argument):
    sentence = argument.get("abstract", "").strip()
    notes = []
    values = argument.get("allValues")
    if values and not all(value in sentence for value in values):
        notes.append("values: " + ", ".join(values))
    if argument.get("defaultValue") and argument["kind"] != "flag":
        notes.append("default: " + argument["defaultValue"])
    return text(sentence + (f" ({'; '.join(notes)})" if notes else ""))


def synopsis(command, words):
    parts = [f"\\fB{text(' '.join(words))}\\fR"]
    arguments = shown(command, "arguments")
    if shown(command, "subcommands"):
        parts.append("\\fIcommand\\fR")
    if any(argument["kind"] != "positional" for argument in arguments):
        parts.append("[\\fIoptions\\fR]")
    for argument in arguments:
        if argument["kind"] == "positional":
            part = label(argument) + (" ..." if argument.get("isRepeating") else "")
            parts.append(f"[{part}]" if argument.get("isOptional") else part)
    return " ".join(parts)


def leaves(command, words):
    """The commands that do something, each with the words that call it."""
    below = shown(command, "subcommands")
    if not below:
        yield command, words
    for subcommand in below:
        if subcommand["commandName"] != "help":
            yield from leaves(subcommand, words + [subcommand["commandName"]])


def page(root, version, seconds):
    date = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d")
    name = root["commandName"]
    abstract = root.get("abstract", "").strip()
    lines = [
        f'.TH {name.upper()} 1 {date} "{name} {version}" "User Commands"',
        ".nh",
        ".ad l",
        ".SH NAME",
        f"{name} \\- {text(abstract[:1].lower() + abstract[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        f"\\fB{name}\\fR \\fIcommand\\fR [\\fIoptions\\fR]",
        ".SH DESCRIPTION",
        text(abstract),
    ]
    if root.get("discussion"):
        lines += [".PP", paragraphs(root["discussion"])]
    lines += [
        ".PP",
        "Data goes to standard output, messages go to standard error.",
        f"\\fB{name} help\\fR \\fIcommand\\fR describes a command in the terminal.",
        ".SH COMMANDS",
    ]
    common = {tuple(flags(argument)) for argument in shown(root, "arguments")}
    for command, words in leaves(root, [name]):
        lines += [f".SS {' '.join(words[1:])}", synopsis(command, words)]
        for part in (command.get("abstract"), command.get("discussion")):
            if part:
                lines += [".PP", paragraphs(part)]
        for argument in shown(command, "arguments"):
            if argument["kind"] == "positional" or tuple(flags(argument)) not in common:
                lines += [".TP", label(argument), help_of(argument)]
    lines += [".SH OPTIONS", "Every command takes these too."]
    for argument in shown(root, "arguments"):
        lines += [".TP", label(argument), help_of(argument)]
    lines.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES:
        lines += [".TP", f"\\fB{code}\\fR", text(meaning)]
    return "\n".join(line for line in lines if line) + "\n"


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__.strip())
    sys.stdout.write(page(json.load(sys.stdin)["command"], sys.argv[1], int(sys.argv[2])))


main()
