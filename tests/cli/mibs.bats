#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# Which MIB modules give names: -m, -M, -P, the environment, snmp.conf, and files in directories.
bats_require_minimum_version 1.5.0

setup_file() {
    load tools
    start_peer
}

teardown_file() {
    load tools
    stop_peer
}

setup() {
    load tools
    unset MIBS MIBDIRS MIBFILES
    export HOME=$BATS_TEST_TMPDIR SNMPCONFPATH=$BATS_TEST_TMPDIR/conf
    DIR=$BATS_TEST_TMPDIR/mibs
    mkdir -p "$SNMPCONFPATH" "$DIR"
}

with() {
    printf '%s\n' "$@" >"$SNMPCONFPATH/snmp.conf"
}

# module NAME NODE [FILE [DIRECTORY]]: a module whose one node is the parent of the peer's value 1.
module() {
    printf '%s\n' "$1 DEFINITIONS ::= BEGIN" 'IMPORTS enterprises FROM SNMPv2-SMI;' \
        "$2 OBJECT IDENTIFIER ::= { enterprises 99999 1 }" END >"${4-$DIR}/${3-$1}"
}

# reads NAME OPTIONS...: the peer's value is there under that name.
reads() {
    local name=$1
    shift
    call snmpget -v2c -c p -Oqv "$@" "$PEER" "$name"
    [ "$status" -eq 0 ] && [ "$out" = 42 ] && [ -z "$err" ]
}

# unknown NAME OPTIONS...
unknown() {
    local name=$1
    shift
    call snmpget -v2c -c p "$@" "$PEER" "$name"
    [ "$status" -eq 1 ] && [ -z "$out" ] && [[ "$err" == *"$name: Unknown Object Identifier"* ]]
}

# modules OPTIONS...: those that are asked for and missing, in their order, by the messages.
modules() {
    call snmpget -v2c -c p "$@" "$PEER" "$(value 1)"
    [ "$status" -eq 0 ] || return 1
    missing=$(sed -n 's/^Cannot find module (\(.*\)): At line . in (none)$/\1/p' <<<"$err" | tr '\n' ' ')
    path=$(sed -n 's/^MIB search path: //p' <<<"$err")
}

@test "names of built-in modules are there without a file" {
    reads enterprises.99999.1.0
    reads SNMPv2-SMI::enterprises.99999.1.0
    reads .iso.org.dod.internet.private.enterprises.99999.1.0
}

@test "no file is touched while built-in modules do" {
    command -v strace >/dev/null || skip "there is no strace"
    strace -f -e trace=%file -o "$BATS_TEST_TMPDIR/trace" snmpget -v2c -c p "$PEER" IF-MIB::ifNumber.0 \
        >/dev/null || skip "strace does not work here"
    grep -q snmp.conf "$BATS_TEST_TMPDIR/trace"
    run ! grep '/mibs' "$BATS_TEST_TMPDIR/trace"
}

@test "a missing module is said, with the search path, and the command goes on" {
    call snmpget -v2c -c p -Oqv -m A-MIB:IF-MIB:B-MIB:A-MIB -M "$DIR:/nowhere" "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 42 ]
    [ "$err" = "MIB search path: $DIR:/nowhere
Cannot find module (A-MIB): At line 0 in (none)
Cannot find module (B-MIB): At line 0 in (none)
Cannot find module (A-MIB): At line 0 in (none)" ]
}

@test "messages about modules go where all messages go" {
    call snmpget -v2c -c p -Oqv -m A-MIB -Lo "$PEER" "$(value 1)"
    [ "$(wc -l <<<"$out")" -eq 3 ]
    call snmpget -v2c -c p -Oqv -m A-MIB -Ln "$PEER" "$(value 1)"
    [ -z "$err" ]
    [ "$out" = 42 ]
}

@test "-m is a list, or adds to the default one" {
    modules -m A:B -M /nowhere
    [ "$missing" = 'A B ' ]
    unknown ifNumber -m SNMPv2-MIB
    for list in +A -A; do
        modules -m "$list" -M /nowhere
        [ "$missing" = 'A ' ]
        call snmpget -v2c -c p -m "$list" -Ln "$PEER" ifNumber.0
        [ "$status" -eq 0 ]
    done
}

@test "an empty list turns names off" {
    for list in '' :; do
        unknown enterprises.99999.1.0 -m "$list"
        reads iso.3.6.1.4.1.99999.1.0 -m "$list"
    done
}

@test "-m comes before MIBS, that before snmp.conf, that before the default" {
    with 'mibs C' 'mibdirs /c'
    modules
    [ "$missing" = 'C ' ]
    MIBS=E modules
    [ "$missing" = 'E ' ]
    MIBS=E modules -m O
    [ "$missing" = 'O ' ]
    MIBS=+E modules -m ''
    [ "$missing" = '' ]
}

@test "-M comes before MIBDIRS, that before snmp.conf, that before the default" {
    local usual=$HOME/.snmp/mibs:/usr/share/snmp/mibs:/usr/share/snmp/mibs/iana:/usr/share/snmp/mibs/ietf
    modules -m X
    [ "$path" = "$usual" ]
    with 'mibdirs /c'
    modules -m X
    [ "$path" = /c ]
    MIBDIRS=/e modules -m X
    [ "$path" = /e ]
    MIBDIRS=/e modules -m X -M /a -M /o
    [ "$path" = /o ]
    modules -m X -M +/o
    [ "$path" = "$usual:/o" ]
    MIBDIRS=-/e modules -m X
    [ "$path" = "/e:$usual" ]
    # shellcheck disable=SC2016
    modules -m X -M '/a/$HOME:$HOME'
    [ "$path" = "/a/$HOME:$HOME" ]
}

@test "lines of snmp.conf add to those before them" {
    with 'mibs A' 'mibs +B:C' 'mibs -D' 'mibdirs /a' 'mibdirs +/b' 'mibdirs -/c'
    modules
    [ "$missing" = 'D A B C ' ]
    [ "$path" = /c:/a:/b ]
    with 'mibs A' 'mibs B'
    modules
    [ "$missing" = 'B ' ]
    with 'mibs :' 'mibs +A'
    modules
    [ "$missing" = 'A ' ]
    unknown ifNumber.0
    with 'mibs +A' 'mibs -B' 'mibs +C'
    modules
    [ "$missing" = 'B +A C ' ]
}

@test "snmp.conf turns names off, and the command line on again" {
    with 'mibs :'
    unknown enterprises.99999.1.0
    [ "$err" = 'enterprises.99999.1.0: Unknown Object Identifier (Sub-id not found: (top) -> enterprises)
("mibs :" in snmp.conf turns names off, -m + turns them on)' ]
    unknown 1.x
    [ "$(wc -l <<<"$err")" -eq 1 ]
    unknown nothing -m ''
    [ "$(wc -l <<<"$err")" -eq 1 ]
    reads enterprises.99999.1.0 -m +
    MIBS=+ reads enterprises.99999.1.0
    reads enterprises.99999.1.0 --mibs=SNMPv2-SMI
    reads SNMPv2-SMI::enterprises.99999.1.0
}

@test "a module is found by its file's name, its ending, or its head" {
    for file in A-MIB A-MIB.txt A-MIB.mib A-MIB.my other; do
        module A-MIB aValue "$file"
        reads aValue.0 -m A-MIB -M "$DIR"
        reads aValue.0 -m +A-MIB -M "+$DIR"
        reads A-MIB::aValue.0 -M "$DIR"
        rm "$DIR/$file"
    done
    module A-MIB aValue
    reads aValue.0 -m "$DIR/A-MIB"
    with "mibfile $DIR/A-MIB"
    reads aValue.0
    rm "$SNMPCONFPATH/snmp.conf"
    MIBFILES=$DIR/A-MIB reads aValue.0
}

@test "~/.snmp/mibs is one of the usual directories" {
    mkdir -p "$HOME/.snmp/mibs"
    module A-MIB aValue A-MIB "$HOME/.snmp/mibs"
    reads aValue.0 -m +A-MIB
    reads A-MIB::aValue.0
}

@test "of several directories with a module the last one counts" {
    mkdir "$DIR/a" "$DIR/b"
    module A-MIB one A-MIB "$DIR/a"
    module A-MIB two A-MIB "$DIR/b"
    reads two.0 -m A-MIB -M "$DIR/a:$DIR/b"
    reads one.0 -m A-MIB -M "$DIR/b:$DIR/a"
}

@test "a module that is asked for by name comes from a directory that is" {
    module IF-MIB mine
    unknown mine.0 -M "$DIR"
    reads mine.0 -m IF-MIB -M "$DIR"
    unknown ifNumber.0 -m IF-MIB -M "$DIR"
    module A-MIB other
    sed -i 's/enterprises FROM SNMPv2-SMI/ifNumber FROM IF-MIB &/' "$DIR/A-MIB"
    unknown mine.0 -m A-MIB -M "$DIR"
    reads other.0 -m A-MIB -M "$DIR"
}

@test "ALL is every module: of files, and of those that are built in" {
    module A-MIB aValue a
    reads aValue.0 -m ALL -M "$DIR"
    reads aValue.0 -m all -M "+$DIR"
    unknown ifNumber.0 -m ALL -M "$DIR"
    call snmpget -v2c -c p -m ALL -M "+$DIR" "$PEER" ifNumber.0
    [ "$status" -eq 0 ]
}

@test "what a module misses is said when the module was asked for, or with -Pe" {
    module A-MIB aValue
    sed -i 's/^IMPORTS/&\n  nothing FROM NO-MIB/' "$DIR/A-MIB"
    call snmpget -v2c -c p -Oqv -m A-MIB -M "$DIR" "$PEER" aValue.0
    [ "$out" = 42 ]
    [ "$err" = "MIB search path: $DIR
Cannot find module (NO-MIB): At line 3 in $DIR/A-MIB" ]
    reads aValue.0 -m ALL -M "$DIR"
    call snmpget -v2c -c p -Oqv -m ALL -Pe -M "$DIR" "$PEER" aValue.0
    [[ "$err" == *"Cannot find module (NO-MIB): At line 3 in $DIR/A-MIB" ]]
    with 'showMibErrors no'
    reads aValue.0 -m A-MIB -M "$DIR"
}

@test "letters of -P are those of Net-SNMP" {
    reads "$(value 1)" -P ucdwWR
    reads "$(value 1)" -Pe
    call snmpget -v2c -c p -Puq "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    [ "${err%%$'\n'*}" = 'Unknown parsing option passed to -P: q.' ]
}

@test "no kind of file holds a command up" {
    mkfifo "$DIR/A-MIB" "$DIR/b"
    ln -s /dev/zero "$DIR/zero"
    ln -s nowhere "$DIR/nothing"
    mkdir "$DIR/sub"
    head -c 100000 /dev/urandom >"$DIR/noise"
    call timeout 10 snmpget -v2c -c p -Oqv -m A-MIB -M "$DIR" "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 42 ]
    [[ "$err" == *"$DIR/nothing: No such file or directory"* ]]
    [[ "$err" == *'Cannot find module (A-MIB)'* ]]
    for file in A-MIB sub noise missing zero; do
        call timeout 10 snmpget -v2c -c p -Oqv -m "$DIR/$file" "$PEER" "$(value 1)"
        [ "$status" -eq 0 ]
        [ "$out" = 42 ]
        [ -n "$err" ]
    done
}
