# SPDX-License-Identifier: BSD-3-Clause
# Messages, streams and statuses when things go wrong.

load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

@test "an error-status is reported on standard error with status 2" {
    call snmpget -v2c -c err5 "$PEER" "$(value 1)"
    [ "$status" -eq 2 ]
    [ -z "$out" ]
    printf 'Error in packet\nReason: (genError) A general failure occured\nFailed object: %s\n\n' \
        iso.3.6.1.4.1.99999.1.0 | cmp - "$BATS_TEST_TMPDIR/err"
    call snmpset -v2c -c err17 "$PEER" "$(value 1)" i 1
    [ "$status" -eq 2 ]
    printf 'Error in packet.\nReason: notWritable (That object does not support modification)\nFailed object: %s\n\n' \
        iso.3.6.1.4.1.99999.1.0 | cmp - "$BATS_TEST_TMPDIR/err"
}

@test "an error-index that names nothing is survived" {
    for index in 0 -1 7 99; do
        call snmpget -v2c -c "index$index" "$PEER" "$(value 1)"
        [[ "$err" != *iso* ]]
    done
    call snmpget -v2c -c err99 "$PEER" "$(value 1)"
    [[ "$err" == *'Reason: Unknown Error'* ]]
}

@test "snmpget asks again without the variable that failed, unless -Cf" {
    call snmpget -v1 -c err2 "$PEER" "$(value 1)" "$(value 2)"
    [ "$status" -eq 2 ]
    [ "$(grep -c '^Failed object' <<<"$err")" -eq 2 ]
    call snmpgetnext -v1 -c err2 "$PEER" "$(value 1)" "$(value 2)"
    [ "$(grep -c '^Failed object' <<<"$err")" -eq 2 ]
    call snmpget -Cf -v1 -c err2 "$PEER" "$(value 1)" "$(value 2)"
    [ "$(grep -c '^Failed object' <<<"$err")" -eq 1 ]
}

@test "silence ends in a timeout: with a dot for get, without for walk and set" {
    call snmpget -v2c -c silent -r0 -t0.1 "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$err" = "Timeout: No Response from $PEER." ]
    call snmpgetnext -v2c -c silent -r0 -t0.1 "$PEER" "$(value 1)"
    [ "$err" = "Timeout: No Response from $PEER." ]
    for tool in snmpwalk snmpbulkwalk snmpbulkget; do
        call $tool -v2c -c silent -r0 -t0.1 "$PEER" "$(value 1)"
        [ "$status" -eq 1 ]
        [ "$err" = "Timeout: No Response from $PEER" ]
    done
    call snmpset -v2c -c silent -r0 -t0.1 "$PEER" "$(value 1)" i 1
    [ "$err" = "Timeout: No Response from $PEER" ]
}

@test "retries are sent" {
    call snmpget -v2c -c every3 -r5 -t0.1 -Oqv "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 42 ]
}

@test "what arrived instead of an answer is told after the timeout" {
    local habit
    for habit in 'otherid:another request' 'garbage:malformed' 'truncated:malformed' 'elsewhere:not asked'; do
        call snmpget -v2c -c "${habit%%:*}" -r0 -t0.1 "$PEER" "$(value 1)"
        [ "$status" -eq 1 ]
        [ "$(head -n 1 <<<"$err")" = "Timeout: No Response from $PEER." ]
        [[ "$(sed -n 2p <<<"$err")" == *"${habit#*:}"* ]]
    done
}

@test "an answer that cannot be read is told at once" {
    for tool in snmpget snmpwalk; do
        call $tool -v2c -c broken -r0 -t5 "$PEER" "$(value 1)"
        [ "$status" -eq 1 ]
        [[ "$(head -n 1 <<<"$err")" == "Timeout: No Response from $PEER"* ]]
        [ "$(wc -l <<<"$err")" -eq 2 ]
    done
}

@test "a refused agent is known at once" {
    local before=$SECONDS
    call snmpget -v2c -c p -r5 -t10 127.0.0.1:1 "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'Timeout: No Response from 127.0.0.1:1.' ]
    [[ "$err" == *[Rr]'efused)' ]]
    [ $((SECONDS - before)) -lt 8 ]
}

@test "a host that cannot be found is an unknown host" {
    call snmpget -v2c -c p -r0 -t1 host.invalid "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'snmpget: Unknown host (host.invalid)' ]
    call snmpwalk -v2c -c p tcp:127.0.0.1:1 "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$err" = 'snmpwalk: Unknown host (tcp:127.0.0.1:1) (Connection refused)' ]
    call snmpwalk -v2c -c p unix:/nonexistent "$(value 1)"
    [ "$err" = 'snmpwalk: Unknown host (unix:/nonexistent) (No such file or directory)' ]
    call snmpget -v2c -c p alias:nobody "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = 'snmpget: Unknown host (alias:nobody)' ]
}

@test "a local address that is not ours is named" {
    call snmpget --clientaddr=192.0.2.1 -v2c -c p "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    [[ "$err" == 'snmpget: cannot use the local address 192.0.2.1: '* ]]
}

@test "GETBULK in version 1 is refused" {
    for tool in snmpbulkget snmpbulkwalk; do
        call $tool -v1 -c p "$PEER" "$BASE"
        [ "$status" -eq 1 ]
        [ "$err" = "$tool: Cannot send V2 PDU on V1 session" ]
    done
}

@test "an answer from elsewhere is believed on request only" {
    call snmpget -v2c -c elsewhere -r0 -t0.3 "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    call snmpget -v2c -c elsewhere --any-source -r0 -t5 "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
}

@test "the deadline ends a command, whatever its retries" {
    local before=$SECONDS
    call snmpget -v2c -c silent -t 20 --deadline 0.3 "$PEER" "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = "Timeout: No Response from $PEER." ]
    [[ "$err" == *'the deadline passed'* ]]
    call snmpwalk -v2c -c slow --deadline=1 "$PEER" "$BASE"
    [ "$status" -eq 1 ]
    [ "$(wc -l <<<"$out")" -ge 1 ]
    [ "$(wc -l <<<"$out")" -le 3 ]
    [ $((SECONDS - before)) -lt 10 ]
}

@test "output that cannot be written is an error" {
    [ -e /dev/full ] || skip 'there is no /dev/full'
    for tool in snmpget snmpwalk; do
        status=0
        "$tool" -v2c -c p "$PEER" "$(value 1)" >/dev/full 2>"$BATS_TEST_TMPDIR/err" || status=$?
        [ "$status" -eq 1 ]
        grep -q "^$tool: cannot write the output: No space left on device\$" "$BATS_TEST_TMPDIR/err"
    done
}

@test "a reader of the output that goes away ends a command in silence" {
    { sleep 0.3; status=0; snmpwalk -v2c -c p "$PEER" "$BASE" 2>"$BATS_TEST_TMPDIR/err" || status=$?
        echo "$status" >"$BATS_TEST_TMPDIR/status"; } | true
    [ "$(cat "$BATS_TEST_TMPDIR/status")" -eq 1 ]
    [ -z "$(cat "$BATS_TEST_TMPDIR/err")" ]
}

@test "output that must wait for its reader is not lost" {
    command -v python3 >/dev/null || skip 'there is no python3'
    # a pipe that somebody made non-blocking and filled, and that is read a little later
    cat >"$BATS_TEST_TMPDIR/slow.py" <<'END'
import os, subprocess, sys, time
reads, writes = os.pipe()
os.set_blocking(writes, False)
filled = 0
try:
    while True:
        filled += os.write(writes, b'x' * 4096)
except BlockingIOError:
    pass
tool = subprocess.Popen(sys.argv[1:], stdout=writes)
os.close(writes)
time.sleep(0.3)
data = b''
while chunk := os.read(reads, 65536):
    data += chunk
sys.stdout.write(data[filled:].decode())
sys.exit(tool.wait())
END
    call python3 "$BATS_TEST_TMPDIR/slow.py" "$top_builddir/apps/snmpget" -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 42 ]
    [ -z "$err" ]
}

@test "a connection that breaks is no timeout" {
    local habit
    for habit in 'reset:reset by peer' 'silent:the peer closed the connection' 'garbage:no message'; do
        for tool in snmpget snmpwalk; do
            call $tool -v2c -r5 -t5 -c "${habit%%:*}" "tcp:$PEER" "$(value 1)"
            [ "$status" -eq 1 ]
            [ "$(head -n 1 <<<"$err")" = "$tool: Session abort failure" ]
            [[ "$(sed -n 2p <<<"$err")" == "("*"${habit#*:}"*")" ]]
        done
    done
    call snmpget -v2c -r0 -t5 -c p -Oqv "tcp:$PEER" "$(value 1)"
    [ "$out" = 42 ]
}

@test "what the system does not send is no timeout" {
    call snmpget -v2c -r5 -t5 -c p 255.255.255.255:1 "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$err" = 'snmpget: Failure in sendto (Permission denied)' ] || [[ "$err" == *'sendto (Network is unreachable)' ]]
    call snmpwalk -v2c -r5 -t5 -c p udp:127.0.0.1:0 "$(value 1)"
    [ "$status" -eq 1 ]
    [ "$err" = 'snmpwalk: Failure in sendto (Invalid argument)' ]
}

@test "too few descriptors are named" {
    local count
    for count in 5 6; do
        call bash -c "exec 3>&- 4>&- 5>&-; ulimit -n $count; exec snmpget -v2c -c p $PEER $(value 1)"
        [ "$status" -eq 1 ]
        [ "$err" = 'snmpget: cannot make an event loop: Too many open files' ]
    done
}

@test "a closed standard output is an error, and no socket takes its place" {
    status=0
    snmpget -v2c -c p "$PEER" "$(value 1)" 2>"$BATS_TEST_TMPDIR/err" >&- || status=$?
    [ "$status" -eq 1 ]
    [ "$(cat "$BATS_TEST_TMPDIR/err")" = 'snmpget: cannot write the output: Bad file descriptor' ]
    call bash -c "snmpget -v2c -c p -Oqv $PEER $(value 1) <&- 2>&-"
    [ "$out" = 42 ]
}

@test "an OID that cannot be encoded is refused" {
    call snmpget -v2c -c p "$PEER" 5.6.7
    [ "$status" -eq 1 ]
    [ "$err" = "snmpget: Error building ASN.1 representation (Can't build OID for variable)" ]
}
