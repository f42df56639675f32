#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of an agent that notifies, against Net-SNMP's snmptrapd.

load ../tests/support/snmptrapd.bash

setup_file() {
    command -v snmptrapd >/dev/null || return 0
    start_snmptrapd <<<'authCommunity log public'
}

teardown_file() {
    [ -z "$TRAPD" ] || stop_snmptrapd
}

@test "notifying_agent tells two managers of what happens" {
    [ -n "$TRAPD" ] || skip 'snmptrapd is not installed'
    run "$top_builddir/examples/notifying_agent" udp:127.0.0.1:0 "$TRAPD" "$TRAPD" < <(echo 'the door bell')
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    has_arrived '.1.3.6.1.4.1.32473.2.1.0 = STRING: "the door bell"'
    [ "$(grep -c 'the door bell' "$TRAPS")" -eq 2 ]
}

@test "notifying_agent says how it is called, and whom it cannot find" {
    run "$top_builddir/examples/notifying_agent"
    [ "$status" -eq 1 ]
    [[ $output == "notifying_agent: usage: "* ]]
    run "$top_builddir/examples/notifying_agent" udp:127.0.0.1:0 127.0.0.1:port
    [ "$status" -eq 1 ]
    [[ $output == *"127.0.0.1:port"* ]]
}
