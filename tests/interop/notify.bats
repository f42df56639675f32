# SPDX-License-Identifier: BSD-3-Clause
# Traps and informs: ours at Net-SNMP's snmptrapd, and what Net-SNMP's programs and ours send, octet by octet.

load ../cli/tools.bash
load ../support/snmptrapd.bash

ENGINE=0x8000000001020304
COLD=.1.3.6.1.6.3.1.1.5.1
TEXT=.1.3.6.1.4.1.9999.1.0
AUTH='-a SHA -A maplesyrup'
PRIV='-x AES -X maplesyrup'

setup_file() {
    command -v snmptrap >/dev/null && command -v snmptrapd >/dev/null || return 0
    export THEIRS
    THEIRS=$(dirname "$(command -v snmptrap)")
    use_tools
    export PATH=$top_builddir/apps/snmptrap:$PATH
    start_snmptrapd <<END
authCommunity log public
createUser -e $ENGINE sender SHA maplesyrup AES maplesyrup
createUser -e $ENGINE sender256 SHA-256 maplesyrup AES maplesyrup
createUser receiver SHA maplesyrup AES maplesyrup
createUser receiver256 SHA-256 maplesyrup AES maplesyrup
authUser log sender noauth
authUser log sender256 noauth
authUser log receiver noauth
authUser log receiver256 noauth
END
}

teardown_file() {
    [ -n "$THEIRS" ] || return 0
    stop_snmptrapd
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmptrapd)'
    command -v python3 >/dev/null || skip 'python3 is not installed'
    export SNMP_PERSISTENT_DIR=$BATS_TEST_TMPDIR/state
    mkdir -p "$SNMP_PERSISTENT_DIR/cert_indexes" # which Net-SNMP would say that it makes
}

# must_arrive TOOL OPTION...: a notification with a text of its own arrives, and nothing is said.
must_arrive() {
    local text="test-$BATS_TEST_NUMBER-$RANDOM$RANDOM"
    call "$@" "$TRAPD" 7 $COLD $TEXT s "$text"
    [ "$status" -eq 0 ] && [ -z "$out$err" ] && has_arrived "$text"
}

@test "snmptrapd takes a trap of version 1" {
    call snmptrap -v1 -c public "$TRAPD" .1.3.6.1.4.1.9999 10.1.2.3 6 4711 5 $TEXT s "first of v1"
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    has_arrived 'first of v1'
    grep -A1 -F '10.1.2.3' "$TRAPS" | grep -F 'TRAP, SNMP v1, community public'
    grep -F '.1.3.6.1.4.1.9999 Enterprise Specific Trap (4711) Uptime: 0:00:00.05' "$TRAPS"
}

@test "snmptrapd takes a trap and an inform of version 2c" {
    must_arrive snmptrap -v2c -c public
    must_arrive snmpinform -v2c -c public
    must_arrive snmptrap -Ci -v2c -c public
}

@test "a notification by its name says what it is" {
    call snmptrap -v2c -c public "$TRAPD" '' IF-MIB::linkDown ifIndex.33 i 33
    [ "$status" -eq 0 ]
    has_arrived '.1.3.6.1.2.1.2.2.1.1.33 = INTEGER: 33'
    grep -F '.1.3.6.1.6.3.1.1.4.1.0 = OID: .1.3.6.1.6.3.1.1.5.3' "$TRAPS"
}

@test "snmptrapd takes traps of version 3 at each level" {
    must_arrive snmptrap -v3 -e $ENGINE -u sender
    must_arrive snmptrap -v3 -e $ENGINE -u sender -l authNoPriv $AUTH
    must_arrive snmptrap -v3 -e $ENGINE -u sender -l authPriv $AUTH $PRIV
    must_arrive snmptrap -v3 -e $ENGINE -u sender256 -l authPriv -a SHA-256 -A maplesyrup $PRIV
}

@test "snmptrapd takes informs of version 3 at each level" {
    must_arrive snmpinform -v3 -u receiver
    must_arrive snmpinform -v3 -u receiver -l authNoPriv $AUTH
    must_arrive snmpinform -v3 -u receiver -l authPriv $AUTH $PRIV
    must_arrive snmpinform -v3 -u receiver256 -l authPriv -a SHA-256 -A maplesyrup $PRIV
}

@test "traps of one engine are taken call after call, and once its clock is lost" {
    local user="-v3 -e $ENGINE -u sender -l authPriv $AUTH $PRIV"
    must_arrive snmptrap $user
    must_arrive snmptrap $user
    [ "$(ls "$SNMP_PERSISTENT_DIR"/*.conf)" = "$SNMP_PERSISTENT_DIR/uvsnmp-trap-8000000001020304.conf" ]
    rm -r "$SNMP_PERSISTENT_DIR"
    must_arrive snmptrap $user
    # a clock that a person makes up is sent as it is, and refused where it is older
    call snmptrap $user -Z 1,5 "$TRAPD" 7 $COLD $TEXT s "too old"
    [ "$status" -eq 0 ]
    must_arrive snmptrap $user
    ! grep -qF 'too old' "$TRAPS"
}

@test "a localized key will do" {
    # of "maplesyrup" with SHA and this engine, as snmptrapd keeps it
    local key
    key=$(python3 - <<'END'
import hashlib
engine = bytes.fromhex("8000000001020304")
digest = hashlib.sha1((b"maplesyrup" * 104858)[:1048576]).digest()
print("0x" + hashlib.sha1(digest + engine + digest).hexdigest())
END
)
    must_arrive snmptrap -v3 -e $ENGINE -u sender -l authNoPriv -a SHA -3k "$key"
    must_arrive snmptrap -v3 -e $ENGINE -u sender -l authPriv -a SHA -x AES -3k "$key" -3K "${key:0:34}"
}

@test "one of two secrets is wrong: nothing is said, and nothing arrives" {
    call snmptrap -v3 -e $ENGINE -u sender -l authNoPriv -a SHA -A wrongwrong "$TRAPD" 7 $COLD $TEXT s "forged"
    [ "$status" -eq 0 ]
    must_arrive snmptrap -v3 -e $ENGINE -u sender -l authNoPriv $AUTH
    ! grep -qF forged "$TRAPS"
    call snmpinform -v3 -u receiver -l authNoPriv -a SHA -A wrongwrong -t 0.5 -r 0 "$TRAPD" 7 $COLD
    [ "$status" -eq 1 ]
    [[ $err == "snmpinform: Authentication failure (incorrect password, community or key)"* ]]
}

# What differs between two calls that say the same: request-id and, of version 3, the message's own id.
normalise() {
    sed -E -e 's/(a[67]([0-9a-f]{2}|81[0-9a-f]{2}))020[1-4].{2,8}(0201000201003)/\1ID\3/' \
        -e 's/^30([0-9a-f]{2}|81[0-9a-f]{2})020103([0-9a-f]{4})020[1-4].{2,8}(020300ffe3)/V3ID\3/' \
        -e 's/^30[0-9a-f]{2}/30/' -e 's/(a[67])[0-9a-f]{2}ID/\1ID/'
}

# Each line of standard input is a call; all must send and say the same.
compare_sent() {
    local line side calls=0
    while IFS= read -r line; do
        for side in "$THEIRS" "$top_builddir/apps/snmptrap"; do
            eval "PATH=$side:\$PATH python3 '$top_srcdir/tests/support/trap_socket.py' 3 0.1 $line" \
                >"$BATS_TEST_TMPDIR/sent" 2>"$BATS_TEST_TMPDIR/said" || true
            { normalise <"$BATS_TEST_TMPDIR/sent"; sed -e '/^USAGE/q' -e '/^(.*)$/d' "$BATS_TEST_TMPDIR/said"; } \
                >"$BATS_TEST_TMPDIR/of-${side##*/}"
        done
        calls=$((calls + 1))
        diff "$BATS_TEST_TMPDIR/of-${THEIRS##*/}" "$BATS_TEST_TMPDIR/of-snmptrap" || {
            echo "DIFFERS: $line"
            return 1
        }
    done
    echo "$calls calls"
    [ "$calls" -gt 0 ]
}

@test "traps of version 1 are the same octets" {
    compare_sent <<'END'
snmptrap -v1 -c public HOST '' '' 6 17 5
snmptrap -v1 -c public HOST .1.3.6.1.4.1.8072.3.2.10 10.1.2.3 2 0 12345 .1.3.6.1.2.1.2.2.1.1.7 i 7
snmptrap -v1 -c public HOST '' localhost 6 17 12345
snmptrap -v1 -c public HOST '' 10.1 6 17 12345
snmptrap -v1 -c public HOST '' '' '' '' 12345
snmptrap -v1 -c public HOST '' '' 6 4294967295 9
snmptrap -v1 -c public HOST '' '' -1 -1 99999999999
snmptrap -v1 -c '' HOST '' '' 6 1 9 1.3.6.1.4.1.1 s 'a b' 1.3.6.1.4.1.2 x 0102 1.3.6.1.4.1.3 a 1.2.3.4
snmptrap -v1 -c public HOST '' '' 6 1 9 1.3.6.1.4.1.4 t 5 1.3.6.1.4.1.5 c 7 1.3.6.1.4.1.6 u 9 1.3.6.1.4.1.7 o 1.3.6
snmptrap -v1 -c public HOST '' '' 6 1 9 1.3.6.1.4.1.8 n '' 1.3.6.1.4.1.9 b 3 1.3.6.1.4.1.10 F 1.5 1.3.6.1.4.1.11 i -1
END
}

@test "traps and informs of version 2c are the same octets" {
    compare_sent <<'END'
snmptrap -v2c -c public HOST 5 1.3.6.1.6.3.1.1.5.1
snmptrap -v2c -c public HOST 4294967295 1.3.6.1.6.3.1.1.5.1 1.3.6.1.4.1.9 C 99999999999
snmptrap -v 2c -c public HOST 7 1.3.6.1.4.1.9999.0.1 1.3.6.1.4.1.9 s text 1.3.6.1.4.1.10 i -1
snmptrap -Ci -v2c -c public -t 0.2 -r 2 HOST 5 1.3.6.1.6.3.1.1.5.1
snmpinform -v2c -c public -t 0.2 -r 1 HOST 5 1.3.6.1.6.3.1.1.5.1
snmpinform -Ci -v2c -c public -t 0.2 -r 1 HOST 5 1.3.6.1.6.3.1.1.5.1
snmptrap -v2c -c public 127.0.0.1:1 5 1.3.6.1.6.3.1.1.5.1
END
}

@test "traps of version 3 are the same octets" {
    compare_sent <<'END'
snmptrap -v3 -E 0x8000000001020304 -e 0x8000000001020304 -Z 3,44 -u u HOST 5 1.3.6.1.6.3.1.1.5.1
snmptrap -v3 -E 0x8000000009 -n ctx -e 0x8000000001020304 -Z 3,44 -u u HOST 5 1.3.6.1.6.3.1.1.5.1
END
}

@test "what is wrong is said in the same words" {
    compare_sent <<'END'
snmptrap -v1 -c public HOST
snmptrap -v1 -c public HOST ''
snmptrap -v1 -c public HOST '' ''
snmptrap -v1 -c public HOST '' '' 6
snmptrap -v1 -c public HOST '' '' 6 1
snmptrap -v1 -c public HOST '' nonexistent.invalid 6 17 12345
snmptrap -v1 -c public HOST bad-name '' 6 1 1
snmptrap -v1 -Ci -c public HOST '' '' 6 1 9
snmpinform -v1 -c public HOST
snmptrap -v1 -c public HOST '' '' 6 1 9 1.3.6.1.2.1.1.3.0
snmptrap -v1 -c public HOST '' '' 6 1 9 1.3.6.1.2.1.1.3.0 s
snmptrap -v1 -c public HOST '' '' 6 1 9 1.3.6.1.2.1.1.3.0 q x
snmptrap -v2c -c public HOST
snmptrap -v2c -c public HOST ''
snmptrap -v2c -c public HOST 5 ''
snmptrap -v2c -c public HOST 5 coldStart
snmptrap -v2c -c public HOST 5 nosuch::thing 2>/dev/null
snmptrap -v2c -c public HOST 5 1.3.6 bad s 4
snmptrap -v2c -c public HOST 5 1.3.6 1.3.6 i x 1.3.6.1.4.1.1 i y
snmptrap -v2c -c public -Cx HOST 5
snmptrap -v2c HOST 5 1.3.6
snmptrap -v2c -c public
snmptrap -v3 HOST 5 1.3.6
snmptrap -v2c -c public 255.255.255.255 5 1.3.6
END
}

@test "what was kept of version 3 reaches snmptrapd later, with the secrets of the call that flushes" {
    local spool=$BATS_TEST_TMPDIR/spool text="kept-$RANDOM$RANDOM"
    export SNMPCONFPATH=$BATS_TEST_TMPDIR
    echo 'alias manager udp:127.0.0.1:1' >"$SNMPCONFPATH/snmp.conf"
    # shellcheck disable=SC2086
    call snmpinform -v3 -u receiver -l authPriv $AUTH $PRIV -t 0.2 -r 0 --spool "$spool" alias:manager 7 $COLD $TEXT c 5 \
        $TEXT s "$text"
    [ "$status" -eq 1 ]
    [[ $err == *"snmpinform: alias:manager: kept in $spool: 1 inform" ]]
    echo "alias manager udp:$TRAPD" >"$SNMPCONFPATH/snmp.conf"
    # shellcheck disable=SC2086
    call snmpinform -u receiver -l authPriv $AUTH $PRIV --spool "$spool" --flush
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    has_arrived "$text"
    grep -F "$text" "$TRAPS" | grep -F 'Counter32: 5' | grep -F '(7) 0:00:00.07'
}
