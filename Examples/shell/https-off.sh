#!/bin/sh
# A test of a rule in shell: creates fixtures, runs the rule on each, and lets `mocktail score` judge the alerts.
#
#   sh https-off.sh          # set MOCKTAIL if the program is not on the PATH
#
# Prints a line of TAP for each fixture and exits 0 if the rule is right on all of them. Needs grep and sed.
set -eu
mocktail=${MOCKTAIL:-mocktail}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# The rule: HTTPS certificates switched off in the admin console. Reads a configuration log and prints an alert for each match.
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
    # Compares with expected.json, without a JSON parser.
    if grep -q "\"shouldFire\":$found" "$folder/expected.json"; then result=ok; else result='not ok'; fi
    echo "$result $number - $(basename "$folder")"
done

# The same and more: an alert must name an actor of the incident, in time. Exits 3 if a fixture is wrong.
"$mocktail" score --fixtures "$out" >&2
