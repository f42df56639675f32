# SPDX-License-Identifier: BSD-3-Clause
# snmptrapd-lite beside Net-SNMP's snmptrapd: the same notifications of Net-SNMP's tools, and of pysnmp, to both; what
# they log and what their programs read is the same, octet by octet.

load ../support/daemon.bash
load ../cli/tools.bash

PASSPHRASE='a long passphrase'
ENGINE=0x8000000001020304
OWN=.1.3.6.1.4.1.9999
TEXT=.1.3.6.1.2.1.1.5.0

setup_file() {
    command -v snmptrap >/dev/null && command -v snmptrapd >/dev/null || return 0
    export THEIRS
    THEIRS=$(dirname "$(command -v snmptrap)")
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmptrapd)'
    work=$BATS_TEST_TMPDIR
    pids=
    export HOME=$work SNMPCONFPATH=$work/none MIBS=
}

teardown() {
    local pid
    for pid in $pids; do
        kill "$pid" 2>/dev/null || :
        wait_gone "$pid" || kill -9 "$pid" 2>/dev/null || :
    done
}

# start SIDE PROGRAM OPTION...: with the lines in $work/conf, where @SIDE@ is the side; sets $ours or $theirs, its
# address, and logs to $work/SIDE.
start() {
    local side=$1 program=$2 address
    shift 2
    address=127.0.0.1:$(free_port)
    sed "s/@SIDE@/$side/g" "$work/conf" >"$work/$side.conf"
    mkdir -p "$work/$side.state/cert_indexes"
    SNMP_PERSISTENT_DIR=$work/$side.state "$program" -f -C -c "$work/$side.conf" -Lf "$work/$side" "$@" \
        "udp:$address" </dev/null >"$work/$side.out" 2>&1 3>&- &
    pids="$pids $!"
    until_true 10 grep -q "NET-SNMP version" "$work/$side" || { cat "$work/$side" "$work/$side.out"; return 1; }
    eval "$side=\$address"
}

# start_both OPTION...: with the configuration in $work/conf.
start_both() {
    start theirs snmptrapd "$@"
    start ours "$top_builddir/apps/snmptrapd-lite/snmptrapd-lite" "$@"
}

# Ports, engine IDs that each side has made for itself and times differ.
normalise() {
    sed -E -e 's/\[127\.0\.0\.1\]:[0-9]+/[A]:P/g' -e 's/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}/TIME/' \
        -e '/NET-SNMP version/d' "$1"
}

# same [FILE]: whether both have written the same, and something; a last trap shows that all is there.
same() {
    local side name=${1:-}
    for side in theirs ours; do
        "$THEIRS/snmptrap" -v2c -c public "${!side}" 1 $OWN.99 $TEXT s 'the last one'
        until_true 10 grep -qF 'the last one' "$work/$side$name"
        normalise "$work/$side$name" >"$work/$side.normal"
    done
    [ "$(wc -l <"$work/ours.normal")" -ge 3 ]
    diff -a "$work/theirs.normal" "$work/ours.normal"
}

# Whether both have run as many programs, and some.
same_count() {
    sleep 0.1
    [ "$(wc -l <"$work/ours.ran")" -eq "$(wc -l <"$work/theirs.ran")" ] && [ "$(tail -n 1 "$work/ours.ran")" != "$(grep '^--' "$work/ours.ran" | tail -n 1)" ]
}

# Each sends to both.
both() {
    local tool=$1 side
    shift
    for side in theirs ours; do
        eval "\"\$THEIRS/$tool\" ${*//@/${!side}}"
    done
}

send_all() {
    local v3="-v3 -a SHA -A '$PASSPHRASE' -x AES -X '$PASSPHRASE' -l authPriv -t 2"
    both snmptrap "-v1 -c public @ $OWN 10.1.2.3 6 7 42 $TEXT s hello .1.3.6.1.2.1.2.2.1.1.3 i 3"
    both snmptrap "-v1 -c public @ $OWN 0.0.0.0 2 0 123456789"
    both snmptrap "-v1 -c public @ $OWN 10.1.2.3 4 0 1 $TEXT x 00ff"
    both snmptrap "-v2c -c public @ 8640042 .1.3.6.1.6.3.1.1.5.3 $TEXT s 'a\"b
c' $TEXT x 00ff01 $TEXT a 1.2.3.4 $TEXT o .1.3.6.1 $TEXT t 42 $TEXT c 7 $TEXT u 8 $TEXT s ''"
    both snmptrap "-v2c -c public @ 42 .1.3.6.1.6.3.1.1.5"
    both snmpinform "-v2c -c public @ 42 .1.3.6.1.6.3.1.1.5.4 $TEXT s inform"
    both snmptrap "-v2c -c stranger @ 42 .1.3.6.1.6.3.1.1.5.4 $TEXT s stranger"
    both snmptrap "-e $ENGINE $v3 -u sender @ 42 .1.3.6.1.6.3.1.1.5.1 $TEXT s of-v3"
    both snmpinform "$v3 -u receiver -n context @ 42 .1.3.6.1.6.3.1.1.5.2 $TEXT s inform-of-v3"
}

allow() {
    cat <<END
authCommunity log,execute,net public
createUser -e $ENGINE sender SHA "$PASSPHRASE" AES
createUser receiver SHA "$PASSPHRASE" AES
authUser log,execute,net sender priv
authUser log,execute,net receiver priv
END
}

@test "the log is the same" {
    allow >"$work/conf"
    start_both
    send_all
    both snmptrap "-v1 -c public @ $OWN 10.1.2.3 9 5 8640042"
    same
}

@test "the log is the same with -On, with -Oqs, and without names" {
    allow >"$work/conf"
    start_both -n -On
    both snmptrap "-v2c -c public @ 42 .1.3.6.1.6.3.1.1.5.3 $TEXT s hello"
    same
}

@test "each letter of a format says the same" {
    allow >"$work/conf"
    start_both -F '%a|%A|%b|%B|%N|%P|%q|%s|%S|%T|%#T|%u|%w|%W|%v|%#v|%V / %v|%V;%#v|%z|%%|\t\x\\\%\n'
    send_all
    same
}

@test "width, precision and flags do the same" {
    allow >"$work/conf"
    start_both -F '%8w|%08w|%-8w|%.8w|%8q|%.4q|%08.4q|%8s|%.4s|%8S|%20T|%#30T|%-8T|%.4y|%8y|%20W|%-20W|%.5W|%50P|%40N|%20a|%20B|%.3B|%30.4#T|%v\n'
    send_all
    same
}

@test "format1, format2 and outputOption of the configuration do the same" {
    { allow; printf '%s\n' 'format1 one %W %q %v\n' 'format2 two %P %v\n' 'outputOption qn'; } >"$work/conf"
    start_both
    send_all
    same
}

@test "programs read the same, with their names and in the order of the lines" {
    {
        allow
        cat <<END
traphandle .1.3.6.1.6.3.1.1.5.3 { echo exact; cat; } >>$work/@SIDE@.handled
traphandle .1.3.6.1.6.3.1.1.5.* { echo below; cat; } >>$work/@SIDE@.handled
traphandle $OWN* { echo under; cat; } >>$work/@SIDE@.handled
traphandle default { echo default; cat; } >>$work/@SIDE@.handled
END
    } >"$work/conf"
    start_both
    send_all
    # ours may run the programs of two lines side by side: what each has read is compared in the order of its words
    for side in theirs ours; do
        "$THEIRS/snmptrap" -v2c -c public "${!side}" 1 $OWN.99 $TEXT s 'the last one'
        until_true 10 grep -qF 'the last one' "$work/$side.handled"
        until_true 10 grep -qF 'inform-of-v3' "$work/$side.handled"
        normalise "$work/$side.handled" | sort >"$work/$side.normal"
    done
    [ "$(grep -c '^exact$\|^below$\|^under$\|^default$' "$work/ours.normal")" -ge 9 ]
    diff -a "$work/theirs.normal" "$work/ours.normal"
}

@test "the longest OID decides, with all its lines, wherever they stand" {
    local oid side
    {
        echo 'authCommunity log,execute public'
        while read -r mark oid; do
            echo "traphandle $oid echo $mark >>$work/@SIDE@.ran; cat >/dev/null"
        done <<'END'
A .1.3.6.1.6.3.1.1.5*
B .1.3.6.1.6.3.1.1.5.3
C .1.3.6.1.6.3.1.1.5.4
D .1.3.6.1.6.3.1.1*
E .1.3.6.1.6.3.1.1.5.4*
F .1.3.6.1.6.3.1.1.5.4.*
G .1.3.6.1.6.3.1.1.5.5.*
H .1.3.6.1.6.3.1.1.5.5
Z default
I .1.3.6.1.4.1.5.*
J .1.3.6.1.4.1.5
K .1.3.6.1.4.1.5*
L .1.3.6.1.4.1.6
M .1.3.6.1.4.1.6.*
END
    } >"$work/conf"
    start_both -On
    for oid in 6.3.1.1.5 6.3.1.1.5.3 6.3.1.1.5.4 6.3.1.1.5.4.1 6.3.1.1.5.5 6.3.1.1.5.5.1 4.1.5 4.1.5.1 4.1.6 4.1.6.1; do
        for side in theirs ours; do
            echo "-- $oid" >>"$work/$side.ran"
            "$THEIRS/snmptrap" -v2c -c public "${!side}" 1 ".1.3.6.1.$oid"
        done
        # one OID has three lines
        until_true 10 same_count || break
    done
    # the lines of one OID run side by side here, one after another there
    for side in theirs ours; do
        awk '/^--/ { if (n) close("sort"); n++ } { print n, $0 }' "$work/$side.ran" | sort >"$work/$side.sorted"
    done
    diff "$work/theirs.sorted" "$work/ours.sorted"
    [ "$(wc -l <"$work/ours.sorted")" -ge 24 ]
}

@test "a notification without snmpTrapOID is refused alike" {
    local side
    printf '%s\n' 'authCommunity log,execute public' "traphandle default echo ran >>$work/@SIDE@.ran" >"$work/conf"
    start_both -On
    for side in theirs ours; do
        # version 2c, "public", SNMPv2-Trap-PDU without variables
        printf '\x30\x18\x02\x01\x01\x04\x06public\xa7\x0b\x02\x01\x07\x02\x01\x00\x02\x01\x00\x30\x00' \
            >"/dev/udp/${!side/://}"
        until_true 10 grep -q 'Cannot find TrapOID in TRAP2 PDU' "$work/$side"
    done
    same
    for side in theirs ours; do
        until_true 10 test -s "$work/$side.ran"
        [ "$(wc -l <"$work/$side.ran")" -eq 1 ] # of the last one
    done
}

@test "format execute does the same" {
    {
        allow
        printf '%s\n' 'format execute %W|%P|%a|%N|%V,%v\n' "traphandle default cat >>$work/@SIDE@.handled"
    } >"$work/conf"
    start_both
    send_all
    same .handled
}

@test "forward sends the same on" {
    command -v python3 >/dev/null || skip 'python3 is not installed'
    echo 'authCommunity log public' >"$work/conf"
    start target snmptrapd -n
    { echo 'authCommunity log,net public'; echo "forward default $target"; } >"$work/conf"
    start_both -n
    for side in theirs ours; do
        "$THEIRS/snmptrap" -v1 -c public "${!side}" $OWN 10.1.2.3 6 7 42 $TEXT s "v1 of $side"
        until_true 10 grep -qF "v1 of $side" "$work/target"
        "$THEIRS/snmptrap" -v2c -c public "${!side}" 42 $OWN.1 $TEXT s "v2 of $side"
        until_true 10 grep -qF "v2 of $side" "$work/target"
    done
    normalise "$work/target" >"$work/target.normal"
    diff <(sed -n '1,5p' "$work/target.normal" | sed 's/theirs/ours/') <(sed -n '6,10p' "$work/target.normal")
}

@test "pysnmp's traps and informs are taken" {
    /usr/bin/python3 -c 'import pysnmp.hlapi' 2>/dev/null || skip 'pysnmp is not installed (package python3-pysnmp4)'
    allow >"$work/conf"
    start ours "$top_builddir/apps/snmptrapd-lite/snmptrapd-lite"
    /usr/bin/python3 - "${ours##*:}" "$PASSPHRASE" <<'END'
import sys
from pysnmp.hlapi import *
port, passphrase = int(sys.argv[1]), sys.argv[2]
users = [(CommunityData('public', mpModel=0), 'v1'), (CommunityData('public', mpModel=1), 'v2c'),
         (UsmUserData('receiver', passphrase, passphrase, authProtocol=usmHMACSHAAuthProtocol,
                      privProtocol=usmAesCfb128Protocol), 'v3')]
for user, name in users:
    for kind in ['trap'] if name == 'v1' else ['inform'] if name == 'v3' else ['trap', 'inform']:
        error, status, _, _ = next(sendNotification(
            SnmpEngine(), user, UdpTransportTarget(('127.0.0.1', port), timeout=3, retries=0), ContextData(), kind,
            NotificationType(ObjectIdentity('1.3.6.1.6.3.1.1.5.2')).addVarBinds(
                ('1.3.6.1.2.1.1.5.0', OctetString('%s of %s' % (kind, name))))))
        assert not error and not status, (name, kind, error, status)
END
    for text in 'trap of v1' 'trap of v2c' 'inform of v2c' 'inform of v3'; do
        until_true 5 grep -qF "STRING: \"$text\"" "$work/ours"
    done
}
