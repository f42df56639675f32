# SPDX-License-Identifier: BSD-3-Clause
# snmpset: the peer answers with what it was told.

load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

set_prints() {
    local expected=$1
    shift
    call snmpset -v2c -c p -Ov "$PEER" "$(value 1)" "$@"
    [ "$status" -eq 0 ]
    [ "$out" = "$expected" ]
}

set_refuses() {
    local expected=$1
    shift
    call snmpset -v2c -c p "$PEER" "$(value 1)" "$@"
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [ "$(head -n 1 <<<"$err")" = "$expected" ]
}

@test "each type is sent" {
    set_prints 'INTEGER: 5' i 5
    set_prints 'Gauge32: 4294967295' u 4294967295
    set_prints 'Timeticks: (100) 0:00:01.00' t 100
    set_prints 'IpAddress: 192.0.2.1' a 192.0.2.1
    set_prints 'OID: iso.3.6.1' o .1.3.6.1
    set_prints 'STRING: "a b"' s 'a b'
    set_prints 'STRING: "AB"' x '41 42'
    set_prints 'STRING: "AB"' d 65.66
    set_prints 'Hex-STRING: 00 00 08 ' b 20
    set_prints 'NULL' n x
    set_prints 'Opaque: UInt64: 5' U 5
    set_prints 'Opaque: Int64: -5' I -5
    set_prints 'Opaque: Float: 1.500000' F 1.5
    set_prints 'Opaque: Float: -2.500000' D -2.5
}

@test "values may begin with a dash" {
    set_prints 'INTEGER: -1' i -1
    set_prints 'INTEGER: -3' i -3
    set_prints 'STRING: "-On"' s -On
    set_prints 'STRING: "--"' s --
}

@test "several variables are set at once" {
    call snmpset -v2c -c p -Oqv "$PEER" "$(value 1)" i -7 "$(value 2)" s x "$(value 3)" i 9
    [ "$out" = '-7
"x"
9' ]
}

@test "-Cq prints nothing on success" {
    call snmpset -Cq -v2c -c p "$PEER" "$(value 1)" i 5
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    call snmpset -C q -v2c -c err5 "$PEER" "$(value 1)" i 5
    [ "$status" -eq 2 ]
}

@test "what is wrong with a value is said" {
    set_refuses "$(value 1): Bad object type: q" q 1
    set_refuses "$(value 1): Needs value" i
    set_refuses "$(value 1): Needs type and value"
    set_refuses "$(value 1): Value out of range (x)" i x
    set_refuses "$(value 1): Value out of range (4294967296)" i 4294967296
    set_refuses "$(value 1): Bad value notation (x)" u x
    set_refuses "$(value 1): Bad variable type (\"=\")" = up
    set_refuses "-On: Needs type and value" i 1 -On
}

@test "all that is wrong is said at once" {
    call snmpset -v2c -c p "$PEER" 1.x i 1 "$(value 1)" i x
    [ "$status" -eq 1 ]
    [ "$err" = "1.x: Unknown Object Identifier (x)
$(value 1): Value out of range (x)" ]
}

@test "values are given by their names" {
    unset MIBS
    call snmpset -v2c -c p "$PEER" sysContact.0 = 'a b' ifAdminStatus.2 = down ifPhysAddress.2 s 0:1b:2:3:4:ff
    [ "$status" -eq 0 ]
    [ "$out" = 'SNMPv2-MIB::sysContact.0 = STRING: a b
IF-MIB::ifAdminStatus.2 = INTEGER: down(2)
IF-MIB::ifPhysAddress.2 = STRING: 0:1b:2:3:4:ff' ]
}

@test "nothing is sent that the MIB does not allow" {
    unset MIBS
    call snmpset -v2c -c p "$PEER" sysContact.0 i 5 ifAdminStatus.2 = sideways sysServices.0 i 128 sysName.x s y
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [ "$err" = 'sysContact.0: Bad variable type (Type of attribute is OCTET STRING, not INTEGER)
ifAdminStatus.2: Value out of range (sideways)
sysServices.0: Value out of range (128 :: {(0..127)})
sysName.x: Unknown Object Identifier (x)' ]
    call snmpset -v2c -c p -Ir "$PEER" sysServices.0 i 128
    [ "$out" = 'SNMPv2-MIB::sysServices.0 = INTEGER: 128' ]
}
