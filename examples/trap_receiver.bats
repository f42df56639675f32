#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of a receiver, notified by Net-SNMP's tools.

load ../tests/support/daemon.bash

sender_id=8000000001020304

setup() {
    daemon_setup
    command -v snmptrap >/dev/null && command -v snmpinform >/dev/null || skip "no snmptrap, no snmpinform"
    "$top_builddir/examples/trap_receiver" udp:127.0.0.1:0 $sender_id >"$work/out" 2>"$work/err" 3>&- &
    agent_pid=$!
    until_true 10 grep -q '^listening on ' "$work/out"
    receiver=$(sed -n 's/^listening on //p' "$work/out")
}

teardown() {
    daemon_teardown
}

# has LINE: printed by now, or soon.
has() {
    until_true 5 grep -qxF -- "$1" "$work/out" || {
        cat "$work/out" "$work/err"
        return 1
    }
}

v3() {
    local tool=$1
    shift
    "$tool" -v3 -l authPriv -u operator -a SHA-256 -A 'a long passphrase' -x AES -X 'a long passphrase' "$@"
}

@test "trap_receiver prints a trap of version 1 as version 2 has it" {
    snmptrap -v1 -c public "$receiver" .1.3.6.1.4.1.8072 192.0.2.1 6 7 42 .1.3.6.1.2.1.2.2.1.1.3 i 3
    has "    DISMAN-EVENT-MIB::sysUpTimeInstance = Timeticks: (42) 0:00:00.42"
    has "    SNMPv2-MIB::snmpTrapOID.0 = OID: NET-SNMP-MIB::netSnmp.0.7"
    has "    IF-MIB::ifIndex.3 = INTEGER: 3"
    grep -q '^trap of version 1 by public from udp:127.0.0.1:' "$work/out"
}

@test "trap_receiver prints traps of version 2c and 3" {
    snmptrap -v2c -c public "$receiver" 42 .1.3.6.1.6.3.1.1.5.1
    has "    SNMPv2-MIB::snmpTrapOID.0 = OID: SNMPv2-MIB::coldStart"
    v3 snmptrap -e 0x$sender_id -Z 1,1 "$receiver" 43 .1.3.6.1.6.3.1.1.5.2
    has "    SNMPv2-MIB::snmpTrapOID.0 = OID: SNMPv2-MIB::warmStart"
    grep -q '^trap of version 3 by operator from udp:127.0.0.1:' "$work/out"
}

@test "trap_receiver acknowledges informs" {
    snmpinform -v2c -c public -r 0 -t 5 "$receiver" 42 .1.3.6.1.6.3.1.1.5.1
    v3 snmpinform -r 0 -t 5 "$receiver" 43 .1.3.6.1.6.3.1.1.5.2
    grep -q '^inform of version 2c by public from udp:127.0.0.1:' "$work/out"
    grep -q '^inform of version 3 by operator from udp:127.0.0.1:' "$work/out"
    [ ! -s "$work/err" ]
}

@test "trap_receiver does not hear strangers, and says so" {
    run snmpinform -v2c -c private -r 0 -t 0.3 "$receiver" 42 .1.3.6.1.6.3.1.1.5.1
    [ "$status" -eq 1 ]
    run snmpinform -v3 -l noAuthNoPriv -u nobody -r 0 -t 0.3 "$receiver" 42 .1.3.6.1.6.3.1.1.5.1
    [ "$status" -eq 1 ]
    [ "$(wc -l <"$work/out")" -eq 1 ]
    grep -q 'is not taken: unknown community$' "$work/err"
    grep -q 'is not taken: unknown user name "nobody"$' "$work/err"
}
