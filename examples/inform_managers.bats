#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of informs, against Net-SNMP's snmptrapd and a manager that is not there.

load ../tests/support/snmptrapd.bash

setup_file() {
    command -v snmptrapd >/dev/null || return 0
    start_snmptrapd <<<'authCommunity log public'
}

teardown_file() {
    [ -z "$TRAPD" ] || stop_snmptrapd
}

@test "inform_managers says of each manager whether it knows" {
    [ -n "$TRAPD" ] || skip 'snmptrapd is not installed'
    run "$top_builddir/examples/inform_managers" "the door is open" "$TRAPD" 127.0.0.1:1
    [ "$status" -eq 1 ]
    [[ $output == *"$TRAPD: knows"* ]]
    [[ $output == *"127.0.0.1:1: "* ]]
    [ "${#lines[@]}" -eq 2 ]
    has_arrived '.1.3.6.1.4.1.8072.9999.1.1.0 = STRING: "the door is open"'
    run "$top_builddir/examples/inform_managers" "again" "$TRAPD"
    [ "$status" -eq 0 ]
    [ "$output" = "$TRAPD: knows" ]
}

@test "inform_managers says how it is called" {
    run "$top_builddir/examples/inform_managers"
    [ "$status" -eq 1 ]
    [[ $output == "inform_managers: usage: "* ]]
}
