# SPDX-License-Identifier: BSD-3-Clause
# snmptranslate alone: what a machine without any MIB file and without Net-SNMP shows.

load tools.bash

setup_file() {
    export SNMPCONFPATH=$BATS_FILE_TMPDIR SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR HOME=$BATS_FILE_TMPDIR LC_ALL=C
    export PATH=$top_builddir/apps/snmptranslate:$PATH
    unset MIBS MIBDIRS
}

@test "names of built-in modules and their numbers" {
    call snmptranslate -On IF-MIB::ifDescr.3
    [ "$out" = .1.3.6.1.2.1.2.2.1.2.3 ]
    call snmptranslate .1.3.6.1.2.1.2.2.1.2.3 1.3.6.1.2.1.1.3.0
    [ "$out" = "$(printf 'IF-MIB::ifDescr.3\n\nDISMAN-EVENT-MIB::sysUpTimeInstance')" ]
    call snmptranslate -Of SNMPv2-MIB::sysName
    [ "$out" = .iso.org.dod.internet.mgmt.mib-2.system.sysName ]
}

@test "a definition tells type, labels and place" {
    call snmptranslate -Td IF-MIB::ifAdminStatus
    [ "$status" -eq 0 ]
    [ "$out" = "$(printf '%s\n' 'IF-MIB::ifAdminStatus' 'ifAdminStatus OBJECT-TYPE' '  -- FROM	IF-MIB' \
        '  SYNTAX	INTEGER {up(1), down(2), testing(3)} ' '  MAX-ACCESS	read-write' '  STATUS	current' \
        '::= { iso(1) org(3) dod(6) internet(1) mgmt(2) mib-2(1) interfaces(2) ifTable(2) ifEntry(1) 7 }')" ]
}

@test "a definition of a file has its description" {
    printf '%s\n' 'ACME-MIB DEFINITIONS ::= BEGIN' 'IMPORTS OBJECT-TYPE, enterprises FROM SNMPv2-SMI;' \
        'acmeHeat OBJECT-TYPE SYNTAX INTEGER UNITS "degrees" MAX-ACCESS read-only STATUS current' \
        '  DESCRIPTION "How hot' '     it is." ::= { enterprises 99999 1 }' END >"$BATS_TEST_TMPDIR/ACME-MIB.txt"
    call snmptranslate -M "+$BATS_TEST_TMPDIR" -m +ACME-MIB -Td ACME-MIB::acmeHeat
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *'DESCRIPTION	"How hot
     it is."'* ]]
    [[ $out == *'UNITS		"degrees"'* ]]
}

@test "a tree shows the index" {
    call snmptranslate -Tp IF-MIB::ifStackTable
    [[ $out == '+--ifStackTable(2)
   |
   +--ifStackEntry(1)
      |  Index: ifStackHigherLayer, ifStackLowerLayer
      |
      +-- ---- Integer32 ifStackHigherLayer(1)'* ]]
}

@test "bare names need -IR, and unknown ones end with 2" {
    call snmptranslate sysName
    [ "$status" -eq 2 ]
    [ "$err" = 'sysName: Unknown Object Identifier (Sub-id not found: (top) -> sysName)' ]
    call snmptranslate -IR sysName.0
    [ "$out" = SNMPv2-MIB::sysName.0 ]
    call snmptranslate -IR nope
    [ "$status" -eq 2 ]
    [ "$err" = 'Unknown object identifier: nope' ]
    call snmptranslate .1.3.6.1.2.1.1 IF-MIB::nope .1.3
    [ "$status" -eq 2 ]
    [ "$out" = SNMPv2-MIB::system ]
}

@test "regular expressions" {
    call snmptranslate -TB '^ifHCInOct' nothing
    [ "$status" -eq 0 ]
    [ "$out" = IF-MIB::ifHCInOctets ]
    call snmptranslate -TB '('
    [ "$status" -eq 1 ]
    [ "$err" = 'Unable to find a matching object identifier for "("' ]
    call snmptranslate -TB '((((((((((a{9}){9}){9}){9}){9}){9}){9})))'
    [ "$status" -eq 1 ]
}

@test "nothing to do, and what is no option here, show the usage" {
    call snmptranslate
    [ "$status" -eq 1 ]
    [[ $err == USAGE:* ]]
    call snmptranslate -Td
    [ "$status" -eq 1 ]
    call snmptranslate -c public .1
    [ "$status" -eq 1 ]
    [[ $err == "snmptranslate: invalid option -- 'c'"* ]]
    call snmptranslate -Tx .1
    [ "$status" -eq 1 ]
    [[ $err == 'Invalid -T<lostpad> character: x'* ]]
    call snmptranslate -w 0 .1
    [ "$status" -eq 1 ]
    [[ $err == 'Invalid width specification: 0'* ]]
}

@test "a report may be longer than the memory for it" {
    awk 'BEGIN {
        for (long = "n"; length(long) < 200;) long = long "ame"
        print "LONG-MIB DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI;"
        for (i = 0; i < 50000; i++) printf "%s%d OBJECT IDENTIFIER ::= { enterprises 99999 %d }\n", long, i, i
        print "END"
    }' >"$BATS_TEST_TMPDIR/LONG-MIB.txt"
    for letters in lz a p; do
        snmptranslate -M "+$BATS_TEST_TMPDIR" -m LONG-MIB -T$letters >"$BATS_TEST_TMPDIR/out"
        [ "$(grep -c ame49999 "$BATS_TEST_TMPDIR/out")" -ge 1 ]
    done
    snmptranslate -M "+$BATS_TEST_TMPDIR" -m LONG-MIB -Os -TB '^name' >"$BATS_TEST_TMPDIR/out"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 50000 ]
}
