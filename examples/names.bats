#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of names, against our agent.

load ../tests/support/daemon.bash

setup() {
    daemon_setup
    printf '%s\n' 'rocommunity public 127.0.0.1' 'syslocation a rack' >"$conf"
    start_agent
}

teardown() {
    daemon_teardown
}

@test "names asks by names and prints as snmpget does" {
    unset MIBS
    run "$top_builddir/examples/names" "$agent" public sysLocation.0 IF-MIB::ifOperStatus.1
    [ "$status" -eq 0 ]
    [ "$output" = "$("$tools/snmpget" -v2c -c public "$agent" sysLocation.0 IF-MIB::ifOperStatus.1)" ]
    [[ $output == 'SNMPv2-MIB::sysLocation.0 = STRING: a rack'* ]]
}

@test "names says which name it does not know" {
    run "$top_builddir/examples/names" "$agent" public noSuchThing.0
    [ "$status" -eq 1 ]
    [[ $output == 'names: noSuchThing.0: Unknown Object Identifier'* ]]
}
