#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of an embedded agent, asked by Net-SNMP's tools.

enterprise=.1.3.6.1.4.1.32473

setup() {
    command -v snmpget > /dev/null || skip "Net-SNMP's tools are not installed (package snmp)"
    dir=$(mktemp -d)
    mkdir "$dir/cert_indexes" # else the tools say that they make it
    export MIBS= SNMPCONFPATH=$dir SNMP_PERSISTENT_DIR=$dir
    start
}

start() {
    "$top_builddir/examples/embedded_agent" udp:127.0.0.1:0 "$dir/boots" > "$dir/out" 2> "$dir/err" 3>&- &
    agent=$!
    for _ in $(seq 100); do
        grep -q '^listening' "$dir/out" && break
        sleep 0.05
    done
    address=$(sed -n 's/^listening on udp://p' "$dir/out")
    [ -n "$address" ]
}

teardown() {
    [ -z "${agent-}" ] || kill "$agent" 2> /dev/null || true
    [ -z "${agent-}" ] || wait "$agent" 2> /dev/null || true
    [ -z "${dir-}" ] || rm -rf "$dir"
}

@test "snmpget reads scalars and cells" {
    run snmpget -v2c -c public -On "$address" $enterprise.1.1.0 $enterprise.2.1.3.7
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "$enterprise.1.1.0 = INTEGER: 21" ]
    [ "${lines[1]}" = "$enterprise.2.1.3.7 = INTEGER: 223" ]
}

@test "snmpwalk and snmpbulkwalk see every variable in order" {
    cat > "$dir/wanted" << WALK
$enterprise.1.1.0 = INTEGER: 21
$enterprise.1.2.0 = Counter32: 0
$enterprise.2.1.2.1 = STRING: "window"
$enterprise.2.1.2.2 = STRING: "door"
$enterprise.2.1.2.7 = STRING: "ceiling"
$enterprise.2.1.3.1 = INTEGER: 185
$enterprise.2.1.3.2 = INTEGER: 201
$enterprise.2.1.3.7 = INTEGER: 223
WALK
    snmpbulkwalk -v2c -c public -On "$address" $enterprise | grep -v 'No more variables' > "$dir/bulk"
    snmpwalk -v2c -c public -On "$address" $enterprise | grep -v 'No more variables' > "$dir/next"
    snmpwalk -v1 -c public -On "$address" $enterprise | grep -v 'End of MIB' > "$dir/v1"
    diff "$dir/wanted" "$dir/bulk"
    diff "$dir/wanted" "$dir/next"
    diff "$dir/wanted" "$dir/v1"
}

@test "snmpset changes the writable scalar" {
    run snmpset -v2c -c private -On "$address" $enterprise.1.1.0 i 23
    [ "$status" -eq 0 ]
    [ "$output" = "$enterprise.1.1.0 = INTEGER: 23" ]
    run snmpget -v2c -c public -Oqv "$address" $enterprise.1.1.0 $enterprise.1.2.0
    [ "${lines[0]}" = 23 ]
    [ "${lines[1]}" = 1 ]
}

@test "snmpset is refused as Net-SNMP's snmpd refuses" {
    run snmpset -v2c -c public "$address" $enterprise.1.1.0 i 23
    [ "$status" -eq 2 ]
    [[ $output == *"Reason: noAccess"* ]]
    run snmpset -v2c -c private "$address" $enterprise.1.1.0 i 99
    [[ $output == *"Reason: wrongValue"* ]]
    run snmpset -v2c -c private "$address" $enterprise.1.1.0 s text
    [[ $output == *"Reason: wrongType"* ]]
    run snmpset -v2c -c private "$address" $enterprise.1.2.0 i 1
    [[ $output == *"Reason: notWritable"* ]]
    run snmpset -v2c -c private "$address" $enterprise.2.1.2.9 s text
    [[ $output == *"Reason: notWritable"* ]]
    run snmpset -v1 -c private "$address" $enterprise.1.1.0 i 99
    [[ $output == *"Reason: (badValue)"* ]]
}

@test "an unknown community is not answered" {
    run snmpget -v2c -c other -t 0.2 -r 0 "$address" $enterprise.1.1.0
    [ "$status" -eq 1 ]
    [[ $output == "Timeout: No Response from "* ]]
}

as_operator() {
    local tool=$1 level=$2
    shift 2
    "$tool" -v3 -l "$level" -u operator -a SHA-256 -A 'a long passphrase' -x AES -X 'a long passphrase' -Oqv "$address" "$@"
}

@test "a user of version 3 reads with a digest and writes when he encrypts" {
    [ "$(as_operator snmpget authNoPriv $enterprise.1.1.0)" = 21 ]
    run as_operator snmpset authNoPriv $enterprise.1.1.0 i 24
    [ "$status" -eq 2 ]
    [[ $output == *"Reason: noAccess"* ]]
    [ "$(as_operator snmpset authPriv $enterprise.1.1.0 i 24)" = 24 ]
    run as_operator snmpget noAuthNoPriv $enterprise.1.1.0
    [[ $output == *"authorizationError"* ]]
}

@test "boots are counted, and without them it does not start" {
    [ "$(cat "$dir/boots")" = 1 ]
    kill "$agent"
    wait "$agent"
    start
    [ "$(cat "$dir/boots")" = 2 ]
    [ "$(as_operator snmpget authPriv $enterprise.1.1.0)" = 21 ]
    echo lost > "$dir/boots"
    run "$top_builddir/examples/embedded_agent" udp:127.0.0.1:0 "$dir/boots"
    [ "$status" -eq 1 ]
    [[ $output == *"the boots cannot be kept there"* ]]
}

@test "SIGTERM ends it with status 0" {
    kill "$agent"
    wait "$agent"
    [ "$(cat "$dir/err")" = "" ]
    agent=
}
