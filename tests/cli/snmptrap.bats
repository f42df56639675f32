# SPDX-License-Identifier: BSD-3-Clause
# snmptrap and snmpinform: several receivers, the clock of version 3, and what cannot be sent.

load tools.bash

COLD=.1.3.6.1.6.3.1.1.5.1

setup_file() {
    use_tools
    export PATH=$top_builddir/apps/snmptrap:$PATH
}

setup() {
    command -v python3 >/dev/null || skip 'python3 is not installed'
    export SNMP_PERSISTENT_DIR=$BATS_TEST_TMPDIR/state
    own=$SNMP_PERSISTENT_DIR/uvsnmp-trap.conf
}

# at_socket COUNT COMMAND...: as call; $out is what arrived at HOST.
at_socket() {
    call python3 "$top_srcdir/tests/support/trap_socket.py" "$1" 0.3 "${@:2}"
    status=$(sed -n 's/^status //p' <<<"$out")
}

@test "each of several receivers gets the notification, and one that fails is named" {
    at_socket 3 snmptrap -v2c -c public --to HOST --to nosuchhost.invalid --to HOST 5 $COLD
    [ "$status" -eq 1 ]
    [ "$(grep -c '^30' <<<"$out")" -eq 2 ]
    [[ $err == 'snmptrap: nosuchhost.invalid: Unknown host (nosuchhost.invalid)'* ]]
    at_socket 4 snmpinform -v2c -c public -t 0.2 -r 0 --to HOST --to 127.0.0.1:1 5 $COLD
    [ "$status" -eq 1 ]
    [ "$(grep -c '^30' <<<"$out")" -eq 1 ]
    grep -q '^snmpinform: 127.0.0.1:1: Timeout$' <<<"$err"
    grep -q '^snmpinform: 127.0.0.1:[0-9]*: Timeout$' <<<"$err"
    [ "$(grep -c Timeout <<<"$err")" -eq 2 ]
}

@test "receivers are served at the same time" {
    local start=$SECONDS many=()
    for port in $(seq 20); do
        many+=(--to "127.0.0.2:$port")
    done
    call snmpinform -v2c -c public -t 1 -r 0 "${many[@]}" 5 $COLD
    [ "$status" -eq 1 ]
    [ "$((SECONDS - start))" -lt 5 ]
    [ "$(grep -c Timeout <<<"$err")" -eq 20 ]
}

@test "receivers may stand in a file" {
    printf '# managers\n\n  127.0.0.1:1  first\n127.0.0.1:2' >"$BATS_TEST_TMPDIR/managers"
    call snmpinform -v2c -c public -t 0.2 -r 0 --to-file "$BATS_TEST_TMPDIR/managers" 5 $COLD
    [ "$status" -eq 1 ]
    grep -q '^snmpinform: 127.0.0.1:1: Timeout$' <<<"$err"
    grep -q '^snmpinform: 127.0.0.1:2: Timeout$' <<<"$err"
    call snmptrap -v2c -c public --to-file "$BATS_TEST_TMPDIR/managers" 5 $COLD
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
}

@test "a file of receivers that is no such is refused" {
    local file=$BATS_TEST_TMPDIR/managers
    call snmptrap -v2c -c public --to-file "$file" 5 $COLD
    [ "$status" -eq 1 ]
    [ "$err" = "Cannot read $file: No such file or directory" ]
    echo '# nobody' >"$file"
    call snmptrap -v2c -c public --to-file "$file" 5 $COLD
    [ "$status" -eq 1 ]
    [ "$err" = "$file: no address in it" ]
    head -c 5000 /dev/zero | tr '\0' x >"$file"
    call snmptrap -v2c -c public --to-file "$file" 5 $COLD
    [ "$status" -eq 1 ]
    [ "$err" = "$file: a line is too long for an address" ]
}

@test "a single receiver that says nothing is not named" {
    call snmpinform -v2c -c public -t 0.2 -r 0 127.0.0.1:1 5 $COLD
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'snmpinform: Timeout' ]
    call snmptrap -v2c -c public nosuchhost.invalid 5 $COLD
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'snmptrap: Unknown host (nosuchhost.invalid)' ]
}

# answered ERROR-STATUS COMMAND...: the same, and HOST answers.
answered() {
    call python3 "$top_srcdir/tests/support/trap_socket.py" -a "$1" 0 0 "${@:2}"
    status=$(sed -n 's/^status //p' <<<"$out")
}

@test "a receiver's error is an error" {
    answered 0 snmpinform -v2c -c public HOST 5 $COLD
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    answered 5 snmpinform -v2c -c public HOST 5 $COLD
    [ "$status" -eq 2 ]
    [ "$err" = 'snmpinform: the receiver answered genErr' ]
    answered 5 snmpinform -v2c -c public -t 0.2 -r 0 --to 127.0.0.1:1 --to HOST 5 $COLD
    [ "$status" -eq 1 ]
    [[ $err == *'snmpinform: 127.0.0.1:'*': the receiver answered genErr'* ]]
}

@test "the deadline ends an inform" {
    local start=$SECONDS
    at_socket 1 snmpinform -v2c -c public -t 60 --deadline 0.3 HOST 5 $COLD
    [ "$status" -eq 1 ]
    [ "$((SECONDS - start))" -lt 10 ]
    [ "$(head -n 1 <<<"$err")" = 'snmpinform: Timeout' ]
}

@test "what is no number is not sent as 0" {
    at_socket 1 snmptrap -v1 -c public HOST '' '' linkDown 0 5
    [ "$status" -eq 1 ]
    [ "$err" = 'linkDown: Bad value for the generic trap' ]
    [ "$out" = 'status 1' ]
    at_socket 1 snmptrap -v2c -c public HOST 12x $COLD
    [ "$status" -eq 1 ]
    [ "$err" = '12x: Bad value for the uptime' ]
    [ "$out" = 'status 1' ]
}

@test "version 1 sends no Counter64" {
    at_socket 1 snmptrap -v1 -c public HOST '' '' 6 1 5 .1.3.6.1.4.1.9 C 5
    [ "$status" -eq 1 ]
    [ "$err" = 'snmptrap: Version 1 has no Counter64' ]
    [ "$out" = 'status 1' ]
}

# same_trap COMMAND...: as at_socket; what the trap has behind its request-id goes to a file.
same_trap() {
    at_socket 1 "$@"
    [ "$status" -eq 0 ]
    sed -n 's/^30.*020100020100/trap /p' <<<"$out" | grep . >"$BATS_TEST_TMPDIR/trap"
}

@test "the variables of a notification may come from the MIB" {
    export MIBS=IF-MIB:RMON-MIB:DISMAN-EVENT-MIB
    same_trap snmptrap -v2c -c public HOST 5 IF-MIB::linkDown ifIndex.3 i 3 ifAdminStatus.3 i up ifOperStatus.3 i 2
    mv "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    same_trap snmptrap -v2c -c public --objects 3 HOST 5 IF-MIB::linkDown 3 up down
    cmp "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    same_trap snmptrap -v2c -c public --objects 3 HOST 5 .1.3.6.1.6.3.1.1.5.3 3 1 2
    cmp "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    # scalars have no index
    same_trap snmptrap -v2c -c public HOST 5 mteTriggerFired mteHotTrigger.0 s load mteHotTargetName.0 s '' \
        mteHotContextName.0 s '' mteHotOID.0 o ifIndex.3 mteHotValue.0 i -1
    mv "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    same_trap snmptrap -v2c -c public --objects 7 HOST 5 mteTriggerFired load '' '' ifIndex.3 -1
    cmp "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
}

@test "the variables of a user's own notification may come from the MIB" {
    mkdir "$BATS_TEST_TMPDIR/mibs"
    cat >"$BATS_TEST_TMPDIR/mibs/OWN-MIB" <<'MODULE'
OWN-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises FROM SNMPv2-SMI sysName FROM SNMPv2-MIB;
own MODULE-IDENTITY LAST-UPDATED "200001010000Z" ORGANIZATION "" CONTACT-INFO "" DESCRIPTION "" ::= { enterprises 32473 }
diskTable OBJECT-TYPE SYNTAX SEQUENCE OF DiskEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { own 1 }
diskEntry OBJECT-TYPE SYNTAX DiskEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION ""
    INDEX { IMPLIED diskPath } ::= { diskTable 1 }
DiskEntry ::= SEQUENCE { diskPath OCTET STRING, diskPercent INTEGER }
diskPath OBJECT-TYPE SYNTAX OCTET STRING MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { diskEntry 1 }
diskPercent OBJECT-TYPE SYNTAX INTEGER (0..100) MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { diskEntry 2 }
diskFull NOTIFICATION-TYPE OBJECTS { sysName, diskPercent } STATUS current DESCRIPTION "" ::= { own 0 1 }
oldFull TRAP-TYPE ENTERPRISE own VARIABLES { diskPercent } ::= 2
END
MODULE
    export MIBDIRS=$BATS_TEST_TMPDIR/mibs MIBS=OWN-MIB
    same_trap snmptrap -v2c -c public HOST 5 .1.3.6.1.4.1.32473.0.1 .1.3.6.1.2.1.1.5.0 s here \
        .1.3.6.1.4.1.32473.1.1.2.47.97 i 93
    mv "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    same_trap snmptrap -v2c -c public --objects "'/a'" HOST 5 OWN-MIB::diskFull here 93
    cmp "$BATS_TEST_TMPDIR/trap" "$BATS_TEST_TMPDIR/expected"
    same_trap snmptrap -v2c -c public --objects "'/a'" HOST 5 OWN-MIB::oldFull 93
    grep -q 2b0601040181fd59010102 "$BATS_TEST_TMPDIR/trap"
    at_socket 1 snmptrap -v2c -c public --objects "'/a'" HOST 5 OWN-MIB::diskFull here 193
    [ "$status" -eq 1 ]
    [ "$err" = "OWN-MIB::diskPercent.'/a': Value out of range (193 :: {(0..100)})" ]
}

@test "variables that the MIB cannot tell are an error" {
    export MIBS=IF-MIB
    at_socket 1 snmptrap -v2c -c public --objects 3 HOST 5 IF-MIB::linkDown 3 up
    [ "$status" -eq 1 ]
    [ "$err" = 'snmptrap: linkDown has 3 objects, and 2 values are given: ifIndex ifAdminStatus ifOperStatus' ]
    at_socket 1 snmptrap -v2c -c public --objects 3 HOST 5 IF-MIB::linkDown 3 up down 5
    [[ $err == 'snmptrap: linkDown has 3 objects, and 4 values are given: '* ]]
    at_socket 1 snmptrap -v2c -c public --objects 3 HOST 5 IF-MIB::linkDown 3 up sideways
    [ "$err" = 'IF-MIB::ifOperStatus.3: Value out of range (sideways)' ]
    at_socket 1 snmptrap -v2c -c public --objects x HOST 5 IF-MIB::linkDown 3 up down
    [ "$status" -eq 1 ]
    [[ $err == 'IF-MIB::ifIndex.x: '* ]]
    at_socket 1 snmptrap -v2c -c public --objects 3 HOST 5 .1.3.6.1.4.1.9.9 3
    [ "$err" = 'snmptrap: .1.3.6.1.4.1.9.9 is no notification that the MIB knows: what are its objects?' ]
    at_socket 1 snmptrap -v1 -c public --objects 3 HOST '' '' 2 0 5
    [ "$(head -n 1 <<<"$err")" = '--objects needs a trap-OID, which version 1 does not have' ]
    [ "$out" = 'status 1' ]
}

@test "the agent of version 1 may be a name, and the deadline holds for its lookup" {
    at_socket 1 snmptrap -v1 -c public HOST '' localhost 6 1 5
    [ "$status" -eq 0 ]
    grep -q 40047f000001 <<<"$out"
    at_socket 1 snmptrap -v1 -c public HOST '' nosuchhost.invalid 6 1 5
    [ "$status" -eq 1 ]
    [ "$err" = 'unknown host: nosuchhost.invalid' ]
    [ "$out" = 'status 1' ]
    local start=$SECONDS slow=$BATS_TEST_TMPDIR/slow
    printf '#include <unistd.h>\nint getaddrinfo(void) { sleep(20); return -3; }\n' >"$slow.c"
    $CC -shared -fPIC -o "$slow.so" "$slow.c"
    call env LD_PRELOAD="$slow.so" ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 \
        snmptrap -v1 -c public --deadline 0.3 127.0.0.1 '' slow.invalid 6 1 5
    [ "$status" -eq 1 ]
    [ "$err" = 'unknown host: slow.invalid
(the deadline passed)' ]
    [ "$((SECONDS - start))" -lt 15 ]
}

@test "an empty uptime is that of the system" {
    at_socket 1 snmptrap -v1 -c '' HOST '' 10.1.2.3 6 1 ''
    [ "$status" -eq 0 ]
    local ticks now
    ticks=$((16#$(sed -n 's/.*43\(0[1-5]\)\([0-9a-f]*\)3000$/\2/p' <<<"$out")))
    now=$(awk '{ printf "%d", $1 * 100 }' /proc/uptime)
    [ "$ticks" -le "$now" ]
    [ "$ticks" -ge "$((now - 1000))" ]
}

# The engine of the message in $out (authoritative, with an ID of 17 octets), its boots and its time.
engine_of() {
    sed -nE 's/.*0411(80001f8880[0-9a-f]{24})0201([0-9a-f]{2})0204([0-9a-f]{8}).*/\1 \2 \3/p' <<<"$out"
}

@test "an engine of its own is made once, and its clock goes on" {
    local first second
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    first=$(engine_of)
    [ -n "$first" ]
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    second=$(engine_of)
    [ "${first% *}" = "${second% *}" ]
    [ "$((16#${second##* }))" -ge "$((16#${first##* }))" ]
    [ "$(sed -n 's/^engineID 0x//p' "$own")" = "${first%% *}" ]
}

@test "a clock that was set back costs boots" {
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    sed -i "s/^engineLatest.*/engineLatest $(($(date +%s) + 100000))/" "$own"
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    [ "$status" -eq 0 ]
    grep -qx 'engineBoots 2' "$own"
    grep -q '0411.*020102020100' <<<"$out" # boots 2, time 0
}

@test "a state that cannot be written is said, and the trap goes out" {
    export SNMP_PERSISTENT_DIR=/proc/nowhere
    at_socket 1 snmptrap -v3 -e 0x8000000001 -u u HOST 5 $COLD
    [ "$status" -eq 0 ]
    [ "$(grep -c '^30' <<<"$out")" -eq 1 ]
    [[ $err == 'snmptrap: warning: /proc/nowhere/uvsnmp-trap-8000000001.conf.lock: '* ]]
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    [ "$status" -eq 0 ]
    [[ $err == *'-e gives one that lasts' ]]
}

@test "a state that makes no sense is an error, and stays" {
    mkdir -p "$SNMP_PERSISTENT_DIR"
    echo 'engineBoots many' >"$own"
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    [ "$status" -eq 1 ]
    [ "$out" = 'status 1' ]
    [[ $err == "snmptrap: "*"does not say what the engine's clock was"* ]]
    [ "$(cat "$own")" = 'engineBoots many' ]
}

@test "a clock that is given needs no state" {
    at_socket 1 snmptrap -v3 -e 0x8000000001020304 -Z 3,44 -u u HOST 5 $COLD
    [ "$status" -eq 0 ]
    grep -q '0408800000000102030402010302012c' <<<"$out"
    [ ! -e "$SNMP_PERSISTENT_DIR" ]
}

@test "neither informs nor the other versions keep a state" {
    at_socket 1 snmptrap -v2c -c public HOST 5 $COLD
    at_socket 1 snmpinform -v3 -u u -t 0.1 -r 0 HOST 5 $COLD
    [ ! -e "$SNMP_PERSISTENT_DIR" ]
}

@test "persistentDir is honoured, in snmp.conf and on the command line" {
    unset SNMP_PERSISTENT_DIR
    export SNMPCONFPATH=$BATS_TEST_TMPDIR
    echo "persistentDir $BATS_TEST_TMPDIR/a" >"$BATS_TEST_TMPDIR/snmp.conf"
    at_socket 1 snmptrap -v3 -u u HOST 5 $COLD
    [ -e "$BATS_TEST_TMPDIR/a/uvsnmp-trap.conf" ]
    at_socket 1 snmptrap --persistentDir="$BATS_TEST_TMPDIR/b" -v3 -u u HOST 5 $COLD
    [ -e "$BATS_TEST_TMPDIR/b/uvsnmp-trap.conf" ]
}
