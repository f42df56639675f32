# SPDX-License-Identifier: BSD-3-Clause
# snmptable against our agents.

load ../support/daemon.bash
load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

setup() {
    daemon_setup
    unset MIBS
    PATH=$top_builddir/apps/snmptable:$PATH
    echo 'rocommunity public 127.0.0.1' >"$conf"
}

teardown() {
    daemon_teardown
}

# table FLAGS...: of the agent's interfaces, four columns of which are the same each time.
table() {
    call snmptable -v2c -c public "$@" "$agent" IF-MIB::ifTable
    [ "$status" -eq 0 ]
    [ -z "$err" ]
}

# longest: the length of the longest line of $out.
longest() {
    awk 'length > most { most = length } END { print most + 0 }' <<<"$out"
}

@test "-Ch prints the columns, asks nobody, and needs neither version nor community" {
    call snmptable -Ch -Cl -c public 127.0.0.1 IF-MIB::ifStackTable
    [ "$status" -eq 0 ]
    [ "$out" = "ifStackStatus $(printf '\nIF-MIB::ifStackTable: No entries')" ]
    [ -z "$err" ]
    call snmptable -Ch 127.0.0.1:9 ifXTable
    [ "${out%%$'\n'*}" = " $(echo ifName if{In,Out}{Multicast,Broadcast}Pkts \
        ifHC{In,Out}{Octets,UcastPkts,MulticastPkts,BroadcastPkts} ifLinkUpDownTrapEnable ifHighSpeed \
        ifPromiscuousMode ifConnectorPresent ifAlias ifCounterDiscontinuityTime)" ]
    call snmptable -d -Ch -v2c -c public "$PEER" ifTable
    [ -z "$(grep Sending <<<"$out$err")" ]
    call snmptable -ChH 127.0.0.1 ifTable
    [ "$out" = 'IF-MIB::ifTable: No entries' ]
}

@test "-Cb takes off what all labels begin with" {
    call snmptable -Chb 127.0.0.1 sysORTable
    [ "${out%%$'\n'*}" = ' ID Descr UpTime' ]
    call snmptable -Chbil 127.0.0.1 SNMP-NOTIFICATION-MIB::snmpNotifyTable
    [ "${out%%$'\n'*}" = 'index Tag Type StorageType RowStatus ' ]
}

@test "a table has a title, labels and a row for each index" {
    start_agent
    table
    [ "$(sed -n 1,2p <<<"$out")" = 'SNMP table: IF-MIB::ifTable' ]
    [ "$(sed -n 3p <<<"$out" | awk '{ print $1, $2, NF }')" = 'ifIndex ifDescr 22' ]
    sed 1,3d <<<"$out" | awk '{ print $1, $2, $3 }' >"$work/rows"
    grep -qx '[0-9]* lo softwareLoopback' "$work/rows"
    snmpwalk -v2c -c public -Oqv "$agent" ifIndex >"$work/indexes"
    awk '{ print $1 }' "$work/rows" | diff "$work/indexes" -
    # all as long as the labels
    [ "$(sed 1,2d <<<"$out" | awk '{ print length }' | sort -u | wc -l)" -eq 1 ]
}

@test "a table takes few round trips" {
    start_agent
    call snmptable -d -v2c -c public "$agent" sysORTable
    rows=$(snmpwalk -v2c -c public "$agent" sysORID | wc -l)
    [ "$rows" -ge 1 ]
    [ "$(grep -c '^Sending' <<<"$out$err")" -eq 1 ]
}

@test "without a header, with an index, at the left, delimited" {
    start_agent
    table -CH
    [ "$(head -n 1 <<<"$out" | awk '{ print $1 }')" = 1 ]
    table -Ci
    [ "$(sed -n 3p <<<"$out" | awk '{ print $1, $2 }')" = 'index ifIndex' ]
    [ "$(sed -n 4p <<<"$out" | awk '{ print $1, $2 }')" = '1 1' ]
    table -CHil
    [[ $out == '1     1       lo'* ]]
    table -CHi -Cf ' | '
    [[ $out == '1 | 1 | lo | softwareLoopback | '* ]]
    table -CHf ';'
    [[ $out == '1;lo;softwareLoopback;'* ]]
    table -CHf ''
    [[ $out == '1losoftwareLoopback'* ]]
}

@test "-Cw prints the table in parts, -Cc in columns of one width" {
    start_agent
    table -Cw 60
    [ "$(longest)" -le 60 ]
    [ "$(grep -c '^SNMP table IF-MIB::ifTable, part [0-9]*$' <<<"$out")" -ge 3 ]
    table -Ciw 60
    [ "$(grep -c '^ *index ' <<<"$out")" -ge 4 ]
    table -Cw 1
    [ "$(grep -c ', part 22$' <<<"$out")" -eq 1 ]
    table -Cc 10
    [ "$(longest)" -eq 220 ]
    grep -q '^   ifIndex   ifDescr    ifType' <<<"$out"
    table -Cilc 10 -Cw 35
    [ "$(longest)" -eq 30 ]
    grep -qx 'index: 1' <<<"$out"
    [ "$(grep -c part <<<"$out")" -eq 0 ]
    table -CHwf 20 ' and '
    [[ $out == '1 and lo'$'\n'* ]]
}

@test "in version 1 what it has not is a hole" {
    start_agent
    call snmptable -v1 -c public -Cf , -CH "$agent" IF-MIB::ifXTable
    [ "$status" -eq 0 ]
    [[ $out == lo,*,'?,?,?,?,?,?,?,?,'* ]]
    call snmptable -v2c -c public -CB -Cf , -CH "$agent" IF-MIB::ifXTable
    [[ $out == lo,* ]]
    [ "$(grep -c '?,?' <<<"$out")" -eq 0 ]
}

@test "letters of -O apply to values, labels and indexes" {
    start_agent
    table -CHf , -Oq
    [[ $out == 'INTEGER: 1,STRING: lo,INTEGER: softwareLoopback(24)'* ]]
    table -CHf , -Oe
    [[ $out == '1,lo,24,'* ]]
    table -CHif , -OX
    [[ $out == '[1],1,lo,'* ]]
    table -Os
    [[ $out == 'SNMP table: ifTable'* ]]
    table -Of
    [[ $out == 'SNMP table: .iso.org.dod.internet.mgmt.mib-2.interfaces.ifTable'* ]]
    call snmptable -v2c -c public -On "$agent" ifTable
    [ "$status" -eq 1 ]
    [ "$err" = 'Was that a table? .1.3.6.1.2.1.2.2' ]
}

@test "an empty table has no entries" {
    start_agent
    for flags in -v1 -v2c '-v2c -CB' '-v2c -CH'; do
        # shellcheck disable=SC2086
        call snmptable $flags -c public "$agent" SNMP-TARGET-MIB::snmpTargetAddrTable
        [ "$status" -eq 0 ]
        [ "${out#End of MIB$'\n'}" = 'SNMP-TARGET-MIB::snmpTargetAddrTable: No entries' ]
    done
}

@test "what is no table is told from one" {
    for name in IF-MIB::ifEntry ifDescr ifDescr.1 sysDescr.0 interfaces mib-2 iso enterprises; do
        call snmptable -v2c -c public "$PEER" "$name"
        [ "$status" -eq 1 ]
        [ -z "$out" ]
        [[ $err == 'Was that a table? '* ]]
    done
    call snmptable -m '' -v2c -c public "$PEER" .1.3.6.1.2.1.2.2
    [ "$err" = 'Was that a table? iso.3.6.1.2.1.2.2' ]
    call snmptable -v2c -c public "$PEER" xyzzy
    [ "$status" -eq 1 ]
    [[ $err == 'xyzzy: Unknown Object Identifier'* ]]
}

@test "the agent's errors are reported, without half a table" {
    call snmptable -v2c -c err5 "$PEER" ifTable
    [ "$status" -eq 2 ]
    [ -z "$out" ]
    [ "$err" = 'Error in packet.
Reason: (genError) A general failure occured' ]
    call snmptable -v2c -c err2 "$PEER" ifTable
    [ "$status" -eq 0 ]
    [ "$out" = 'End of MIB
IF-MIB::ifTable: No entries' ]
    call snmptable -v2c -c silent -t 0.1 -r 0 "$PEER" ifTable
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [[ $err == "Timeout: No Response from $PEER"* ]]
}

@test "the arguments of -C are words of their own, and told when they are wrong" {
    call snmptable -v2c -c public -Cq "$PEER" ifTable
    [ "$status" -eq 1 ]
    [ "${err%%$'\n'*}" = 'Bad option after -C: q' ]
    for bad in 'w 0' 'w x' 'c 2' 'r 0' 'r -1' 'c 999999'; do
        # shellcheck disable=SC2086
        call snmptable -v2c -c public -C$bad "$PEER" ifTable
        [ "$status" -eq 1 ]
        [ "${err##*$'\n'}" = "Bad -C${bad% *} option: ${bad#* }" ]
    done
    call snmptable -v2c -c public "$PEER" ifTable -Cf
    [ "$status" -eq 1 ]
    [ "${err##*$'\n'}" = 'Bad -Cf option: no argument given' ]
    for operands in '' 'ifTable ifXTable'; do
        # shellcheck disable=SC2086
        call snmptable -v2c -c public "$PEER" $operands
        [ "$status" -eq 1 ]
        [ "${err%%$'\n'*}" = 'Must have exactly one table name' ]
    done
}
