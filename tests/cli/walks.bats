# SPDX-License-Identifier: BSD-3-Clause
# snmpwalk, snmpbulkwalk and snmpbulkget.

load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

@test "both walks and both versions find the same" {
    call snmpwalk -v2c -c p "$PEER" "$BASE"
    [ "$status" -eq 0 ]
    local walked=$out
    [ "$(grep -c '^iso.3.6.1.4.1.99999' <<<"$walked")" -eq 37 ] # the values and the end
    for repetitions in 1 2 7 10 100; do
        call snmpbulkwalk -Cr$repetitions -v2c -c p "$PEER" "$BASE"
        [ "$status" -eq 0 ]
        [ "$out" = "$walked" ]
    done
}

@test "a walk of version 1 ends in End of MIB" {
    call snmpwalk -v1 -c err2 "$PEER" "$BASE"
    [ "$status" -eq 0 ]
    [ "$out" = 'End of MIB' ]
    [ -z "$err" ]
    call snmpbulkget -v2c -c err2 "$PEER" "$BASE"
    [ "$out" = 'End of MIB.' ]
}

@test "an instance is found by walking from itself, unless -CI" {
    call snmpwalk -v2c -c p "$PEER" "$(value 1)"
    [ "$out" = 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    call snmpwalk -CI -v2c -c p "$PEER" "$(value 1)"
    [ -z "$out$err" ]
    [ "$status" -eq 0 ]
    call snmpbulkwalk -v2c -c p "$PEER" "$(value 1)"
    [ "$out" = 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
}

@test "-Ci asks for the root first" {
    for tool in snmpwalk snmpbulkwalk; do
        call $tool -Ci -v2c -c p "$PEER" "$BASE.1"
        [ "$out" = 'iso.3.6.1.4.1.99999.1 = No Such Object available on this agent at this OID
iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    done
}

@test "-Cp counts, and letters of -C can be put together" {
    for flags in '-Cip' '-Ci -Cp' '-C i -C p' '-C ip'; do
        # shellcheck disable=SC2086
        call snmpwalk $flags -v2c -c p "$PEER" "$BASE.1"
        [ "$(tail -n 1 <<<"$out")" = 'Variables found: 2' ]
    done
}

@test "-CE ends the walk at an OID" {
    for flags in "-CE $BASE.3" "-CE$BASE.3" "-C E $BASE.3"; do
        # shellcheck disable=SC2086
        call snmpwalk $flags -v2c -c p "$PEER" "$BASE"
        [ "$status" -eq 0 ]
        [ "$(wc -l <<<"$out")" -eq 2 ]
    done
    call snmpwalk -CE x -v2c -c p "$PEER" "$BASE"
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'x: Unknown Object Identifier (Sub-id not found: (top) -> x)' ]
}

@test "-Ct and -CT tell the time" {
    call snmpwalk -Ct -v2c -c p "$PEER" "$BASE.1"
    [[ "$err" =~ ^'Total traversal time = '[0-9]+\.[0-9]{6}' seconds'$ ]]
    call snmpwalk -CT -v2c -c p "$PEER" "$BASE.1"
    [[ "$out" =~ ^[0-9]+\.[0-9]{6}' s: iso.3.6.1.4.1.99999.1.0 = INTEGER: 42'$ ]]
}

@test "several roots are walked one after the other" {
    for tool in snmpwalk snmpbulkwalk; do
        call $tool -Cp -Oqn -v2c -c p "$PEER" "$BASE.4" "$BASE.2" "$BASE.1.0"
        [ "$out" = '.1.3.6.1.4.1.99999.4.0 2147483647
.1.3.6.1.4.1.99999.2.0 -1
.1.3.6.1.4.1.99999.1.0 42
Variables found: 3' ]
    done
}

@test "a walk that goes round in a circle ends" {
    for tool in snmpwalk 'snmpbulkwalk -Cr1' 'snmpbulkwalk -Cr50'; do
        # shellcheck disable=SC2086
        call $tool -v2c -c circle4 "$PEER" "$BASE"
        [ "$status" -eq 1 ]
        [ "$err" = 'Error: OID not increasing: iso.3.6.1.4.1.99999.4.0
 >= iso.3.6.1.4.1.99999.1.0' ]
        [ "$(tail -n 1 <<<"$out")" = 'iso.3.6.1.4.1.99999.1.0 = STRING: "hello"' ]
        # shellcheck disable=SC2086
        call $tool -Cc -v2c -c circle4 "$PEER" "$BASE"
        [ "$status" -eq 1 ]
        [[ "$err" == 'Error: OID repeated: iso.3.6.1.4.1.99999.'* ]]
    done
}

@test "a name before the root is out of order to snmpwalk, and the end to snmpbulkwalk" {
    call snmpwalk -v2c -c circle4 "$PEER" "$BASE.4"
    [ "$status" -eq 1 ]
    [[ "$err" == 'Error: OID not increasing: iso.3.6.1.4.1.99999.4.0'* ]]
    for options in '' '-Cr1' '-Cc' '-Cc -Cr1'; do
        # shellcheck disable=SC2086
        call snmpbulkwalk $options -v2c -c circle4 "$PEER" "$BASE.4"
        [ "$status" -eq 0 ]
        [ "$out" = 'iso.3.6.1.4.1.99999.4.0 = INTEGER: 2147483647' ]
        [ -z "$err" ]
    done
}

@test "an answer without variables ends a walk" {
    for tool in snmpwalk snmpbulkwalk; do
        call $tool -v2c -c empty "$PEER" "$BASE"
        [ "$status" -eq 1 ]
        [ "$err" = 'Error: the agent answered without any variable' ]
    done
}

@test "an exception in the middle ends a walk as with Net-SNMP" {
    call snmpwalk -v2c -c exception "$PEER" "$BASE"
    [ "$status" -eq 0 ]
    [ "$out" = 'iso.3.6.1.4.1.99999.1.0 = No Such Instance currently exists at this OID' ]
}

@test "tooBig makes a bulk walk ask for less" {
    call snmpbulkwalk -v2c -c p "$PEER" "$BASE"
    local walked=$out
    for limit in 1 3 9; do
        call snmpbulkwalk -Cr40 -v2c -c "toobig$limit" "$PEER" "$BASE"
        [ "$status" -eq 0 ]
        [ "$out" = "$walked" ]
    done
}

@test "an error-status ends a walk with status 2" {
    call snmpwalk -Cp -v2c -c err5 "$PEER" "$BASE"
    [ "$status" -eq 2 ]
    [ "$out" = 'Variables found: 0' ]
    [ "$(sed -n 1,2p <<<"$err")" = 'Error in packet.
Reason: (genError) A general failure occured' ]
}

@test "rows found before a timeout stay on standard output" {
    call snmpwalk -v2c -c every2 -r0 -t0.1 "$PEER" "$BASE"
    [ "$status" -eq 1 ]
    [ "$err" = "Timeout: No Response from $PEER" ]
}

@test "repetitions and non-repeaters are checked" {
    call snmpbulkget -Cn1 -Cr2 -Oqv -v2c -c p "$PEER" "$BASE.1" "$BASE.3"
    [ "$out" = '42
-2147483648
2147483647' ]
    call snmpbulkget -C n1r2 -Oqv -v2c -c p "$PEER" "$BASE.1" "$BASE.3"
    [ "$(wc -l <<<"$out")" -eq 3 ]
    call snmpbulkget -Cn5 -v2c -c p "$PEER" "$BASE"
    [ "$err" = 'snmpbulkget: need more objects than <nonrep>' ]
    [ "$status" -eq 1 ]
    call snmpbulkget -Cr-1 -v2c -c p "$PEER" "$BASE"
    [ "$err" = 'snmpbulkget: Bad value for max-repetitions' ]
    call snmpbulkwalk -Cn99999999999999999999 -v2c -c p "$PEER" "$BASE"
    [ "$err" = 'snmpbulkwalk: Bad value for non-repeaters' ]
    call snmpbulkget -Cr -v2c -c p "$PEER" "$BASE"
    [ "$(head -n 1 <<<"$err")" = 'USAGE: snmpbulkget [OPTIONS] AGENT OID [OID]...' ]
}

@test "progress is not shown where nobody watches" {
    call snmpwalk -v2c -c slow --deadline 3 "$PEER" "$BASE"
    [[ "$err" != *variables* ]]
}

@test "progress is shown on a terminal when the output goes elsewhere" {
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip 'script(1) cannot make a terminal here'
    script -qec "snmpwalk -v2c -c slow --deadline 3.5 $PEER $BASE >$BATS_TEST_TMPDIR/out" /dev/null \
        </dev/null >"$BATS_TEST_TMPDIR/terminal" 2>&1 || true
    grep -q 'snmpwalk: [0-9]* variables' "$BATS_TEST_TMPDIR/terminal"
    [ "$(head -n 1 "$BATS_TEST_TMPDIR/out")" = 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    [ "$(grep -c variables "$BATS_TEST_TMPDIR/out")" -eq 0 ]
}

@test "MODULE:: walks all that a module defines, and is silent about what the agent has not" {
    printf '%s\n' 'PARTS-MIB DEFINITIONS ::= BEGIN' 'IMPORTS OBJECT-TYPE, enterprises FROM SNMPv2-SMI;' \
        'partOne OBJECT-TYPE SYNTAX INTEGER MAX-ACCESS read-only STATUS current DESCRIPTION ""' \
        '    ::= { enterprises 99999 1 }' \
        'partNone OBJECT-TYPE SYNTAX INTEGER MAX-ACCESS read-only STATUS current DESCRIPTION ""' \
        '    ::= { enterprises 99998 1 }' \
        'partThree OBJECT-TYPE SYNTAX INTEGER MAX-ACCESS read-only STATUS current DESCRIPTION ""' \
        '    ::= { enterprises 99999 3 }' \
        'partIdentity OBJECT IDENTIFIER ::= { enterprises 99997 }' END >"$BATS_TEST_TMPDIR/PARTS-MIB.txt"
    for tool in snmpwalk snmpbulkwalk; do
        call $tool -M "+$BATS_TEST_TMPDIR" -On -v2c -c p "$PEER" PARTS-MIB::
        [ "$status" -eq 0 ]
        [ -z "$err" ]
        [ "$(cut -d ' ' -f 1 <<<"$out")" = "$(printf '%s\n' $BASE.1.0 $BASE.3.0)" ]
    done
    call snmpwalk -v2c -c p "$PEER" NO-SUCH-MIB::
    [ "$status" -eq 1 ]
    [[ $err == *'NO-SUCH-MIB::: Unknown Object Identifier' ]]
}
