#!/bin/sh
# A shell test of a rule: fixtures are made, the rule reads each, `mocktail score` says whether it did what it should.
#
#   sh https-off.sh          # MOCKTAIL names the program where it is not in the PATH
#
# Prints a line a fixture in the form of TAP and ends with 0 where the rule is right on all of them. Needs grep and sed.
set -eu
mocktail=${MOCKTAIL:-mocktail}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# The rule: HTTPS certificates switched off in the admin console. Reads a configuration log, writes an alert for each match.
rule() {
    grep '"origin":"ADMIN_CONSOLE"' "$1" | grep '"action":"DISABLE"' | grep '"property":"HTTPS"' | sed -n \
        's|.*"eventTime":"\([^"]*\)".*"loginName":"\([^"]*\)".*|{"time":"\1","rule":"my/https-off","entities":["\2"]}|p'
}

"$mocktail" fixtures --kind https-off --out "$out" 2>/dev/null

echo 1..4
number=0
for folder in "$out"/https-off/*/; do
    rule "$folder/configuration.ndjson" >"$folder/alerts.ndjson"
    number=$((number + 1))
    found=false
    [ ! -s "$folder/alerts.ndjson" ] || found=true
    # What expected.json asks for, without a reader of JSON.
    if grep -q "\"shouldFire\":$found" "$folder/expected.json"; then result=ok; else result='not ok'; fi
    echo "$result $number - $(basename "$folder")"
done

# The same and more: an alert must name an actor of the incident, in time. Ends with 3 where one is wrong.
"$mocktail" score --fixtures "$out" >&2
