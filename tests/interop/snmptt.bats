# SPDX-License-Identifier: BSD-3-Clause
# SNMPTT as the program of a traphandle: what it makes of notifications is the same under Net-SNMP's snmptrapd and
# under ours, as it reads the same from both.

load ../support/daemon.bash

setup() {
    command -v snmptrapd >/dev/null || skip 'Net-SNMP is not installed (package snmptrapd)'
    [ -x /usr/sbin/snmptt ] || skip 'SNMPTT is not installed (package snmptt)'
    dir=$BATS_TEST_TMPDIR
    cat >"$dir/snmptt.conf" <<'END'
EVENT linkDown .1.3.6.1.6.3.1.1.5.3 "Status" Major
FORMAT $N $s: $# variables, interface $1 of $A/$R is down, admin $2, oper $3; $+*
SDESC
EDESC
EVENT enterpriseTrap .1.3.6.1.4.1.8072.9999.0.7 "Status" Normal
FORMAT $N from $aR via $R, enterprise $e, uptime $T, community $C: $+1
END
    pids=()
}

teardown() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || :
        wait_gone "$pid" || kill -9 "$pid"
    done
}

# receive SIDE PROGRAM: starts a receiver that hands all to SNMPTT; sets `port`.
receive() {
    local side=$1 tries
    mkdir -p "$dir/$side/cert_indexes"
    cat >"$dir/$side/snmptt.ini" <<END
[General]
mode = standalone
dns_enable = 0
net_snmp_perl_enable = 0
translate_value_oids = 0
translate_integers = 0
translate_varname_oid_format = 0
[Logging]
log_enable = 1
log_file = $dir/$side/known
log_system_enable = 0
unknown_trap_log_enable = 1
unknown_trap_log_file = $dir/$side/unknown
syslog_enable = 0
syslog_system_enable = 0
[TrapFiles]
snmptt_conf_files = <<FILES
$dir/snmptt.conf
FILES
END
    printf '%s\n' 'authCommunity log,execute public' \
        "traphandle default /usr/sbin/snmptt --ini=$dir/$side/snmptt.ini" >"$dir/$side/trapd.conf"
    for tries in 1 2 3 4 5; do
        port=$(free_port)
        SNMP_PERSISTENT_DIR=$dir/$side MIBS='' "$2" -f -C -c "$dir/$side/trapd.conf" -On -Lf "$dir/$side/log" \
            "udp:127.0.0.1:$port" </dev/null >/dev/null 2>&1 3>&- &
        pid=$!
        if until_true 10 grep -q '^NET-SNMP version\|^uvsnmp' "$dir/$side/log"; then
            pids+=("$pid")
            return 0
        fi
        kill "$pid" 2>/dev/null || :
    done
    return 1
}

# handled SIDE: whether both known notifications and the unknown one are through.
handled() {
    [ "$(wc -l <"$dir/$1/known")" -eq 2 ] && grep -q 'Unknown trap' "$dir/$1/unknown"
}

send() {
    snmptrap -v2c -c public "127.0.0.1:$1" 42 .1.3.6.1.6.3.1.1.5.3 .1.3.6.1.2.1.2.2.1.1.7 i 7 \
        .1.3.6.1.2.1.2.2.1.7.7 i 1 .1.3.6.1.2.1.2.2.1.8.7 i 2
    snmptrap -v1 -c public "127.0.0.1:$1" .1.3.6.1.4.1.8072.9999 192.0.2.9 6 7 99 .1.3.6.1.2.1.1.5.0 s "a name"
    snmptrap -v2c -c public "127.0.0.1:$1" 4242 .1.3.6.1.4.1.8072.9999.0.8
}

@test "SNMPTT reads the same from both receivers" {
    receive theirs "$(command -v snmptrapd)"
    send "$port"
    receive ours "$top_builddir/apps/snmptrapd-lite/snmptrapd-lite"
    send "$port"
    until_true 30 handled theirs
    until_true 30 handled ours
    for side in theirs ours; do
        # when it was logged
        sed -E -i 's/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [0-9]{4}/TIME/' "$dir/$side/known" \
            "$dir/$side/unknown"
    done
    diff "$dir/theirs/known" "$dir/ours/known"
    diff "$dir/theirs/unknown" "$dir/ours/unknown"
    grep -q 'interface 7 of localhost/localhost is down, admin 1, oper 2' "$dir/ours/known"
    grep -q 'from 127.0.0.1 via localhost, enterprise .1.3.6.1.4.1.8072.9999' "$dir/ours/known"
}
