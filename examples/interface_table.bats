#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of a table, against our agent.

load ../tests/support/daemon.bash

setup() {
    daemon_setup
    echo 'rocommunity public 127.0.0.1' >"$conf"
    start_agent
}

teardown() {
    daemon_teardown
}

@test "interface_table prints a row for each interface" {
    "$top_builddir/examples/interface_table" "$agent" >"$work/out" 2>"$work/err"
    [ ! -s "$work/err" ]
    grep -qE '^[0-9]+ \| lo \| [a-zA-Z]+ \| [0-9]+ \| [0-9]+$' "$work/out"
    rows=$("$tools/snmpwalk" -v2c -c public -Oqv "$agent" .1.3.6.1.2.1.2.2.1.1 | wc -l)
    [ "$(wc -l <"$work/out")" -eq "$rows" ]
}

@test "interface_table says why there is no table" {
    daemon_teardown
    agent_pid=
    run "$top_builddir/examples/interface_table" "$agent"
    [ "$status" -eq 1 ]
    [[ $output == "interface_table: "* ]]
}
