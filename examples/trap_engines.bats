#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of several engines, to a receiver that knows two of its three.

load ../tests/support/daemon.bash

setup() { daemon_setup; }
teardown() { daemon_teardown; }

@test "trap_engines speaks as each engine, for each device" {
    port=$(free_port)
    for id in 0x8000000001020301 0x8000000001020303; do
        echo "createUser -e $id gateway SHA-256 \"a long passphrase\" AES"
    done >"$conf"
    echo 'authUser log gateway priv' >>"$conf"
    "$top_builddir/apps/snmptrapd-lite/snmptrapd-lite" -f -C -c "$conf" -Lf "$log" --json "udp:127.0.0.1:$port" \
        >"$work/out" 2>&1 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    "$top_builddir/examples/trap_engines" "127.0.0.1:$port" pump valve fan
    until_true 10 grep -q '"fan"' "$log"
    grep '"pump"' "$log" | grep -i '"8000000001020301"' | grep -qi '"80000000aa000001"'
    grep '"fan"' "$log" | grep -i '"8000000001020303"' | grep -qi '"80000000aa000003"'
    [ "$(grep -c '"valve"' "$log")" -eq 0 ]
}

@test "trap_engines says how it is called" {
    run "$top_builddir/examples/trap_engines"
    [ "$status" -eq 1 ]
    [[ $output == "trap_engines: usage: "* ]]
}
