# SPDX-License-Identifier: BSD-3-Clause
# snmp.conf

load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

# with LINE...: a configuration of these lines
with() {
    mkdir -p "$BATS_TEST_TMPDIR/conf"
    printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/conf/snmp.conf"
    export SNMPCONFPATH=$BATS_TEST_TMPDIR/conf
}

@test "Debian's snmp.conf is read in silence" {
    with '# loading of MIBs is disabled' 'mibs :' '# mibdirs /usr/share/snmp/mibs'
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    [ -z "$err" ]
}

@test "version, community and timing have defaults" {
    with 'defVersion 2c' 'defCommunity silent' 'timeout 1' 'retries 0'
    call snmpget "$PEER" "$(value 1)"
    [ "$err" = "Timeout: No Response from $PEER." ]
    call snmpget -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    with 'defCommunity "p"' 'defVersion 1'
    call snmpget -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
}

@test "the default port is that of hosts which name none" {
    with "defaultPort ${PEER#*:}"
    call snmpget -v2c -c p -Oqv 127.0.0.1 "$(value 1)"
    [ "$out" = 42 ]
}

@test "an alias stands for an address" {
    with "alias agent udp:$PEER"
    call snmpget -v2c -c p -Oqv alias:agent "$(value 1)"
    [ "$out" = 42 ]
}

@test "tokens stand for letters of -O" {
    with 'printNumericOids yes'
    call snmpget -v2c -c p "$PEER" "$(value 1)"
    [ "$out" = '.1.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    with 'quickPrinting true' 'printValueOnly 1'
    call snmpget -v2c -c p "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    with 'oidOutputFormat 3' 'numericTimeticks on' 'numericTimeticks 1'
    call snmpget -v2c -c p "$PEER" "$(value 23)"
    [ "$out" = '.iso.3.6.1.4.1.99999.23.0 = 123456789' ]
    [[ "$err" == *'line 2: Error: Should be yes|no|true|false|0|1'* ]]
    with 'hexOutputLength 8'
    call snmpget -v2c -c p -Ov "$PEER" "$(value 14)"
    [ "$out" = 'Hex-STRING: F0 F1 F2 F3 F4 F5 F6 F7 
F8 F9 FA FB FC FD FE FF ' ]
    with 'outputPrecision .1'
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 30)"
    [ "$out" = 1.2 ]
}

@test "a bad line is reported with its place and has no effect" {
    with 'nosuchtoken 1' 'timeout x' 'defVersion 9' '[snmp] printNumericOids 1'
    call snmpget -v2c -c p "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = '.1.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    [[ "$err" == *"$BATS_TEST_TMPDIR/conf/snmp.conf: line 1: Warning: Unknown token: nosuchtoken."* ]]
    [[ "$err" == *'snmp.conf: line 2: Error: Bad integer value'* ]]
    [[ "$err" == *'snmp.conf: line 3: Error: Unknown version specification'* ]]
    with 'noTokenWarnings 1' 'nosuchtoken 1'
    call snmpget -v2c -c p "$PEER" "$(value 1)"
    [ -z "$err" ]
}

@test "a version can be disabled" {
    with 'disableSNMPv1 yes'
    call snmpget -v1 -c p "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    [[ "$err" == *'disabled by the configuration'* ]]
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
}

@test "what has no effect yet is checked all the same" {
    with 'defAuthType BAD' 'defPrivType BAD' 'defSecurityLevel priv' 'clientSendBuf x' '16bitIDs x' 'defAuthType SHA-256'
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    [ "$(sed 's/.*snmp.conf: //' <<<"$err")" = 'line 1: Error: Unknown authentication type
line 2: Error: Unknown privacy type
line 3: Error: Unknown security level: priv
line 4: Error: Bad integer value
line 5: Error: Should be yes|no|true|false|0|1
net-snmp: 5 error(s) in config file(s)' ]
}

@test "what is known but not built yet is a warning" {
    with 'defDomain snmp tcp'
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    [[ "$err" == *'line 1: Warning: '*'not built yet'* ]]
}
