# SPDX-License-Identifier: BSD-3-Clause
# Net-SNMP's snmpd for the tests of a file: for setup_file and teardown_file.

# With the configuration of standard input, on a port that was free: sets SNMPD.
start_snmpd() {
    local port log="$BATS_FILE_TMPDIR/snmpd.log" tries
    mkdir -p "$BATS_FILE_TMPDIR/state"
    cat >"$BATS_FILE_TMPDIR/snmpd.conf"
    for tries in 1 2 3 4 5; do
        port=$((20000 + (RANDOM + $$) % 20000))
        SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR/state snmpd -f -C -I -smux -c "$BATS_FILE_TMPDIR/snmpd.conf" \
            -Lf "$log" "udp:127.0.0.1:$port" "tcp:127.0.0.1:$port" </dev/null >/dev/null 2>&1 3>&- &
        echo $! >"$BATS_FILE_TMPDIR/snmpd.pid"
        for _ in $(seq 100); do
            if grep -q '^NET-SNMP version' "$log" 2>/dev/null; then
                export SNMPD=127.0.0.1:$port
                return 0
            fi
            kill -0 "$(cat "$BATS_FILE_TMPDIR/snmpd.pid")" 2>/dev/null || break
            sleep 0.05
        done
        rm -f "$log"
    done
    return 1
}

stop_snmpd() {
    local pid
    pid=$(cat "$BATS_FILE_TMPDIR/snmpd.pid")
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.05 # it still writes its state
    done
}
