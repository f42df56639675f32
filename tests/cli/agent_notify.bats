# SPDX-License-Identifier: BSD-3-Clause
# Notifications of snmpd-lite: its directives, what a flood causes, SIGHUP and the end.

load "$top_srcdir/tests/support/daemon.bash"

PARAMS=.1.3.6.1.6.3.12.1.3.1
ENABLE=.1.3.6.1.2.1.11.30.0

setup() {
    daemon_setup
    command -v python3 >/dev/null || skip 'python3 is not installed'
    : >"$work/heard"
    python3 "$top_srcdir/tests/support/trap_listener.py" "$work/ports" "$work/heard" 3>&- &
    listener_pid=$!
    until_true 10 test -f "$work/ports"
    mapfile -t to <"$work/ports"
    to=("${to[@]/#/127.0.0.1:}")
}

teardown() {
    daemon_teardown
    kill "$listener_pid" 2>/dev/null || :
}

set_value() {
    "$tools/snmpset" -v2c -c private -t 1 -r 1 -On "$agent" "$@"
}

walk() {
    "$tools/snmpwalk" -v2c -c private -t 1 -r 1 -On "$agent" "$@"
}

guess() {
    "$tools/snmpget" -v2c -c guess -t 0.01 -r "${1:-0}" "$agent" .1.3 2>/dev/null || :
}

heard() {
    grep -c "$1" "$work/heard" || :
}

has_heard() {
    [ "$(heard "$1")" -ge "$2" ]
}

@test "a flood of guesses causes few traps, and what was left out is counted" {
    printf '%s\n' 'rwcommunity private' 'authtrapenable 1' "trap2sink ${to[0]} c" >"$conf"
    start_agent
    guess 150
    has_heard 06:2b0601060301010505 5
    [ "$(heard 06:2b0601060301010505)" -le 15 ]
    sleep 1
    guess
    grep -qE '^[1-9][0-9]+ authenticationFailure notifications were suppressed$' "$log"
}

@test "a SET of snmpEnableAuthenTraps is in force at once, and after the next start" {
    printf '%s\n' 'rwcommunity private' "trap2sink ${to[0]} c" >"$conf"
    start_agent
    guess
    until_true 5 has_heard 06:2b0601060301010501 1
    [ "$(heard 06:2b0601060301010505)" -eq 0 ]
    set_value $ENABLE i 1
    guess
    until_true 5 has_heard 06:2b0601060301010505 1
    stop_agent
    grep -q '^pauthtrapenable 1$' "$work/state/snmpd.conf"
    : >"$work/heard"
    start_agent
    guess
    until_true 5 has_heard 06:2b0601060301010505 1
    stop_agent
    echo 'authtrapenable 2' >>"$conf"
    start_agent
    run set_value $ENABLE i 1
    [[ $output == *notWritable* ]]
}

@test "SIGHUP replaces receivers of the configuration, and leaves rows that were SET" {
    printf '%s\n' 'rwcommunity private' "trap2sink ${to[0]} first" "trap2sink ${to[1]} second" >"$conf"
    start_agent
    set_value $PARAMS.7.109 i 4 $PARAMS.2.109 i 1 $PARAMS.3.109 i 2 $PARAMS.4.109 s mine $PARAMS.5.109 i 1
    [ "$(walk $PARAMS.4 | grep -c 'STRING: "\(first\|second\|mine\)"')" -eq 3 ]
    printf '%s\n' 'rwcommunity private' "trapsink ${to[2]} third" >"$conf"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    [ "$(walk $PARAMS.4 | grep -c 'STRING: "\(third\|mine\)"')" -eq 2 ]
    [ "$(walk $PARAMS.4 | wc -l)" -eq 2 ]
    until_true 5 has_heard '^2 .*06:2b06010401bf0804 .*02:06 02:03 ' 1
    until_true 5 has_heard '^2 .*02:01 02:00 ' 1
    [ "$(heard '^[01] .*06:2b06010401bf08040003')" -eq 0 ]
}

@test "an inform that nobody answers does not keep the agent from its end" {
    printf '%s\n' 'rwcommunity private' "informsink ${to[0]} c" "trapsess -Ci -v2c -c c -t 60 -r 9 ${to[1]}" >"$conf"
    start_agent
    local start
    start=$(date +%s%N)
    kill "$agent_pid"
    wait_gone "$agent_pid"
    agent_pid=
    [ $((($(date +%s%N) - start) / 1000000)) -lt 3000 ]
    has_heard '^0 .*06:2b06010401bf08040002' 1
    has_heard '^1 .*06:2b06010401bf08040002' 1
}

@test "who cannot be notified is said with the place, and the others are" {
    cat >"$conf" <<CONF
rwcommunity private
trapsink nohost.invalid
trap2sink ${to[0]%:*} c ${to[0]#*:}
trapsess -v 2c -s 192.0.2.77 ${to[1]}
trapsess -v 2c -c d ${to[2]}
v1trapaddress 192.0.2.9
trapsink ${to[3]} e
CONF
    start_agent
    until_true 5 has_heard '^2 ' 1
    until_true 5 has_heard '^0 ' 1
    until_true 5 has_heard '^3 .*40:c0000209 ' 1
    [ "$(heard '^1 ')" -eq 0 ]
    grep -qF "$conf: line 2: Error: cannot create sink: nohost.invalid" "$log"
    grep -qF "$conf: line 3: Warning: The separate port argument for sinks is deprecated" "$log"
    grep -qF "notifications: $conf: line 4: " "$log"
}

@test "notifications come from the local address that the configuration names" {
    printf '%s\n' 'rwcommunity private' '[snmp] clientaddr 127.0.0.3' "trap2sink ${to[0]} c" >"$conf"
    start_agent -Dnotify
    until_true 5 has_heard '^0 ' 1
    grep -qi ' 0300007F:[0-9A-F]* ' /proc/net/udp
}

@test "options of trapsess may stand behind the host, and what cannot work is refused" {
    printf '%s\n' 'rocommunity public' "trapsess -v 2c -c ab ${to[0]} -Ci -r 0 -t 0.2" \
        "trapsess -v 2c -c ab ${to[0]} another" "trapsess -v 2c -t 0 -c ab ${to[0]}" \
        "trapsess -v 3 -u someone -l authPriv -a SHA -A authentic ${to[0]}" >"$conf"
    run "$lite" --check -f -Le -C -c "$conf"
    [ "$status" -eq 1 ]
    [[ $output == *'line 3: '*'more than one host'* ]]
    [[ $output == *'line 4: '*'Invalid timeout in seconds after -t flag'* ]]
    [[ $output == *'line 5: '*'authPriv without a privacy pass phrase'* ]]
    sed -i '3,$d' "$conf"
    start_agent
    until_true 5 has_heard 06:2b0601060301010501 1
    # an InformRequest, whose tag is a6
    until_true 5 grep -q 'an inform was not acknowledged' "$log"
}

@test "a receiver that starts late is informed in the end" {
    local late
    late=127.0.0.1:$(free_port)
    printf '%s\n' 'rocommunity public' "informsink $late late" >"$conf"
    start_agent
    sleep 0.5
    printf 'authCommunity log late\n' >"$work/trapd.conf"
    SNMP_PERSISTENT_DIR=$work/trapd "$top_builddir/apps/snmptrapd-lite/snmptrapd-lite" -f -C -c "$work/trapd.conf" -On \
        -Lf "$work/late" "udp:$late" 3>&- &
    local pid=$!
    until_true 10 grep -qF .1.3.6.1.6.3.1.1.5.1 "$work/late" || { kill $pid; return 1; }
    kill $pid
}

@test "notifications that come to the agent are no guesses" {
    printf '%s\n' 'rocommunity public' 'authtrapenable 1' "trap2sink ${to[0]} c" >"$conf"
    start_agent
    "$tools/snmptrap/snmptrap" -v2c -c wrong "$agent" 1 .1.3.6.1.6.3.1.1.5.3
    "$tools/snmptrap/snmptrap" -v1 -c wrong "$agent" .1.3.6.1 127.0.0.1 0 0 1
    guess
    until_true 5 has_heard 06:2b0601060301010505 1
    sleep 0.3
    [ "$(heard 06:2b0601060301010505)" -eq 1 ]
}

@test "version 3 needs keys that the agent has" {
    cat >"$conf" <<CONF
rwcommunity private
trapsess -v 3 -u nobody -l authNoPriv ${to[0]}
trap2sink ${to[1]} c
CONF
    start_agent
    until_true 5 has_heard '^1 ' 1
    [ "$(heard '^0 ')" -eq 0 ]
    grep -q 'a notification to udp:127.0.0.1:[0-9]* was not sent: ' "$log"
}
