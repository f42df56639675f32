# SPDX-License-Identifier: BSD-3-Clause
# Net-SNMP's snmptrapd for the tests of a file: for setup_file and teardown_file.

# With the configuration of standard input, on a port that was free: sets TRAPD, its address, and TRAPS, what it writes.
start_snmptrapd() {
    local port tries
    export TRAPS="$BATS_FILE_TMPDIR/traps"
    mkdir -p "$BATS_FILE_TMPDIR/trapd/cert_indexes"
    cat >"$BATS_FILE_TMPDIR/snmptrapd.conf"
    for tries in 1 2 3 4 5; do
        port=$((20000 + (RANDOM + $$) % 20000))
        SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR/trapd MIBS= snmptrapd -f -C -c "$BATS_FILE_TMPDIR/snmptrapd.conf" -On \
            -Lf "$TRAPS" "udp:127.0.0.1:$port" </dev/null >/dev/null 2>&1 3>&- &
        echo $! >"$BATS_FILE_TMPDIR/trapd.pid"
        for _ in $(seq 100); do
            if grep -q '^NET-SNMP version' "$TRAPS" 2>/dev/null; then
                export TRAPD=127.0.0.1:$port
                return 0
            fi
            kill -0 "$(cat "$BATS_FILE_TMPDIR/trapd.pid")" 2>/dev/null || break
            sleep 0.05
        done
        rm -f "$TRAPS"
    done
    return 1
}

stop_snmptrapd() {
    kill "$(cat "$BATS_FILE_TMPDIR/trapd.pid")"
}

# has_arrived TEXT: whether a line with it is written within some seconds.
has_arrived() {
    local tries
    for tries in $(seq 100); do
        ! grep -qF -- "$1" "$TRAPS" || return 0
        sleep 0.05
    done
    echo "not arrived: $1"
    return 1
}
