# SPDX-License-Identifier: BSD-3-Clause
# What snmpd-lite notifies of: octet by octet what Net-SNMP's snmpd sends to the same receivers, the same rows for them
# in the tables of SNMP-TARGET-MIB and SNMP-NOTIFICATION-MIB, and Net-SNMP's snmptrapd takes all of it.
#
# What differs on purpose: behind nsNotifyRestart comes warmStart; a row of the configuration cannot be deleted by a
# SET; an index without a name, or of a name that is too long, is no row's; an incomplete row of the filter table is
# there with its defaults; the lock of snmpTargetSpinLock begins anywhere.

load "$top_srcdir/tests/support/daemon.bash"
load "$top_srcdir/tests/support/snmptrapd.bash"

TARGET=.1.3.6.1.6.3.12.1
NOTIFY=.1.3.6.1.6.3.13.1
ADDRESS=$TARGET.2.1
PARAMS=$TARGET.3.1

setup_file() {
    command -v snmpd >/dev/null && command -v snmptrapd >/dev/null && command -v snmpset >/dev/null ||
        skip 'Net-SNMP is not installed (packages snmp, snmpd and snmptrapd)'
    export MIBS=
    start_snmptrapd <<'CONF'
disableAuthorization no
authCommunity log traps
authCommunity log informs
createUser -e 0x8000000001020304 plain
createUser -e 0x8000000001020304 auth SHA authpassword
createUser -e 0x8000000001020304 priv SHA-256 authpassword AES privpassword
createUser auth SHA authpassword
createUser priv SHA-256 authpassword AES privpassword
createUser plain
authUser log plain noauth
authUser log auth auth
authUser log priv priv
CONF
}

teardown_file() {
    [ ! -f "$BATS_FILE_TMPDIR/trapd.pid" ] || stop_snmptrapd
}

setup() {
    daemon_setup
    mkdir -p "$work/state/cert_indexes" "$work/peer-state/cert_indexes"
    listener_pid=
    peer_pid=
    name_space=
}

teardown() {
    daemon_teardown
    for pid in $listener_pid $peer_pid; do
        kill "$pid" 2>/dev/null || :
        wait_gone "$pid" || kill -9 "$pid" 2>/dev/null || :
    done
    [ -z "$name_space" ] || ip netns del "$name_space"
}

# Sets ${to[N]}, the addresses that a listener writes from to $work/heard. An argument is a command that runs it.
start_listener() {
    command -v python3 >/dev/null || skip 'python3 is not installed'
    : >"$work/heard"
    "$@" python3 "$top_srcdir/tests/support/trap_listener.py" "$work/ports" "$work/heard" 3>&- &
    listener_pid=$!
    until_true 10 test -f "$work/ports"
    mapfile -t to <"$work/ports"
    to=("${to[@]/#/127.0.0.1:}")
}

# Net-SNMP's agent with the same configuration: sets $peer.
start_peer() {
    peer=127.0.0.1:$(free_port)
    SNMP_PERSISTENT_DIR="$work/peer-state" "$@" /usr/sbin/snmpd -f -C -I -smux -c "$conf" -Lf "$work/peer.log" \
        -p "$work/peer.pid" "udp:$peer" >/dev/null 2>&1 3>&- &
    until_true 10 grep -q 'NET-SNMP version' "$work/peer.log"
    peer_pid=$(cat "$work/peer.pid")
}

has_heard() {
    [ "$(sort -u "$work/heard" | grep -c .)" -ge "$1" ]
}

# What was heard since the last call, each message once (informs are repeated, as nobody answers), in $work/$1.
take_heard() {
    sort -u "$work/heard" >"$work/$1"
    : >"$work/heard"
}

call() {
    snmpset -On -v2c -c private "$@" 2>&1 || :
}

# Both agents are asked the same; AGENT stands for the agent.
same() {
    local words=("$@")
    "${words[@]/#AGENT/$peer}" >"$work/theirs" 2>&1 3>&- || :
    "${words[@]/#AGENT/$agent}" >"$work/ours" 2>&1 3>&- || :
    diff "$work/theirs" "$work/ours"
}

sinks() {
    cat <<CONF
exactEngineID 0x8000000001020304
createUser usr SHA authpassword AES privpassword
rwuser usr
rwcommunity private
rocommunity public
trapsink ${to[0]} first
trapcommunity shared
trapsink ${to[1]}
trap2sink ${to[2]} second
informsink ${to[3]} third
trapsess -v 2c -c fourth -t 3 -r 2 ${to[4]}
trapsess -Ci -v2c -c fifth -r1 udp:${to[5]}
trapsess -v 1 -c sixth ${to[6]}
trapsess -v 3 -u usr -l authPriv -a SHA -A authpassword -x AES -X privpassword ${to[7]}
trap2sink [::1]:9 seventh
CONF
}

@test "receivers of the configuration have the rows of snmpd" {
    start_listener
    sinks >"$conf"
    start_peer
    start_agent
    local table
    for table in $TARGET.2 $TARGET.3 $NOTIFY.1; do
        same snmpwalk -On -v2c -c public AGENT $table
        [ "$(wc -l <"$work/ours")" -gt 20 ]
    done
    same snmpbulkwalk -On -v2c -c public AGENT $TARGET.2
    same snmpwalk -On -v1 -c public AGENT $NOTIFY
    run snmpset -On -v2c -c private "$agent" $ADDRESS.9.105.110.116.101.114.110.97.108.48 i 6
    [[ $output == *notWritable* ]]
}

@test "the notifications are those of snmpd" {
    start_listener
    sinks >"$conf"
    echo 'authtrapenable 1' >>"$conf"
    sed -i '/-v 3/d' "$conf" # what is encrypted cannot be compared
    local who agents=(peer agent)
    for who in "${agents[@]}"; do
        "start_$who"
        until_true 5 has_heard 7
        take_heard "$who.start"
        snmpget -r0 -t0.1 -v2c -c wrong "${!who}" .1.3.6.1.2.1.1.3.0 || :
        until_true 5 has_heard 7
        take_heard "$who.refused"
        local pid=${who}_pid
        kill -HUP "${!pid}"
        until_true 5 has_heard 7
        sleep 0.3
        take_heard "$who.restart"
        kill "${!pid}"
        wait_gone "${!pid}"
        until_true 5 has_heard 7
        take_heard "$who.stop"
    done
    peer_pid=
    agent_pid=
    diff "$work/peer.start" "$work/agent.start"
    # informs of earlier events are heard again
    only() { grep -E "$1" "$work/$2"; }
    diff <(only '2b0601060301010505|40:.* 02:04 ' peer.refused) <(only '2b0601060301010505|40:.* 02:04 ' agent.refused)
    diff <(only '2b06010401bf08040003|02:06 02:03' peer.restart) <(only '2b06010401bf08040003|02:06 02:03' agent.restart)
    diff <(only '2b06010401bf08040002|02:06 02:02' peer.stop) <(only '2b06010401bf08040002|02:06 02:02' agent.stop)
    [ "$(only '2b0601060301010505|40:.* 02:04 ' agent.refused | wc -l)" -eq 7 ]
    [ "$(only '2b06010401bf08040003|02:06 02:03' agent.restart | wc -l)" -eq 7 ]
    [ "$(only '2b06010401bf08040002|02:06 02:02' agent.stop | wc -l)" -eq 7 ]
    # and the standard one
    [ "$(only '2b0601060301010502|40:.* 02:01 ' agent.restart | wc -l)" -eq 7 ]
}

@test "snmptrapd takes traps and informs of all versions and levels" {
    cat >"$conf" <<CONF
exactEngineID 0x8000000001020304
createUser auth SHA authpassword
createUser priv SHA-256 authpassword AES privpassword
rouser auth
trapsink $TRAPD traps
trap2sink $TRAPD traps
informsink $TRAPD informs
trapsess -v 3 -u plain -l noAuthNoPriv $TRAPD
trapsess -v 3 -u auth -l authNoPriv $TRAPD
trapsess -v 3 -u priv -l authPriv -a SHA-256 -A authpassword -x AES -X privpassword $TRAPD
trapsess -Ci -v 3 -u plain -l noAuthNoPriv $TRAPD
trapsess -Ci -v 3 -u auth -l authNoPriv -a SHA -A authpassword $TRAPD
trapsess -Ci -v 3 -u priv -l authPriv -a SHA-256 -A authpassword -x AES -X privpassword $TRAPD
CONF
    : >"$TRAPS"
    start_agent
    arrived() { [ "$(grep -c '5\.1$\|\.5\.1	\|Cold Start' "$TRAPS")" -ge 9 ]; }
    until_true 10 arrived || {
        cat "$TRAPS" "$log"
        false
    }
    ! grep 'notifications:' "$log"
}

# Each line: a name, and what is SET. Both agents must say the same.
@test "SETs of rows end as with snmpd" {
    start_listener
    printf '%s\n' 'rwcommunity private' 'rocommunity public' >"$conf"
    start_peer
    start_agent
    local a=97 f=1.102.1.3.6 tried=0 words
    while read -r -a words; do
        same snmpset -On -v2c -c private AGENT "${words[@]}"
        tried=$((tried + 1))
    done <<CASES
$PARAMS.7.$a i 1
$PARAMS.7.$a i 3
$PARAMS.7.$a i 6
$PARAMS.2.$a i 1
$PARAMS.7.$a i 4
$PARAMS.7.$a i 4
$PARAMS.7.$a i 1
$PARAMS.2.$a i 1 $PARAMS.3.$a i 2 $PARAMS.4.$a s name $PARAMS.5.$a i 1
$PARAMS.7.$a i 1
$PARAMS.4.$a s other
$PARAMS.3.$a i 0
$PARAMS.5.$a i 4
$PARAMS.6.$a i 2
$PARAMS.7.$a i 2
$PARAMS.4.$a s other
$PARAMS.7.$a i 1
$PARAMS.7.98 i 5
$PARAMS.2.98 i -1
$PARAMS.3.98 i 7
$PARAMS.7.98 i 6
$ADDRESS.9.$a i 1
$ADDRESS.9.$a i 2
$ADDRESS.9.$a i 3
$ADDRESS.9.$a i 7
$ADDRESS.9.$a i 0
$ADDRESS.9.$a i 6
$ADDRESS.9.$a i 5
$ADDRESS.2.$a i 1
$ADDRESS.9.$a i 1
$ADDRESS.2.$a o .1.3.6.1.6.1.1 $ADDRESS.3.$a x 7f0000010009 $ADDRESS.6.$a s one $ADDRESS.7.$a s a
$ADDRESS.9.$a i 1
$ADDRESS.9.$a i 4
$ADDRESS.2.$a o .1.3.6.1.6.1.1
$ADDRESS.3.$a x 7f000001000a
$ADDRESS.4.$a i 50 $ADDRESS.5.$a i 1
$ADDRESS.4.$a i -1
$ADDRESS.5.$a i 256
$ADDRESS.6.$a x 2061
$ADDRESS.6.$a s one
$ADDRESS.8.$a i 2
$ADDRESS.8.$a i 4
$ADDRESS.8.$a i 5
$ADDRESS.9.$a i 2
$ADDRESS.3.$a x 7f000001000a
$NOTIFY.1.1.5.$a i 1
$NOTIFY.1.1.5.$a i 4
$NOTIFY.1.1.2.$a s one
$NOTIFY.1.1.2.$a x 61200062
$NOTIFY.1.1.3.$a i 3
$NOTIFY.1.1.3.$a i 2
$NOTIFY.1.1.4.$a i 2
$NOTIFY.1.1.4.$a i 4
$NOTIFY.1.1.5.$a i 2
$NOTIFY.2.1.3.$a i 5
$NOTIFY.2.1.3.$a i 1
$NOTIFY.2.1.1.$a s f
$NOTIFY.2.1.3.$a i 1
$NOTIFY.2.1.2.$a i 2
$NOTIFY.3.1.5.$f i 1
$NOTIFY.3.1.2.$f x 01
$NOTIFY.3.1.5.$f i 6
$NOTIFY.3.1.5.$f i 4
$NOTIFY.3.1.2.$f x 0102030405060708090a0b0c0d0e0f1011
$NOTIFY.3.1.3.$f i 3
$NOTIFY.3.1.3.$f i 2
$NOTIFY.3.1.4.$f i 4
$NOTIFY.3.1.4.$f i 2
CASES
    [ "$tried" -gt 60 ]
    local table
    for table in $TARGET.2 $TARGET.3 $NOTIFY.1 $NOTIFY.2 $NOTIFY.3; do
        same snmpwalk -On -v2c -c public AGENT $table
        ! grep 'No Such' "$work/ours"
    done
    same snmpset -On -v2c -c private AGENT $ADDRESS.9.$a i 6
    same snmpset -On -v2c -c private AGENT $NOTIFY.3.1.5.$f i 6
    same snmpwalk -On -v2c -c public AGENT $TARGET.2
}

@test "rows made with snmpset send notifications, also after the next start" {
    start_listener
    cat >"$conf" <<CONF
exactEngineID 0x8000000001020304
createUser auth SHA authpassword
rwuser auth
rwcommunity private
authtrapenable 1
CONF
    start_agent
    local port hex f=1.102
    port=${to[0]#*:}
    hex=$(printf '7f000001%04x' "$port")
    snmpset -On -v2c -c private "$agent" $PARAMS.7.112 i 4 $PARAMS.2.112 i 1 $PARAMS.3.112 i 2 \
        $PARAMS.4.112 s someone $PARAMS.5.112 i 1
    snmpset -On -v2c -c private "$agent" $ADDRESS.9.97 i 4 $ADDRESS.2.97 o .1.3.6.1.6.1.1 \
        $ADDRESS.3.97 x "$hex" $ADDRESS.6.97 s 'blue red' $ADDRESS.7.97 s p
    snmpset -On -v2c -c private "$agent" $NOTIFY.1.1.5.110 i 4 $NOTIFY.1.1.2.110 s red
    refuse() { snmpget -r0 -t0.1 -v2c -c wrong "$agent" .1.3.6.1.2.1.1.3.0 2>/dev/null || :; }
    refuse
    until_true 5 grep -q '^0 .*04:736f6d656f6e65 .*06:2b0601060301010505' "$work/heard"
    # a filter that lets only cold starts pass
    snmpset -On -v2c -c private "$agent" $NOTIFY.2.1.3.112 i 4 $NOTIFY.2.1.1.112 s f
    snmpset -On -v2c -c private "$agent" $NOTIFY.3.1.5.$f.1.3.6.1.6.3.1.1.5.1 i 4
    : >"$work/heard"
    refuse
    stop_agent
    grep -q '^targetParams "p" 1 2 "someone" 1 3 1$' "$work/state/snmpd.conf"
    grep -q '^targetAddr "a" ' "$work/state/snmpd.conf"
    start_agent
    until_true 5 grep -q '06:2b0601060301010501' "$work/heard"
    ! grep '06:2b0601060301010505\|06:2b06010401bf0804' "$work/heard"
    # another level: a user of version 3, whose keys are the agent's
    snmpset -On -v2c -c private "$agent" $PARAMS.7.112 i 2 $PARAMS.2.112 i 3 $PARAMS.3.112 i 3 \
        $PARAMS.4.112 s auth $PARAMS.5.112 i 2
    snmpset -On -v2c -c private "$agent" $PARAMS.7.112 i 1 $NOTIFY.2.1.3.112 i 6
    hex=$(printf '7f000001%04x' "${TRAPD#*:}")
    : >"$TRAPS"
    snmpset -On -v2c -c private "$agent" $ADDRESS.9.97 i 2 $ADDRESS.3.97 x "$hex"
    snmpset -On -v2c -c private "$agent" $ADDRESS.9.97 i 1
    refuse
    has_arrived .1.3.6.1.6.3.1.1.5.5
}

@test "interfaces that go down and up are told of as by snmpd" {
    [ "$(id -u)" -eq 0 ] || skip 'needs root'
    command -v ip >/dev/null || skip 'no ip'
    name_space=uvsnmp-notify-$$
    ip netns add "$name_space" || {
        name_space=
        skip 'no network name spaces'
    }
    local inside=(ip netns exec "$name_space")
    ip -n "$name_space" link set lo up || skip 'no network name spaces'
    ip -n "$name_space" link add ve0 type veth peer name ve1 || skip 'no veth'
    ip -n "$name_space" link set ve0 up
    ip -n "$name_space" link set ve1 up
    start_listener "${inside[@]}"
    # snmpd looks once a minute by itself, which is too long for a test
    cat >"$conf" <<CONF
rocommunity public
createUser _internal SHA abcdefghijk
rwuser _internal noauth
agentSecName _internal
linkUpDownNotifications yes
monitor -r 1 -e _linkUp up .1.3.6.1.2.1.2.2.1.8 != 2
monitor -r 1 -e _linkDown down .1.3.6.1.2.1.2.2.1.8 == 2
trapsink ${to[0]} one
trap2sink ${to[1]} two
CONF
    "${inside[@]}" "$lite" -f -C -c "$conf" -Lf "$log" udp:127.0.0.1:1162 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    until_true 5 has_heard 2
    : >"$work/heard"
    ip -n "$name_space" link set ve1 down
    until_true 5 has_heard 4
    take_heard ours.down
    ip -n "$name_space" link set ve1 up
    until_true 5 has_heard 4
    take_heard ours.up
    kill "$agent_pid"
    wait_gone "$agent_pid"
    agent_pid=
    start_peer "${inside[@]}"
    sleep 3 # its first look, and what it tells of its start
    : >"$work/heard"
    ip -n "$name_space" link set ve1 down
    until_true 5 has_heard 4
    take_heard theirs.down
    ip -n "$name_space" link set ve1 up
    until_true 5 has_heard 4
    take_heard theirs.up
    diff "$work/theirs.down" "$work/ours.down"
    diff "$work/theirs.up" "$work/ours.up"
}
