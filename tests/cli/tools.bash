# SPDX-License-Identifier: BSD-3-Clause
# For the tests of the tools: an agent that serves one value of each kind and misbehaves on request
# (tests/support/tool_peer.c), and a way to look at output, messages and status of a call.

# start_peer [COUNT]: sets PEER, its address, and does use_tools. For setup_file.
start_peer() {
    [ -x "$top_builddir/apps/snmpget" ] && [ -x "$top_builddir/tests/support/tool_peer" ] || return 1
    "$top_builddir/tests/support/tool_peer" "$@" >"$BATS_FILE_TMPDIR/ports" 2>/dev/null </dev/null 3>&- &
    echo $! >"$BATS_FILE_TMPDIR/peer.pid"
    for _ in $(seq 100); do
        [ "$(wc -l <"$BATS_FILE_TMPDIR/ports")" -eq 2 ] && break
        sleep 0.05
    done
    [ "$(wc -l <"$BATS_FILE_TMPDIR/ports")" -eq 2 ] || return 1
    PEER=127.0.0.1:$(head -n 1 "$BATS_FILE_TMPDIR/ports")
    export PEER
    use_tools
}

# Our tools before all others, and no configuration but what a test makes.
use_tools() {
    mkdir -p "$BATS_FILE_TMPDIR/conf/cert_indexes" # which Net-SNMP would say that it makes
    export SNMPCONFPATH=$BATS_FILE_TMPDIR/conf SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR/conf MIBS= LC_ALL=C
    export PATH=$top_builddir/apps:$PATH
}

stop_peer() {
    kill "$(cat "$BATS_FILE_TMPDIR/peer.pid")"
}

# call COMMAND...: leaves $out, $err and $status.
call() {
    status=0
    "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" </dev/null || status=$?
    out=$(cat "$BATS_TEST_TMPDIR/out")
    err=$(cat "$BATS_TEST_TMPDIR/err")
    # shown when the test fails
    printf '$ %s\n%s\n%s\nstatus %s\n' "$*" "$out" "$err" "$status"
}

# The OID of the peer's value number $1; see the table there.
value() {
    echo ".1.3.6.1.4.1.99999.$1.0"
}

BASE=.1.3.6.1.4.1.99999
