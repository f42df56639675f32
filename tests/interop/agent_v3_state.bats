# SPDX-License-Identifier: BSD-3-Clause
# What snmpd-lite keeps of its engine and users, from one start to the next and over SIGHUP.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    daemon_setup
    mkdir -p "$work/tools/cert_indexes" # else the tools say that they make it
    stored="$work/state/snmpd.conf"
    second_pid=
}

teardown()
{
    chmod -R u+w "$work" 2>/dev/null || :
    [ -z "$second_pid" ] || kill "$second_pid" 2>/dev/null || :
    daemon_teardown
}

need_tools()
{
    command -v snmpget >/dev/null || skip 'no Net-SNMP tools'
}

name=.1.3.6.1.2.1.1.5.0

# Net-SNMP's snmpget as a user with a passphrase, or without one.
get()
{
    local user=$1 passphrase=$2 as='-l noAuthNoPriv'
    [ -z "$passphrase" ] || as="-l authNoPriv -a SHA -A $passphrase"
    SNMP_PERSISTENT_DIR="$work/tools" PATH=/usr/bin:/bin snmpget -v3 -t 1 -r 1 -On $as -u "$user" "$agent" $name
}

boots()
{
    sed -n 's/^engineBoots //p' "$stored"
}

hang_up()
{
    : >"$log"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
}

@test "boots grow with each start, and the engine ID stays" {
    local id
    echo 'createUser user SHA authentic' >"$conf"
    start_agent
    [ "$(boots)" -eq 1 ]
    [ "$(stat -c %a "$stored")" = 600 ]
    id=$(grep '^oldEngineID' "$stored")
    stop_agent
    start_agent
    [ "$(boots)" -eq 2 ]
    kill -9 "$agent_pid" # stored before anything is answered
    wait_gone "$agent_pid"
    start_agent
    [ "$(boots)" -eq 3 ]
    [ "$(grep '^oldEngineID' "$stored")" = "$id" ]
}

@test "a user whose line is gone is still there after a restart" {
    need_tools
    printf 'createUser user SHA authentic\nrouser user\n' >"$conf"
    start_agent
    stop_agent
    echo 'rouser user' >"$conf"
    start_agent
    get user authentic
    run get user wrongsecret
    [ "$output" = 'snmpget: Authentication failure (incorrect password, community or key)' ]
    ! grep -q authentic "$stored" || false
}

@test "a user that was deleted stays so, whatever happens to the agent after its answer" {
    command -v snmpusm >/dev/null || skip 'no Net-SNMP tools'
    mkdir "$work/state"
    printf 'createUser admin SHA authentic\ncreateUser gone SHA authentic\n' >"$stored"
    echo 'rwuser admin' >"$conf"
    start_agent
    SNMP_PERSISTENT_DIR="$work/tools" snmpusm -v3 -t 1 -r 1 -l authNoPriv -a SHA -A authentic -u admin "$agent" \
        delete gone
    kill -9 "$agent_pid"
    wait_gone "$agent_pid"
    ! grep -q gone "$stored" || false
    grep -q admin "$stored"
}

@test "a user that cannot be stored is not made" {
    command -v snmpusm >/dev/null || skip 'no Net-SNMP tools'
    printf 'createUser admin SHA authentic\nrwuser admin\n' >"$conf"
    start_agent
    mv "$work/state" "$work/moved"
    : >"$work/state"
    run env SNMP_PERSISTENT_DIR="$work/tools" PATH=/usr/bin:/bin snmpusm -v3 -t 1 -r 1 -l authNoPriv -a SHA \
        -A authentic -u admin "$agent" create new admin
    [[ "$output" == *commitFailed* ]]
    run get new authentic
    [ "$output" = 'snmpget: Unknown user name' ]
}

@test "a createUser line in the persistent file becomes keys" {
    need_tools
    mkdir "$work/state"
    printf 'createUser user SHA authentic\n' >"$stored"
    echo 'rouser user' >"$conf"
    start_agent
    get user authentic
    ! grep -q 'createUser\|authentic' "$stored" || false
    grep -q '^usmUser 1 3 0x[0-9a-f]* "user" "user" NULL' "$stored"
}

@test "SIGHUP takes new users, passphrases and rights, and keeps the others" {
    need_tools
    printf 'createUser one SHA authentic\nrouser one\n' >"$conf"
    start_agent
    get one authentic
    printf 'createUser two SHA authentic\ncreateUser three\nrouser two\nrouser three noauth\n' >"$conf"
    hang_up
    get two authentic
    get three ''
    run get one authentic # no right any more
    [[ "$output" == *'authorizationError'* ]]
    printf 'createUser two SHA otherpass\nrouser one\nrouser two\n' >"$conf"
    hang_up
    get one authentic
    get two otherpass
    run get two authentic
    [ "$status" -eq 1 ]
    until_true 5 grep -q '"three"' "$stored"
    [ "$(boots)" -eq 1 ]
}

@test "a createUser line that is added to the persistent file waits for SIGHUP" {
    need_tools
    printf 'createUser one SHA authentic
rwuser one
rouser two
' >"$conf"
    start_agent
    echo 'createUser two SHA authentic' >>"$stored"
    "$tools/snmpset" -v3 -l authNoPriv -u one -a SHA -A authentic "$agent" $name s other
    until_true 5 grep -q '^psysname other' "$stored"
    grep -q '^createUser two' "$stored"
    hang_up
    get two authentic
    until_true 5 grep -q '^usmUser .*"two"' "$stored"
    ! grep -q '^createUser' "$stored" || false
}

@test "SIGHUP does not change the engine ID, and says so" {
    printf 'createUser one SHA authentic\nengineID first\n' >"$conf"
    start_agent
    hang_up
    ! grep -q 'the engine ID stays' "$log" || false
    grep -qx 'oldEngineID 0x80001f88046669727374' "$stored"
    echo 'engineID second' >"$conf"
    hang_up
    grep -q '^Warning: the engine ID stays as it is until the agent is started again$' "$log"
    stop_agent
    grep -qx 'oldEngineID 0x80001f88046669727374' "$stored"
}

@test "without a place for the boots an agent with users does not start" {
    printf 'createUser user SHA authentic\nrocommunity public\n' >"$conf"
    : >"$work/state"
    run "$lite" -f -C -c "$conf" -Lo udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [[ "$output" == *"engineBoots cannot be stored, which SNMPv3 needs: $stored.lock: Not a directory"* ]]
    [[ "$output" == *"the user $(id -un) must be able to write into the directory $work/state"* ]]
}

@test "two agents do not share a persistent directory" {
    printf 'createUser user SHA authentic\n' >"$conf"
    start_agent
    [ "$(stat -c %a "$stored.lock")" = 600 ]
    run "$lite" -f -C -c "$conf" -Lo udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [[ "$output" == *"needs: $stored: another process uses it"* ]]
    [[ "$output" == *"a persistent directory of its own, and $work/state has one already"* ]]
    [ "$(boots)" -eq 1 ]
    hang_up
    run "$lite" -f -C -c "$conf" -Lo udp:127.0.0.1:0
    [ "$status" -eq 1 ]
}

@test "a second agent without users speaks versions 1 and 2c, and leaves the state of the first alone" {
    local second
    echo 'rwcommunity private' >"$conf"
    start_agent
    "$lite" -f -C -c "$conf" -Lf "$work/second.log" udp:127.0.0.1:0 3>&- &
    second_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$work/second.log"
    second=127.0.0.1:$(sed -n 's/^Listening on udp:127\.0\.0\.1:\([0-9]*\)$/\1/p' "$work/second.log")
    "$tools/snmpset" -v2c -c private "$second" $name s other
    until_true 5 grep -q "cannot store what was set: $stored: another process uses it" "$work/second.log"
    kill "$second_pid"
    wait_gone "$second_pid"
    ! grep -q psysname "$stored" || false
    [ "$(boots)" -eq 1 ]
}

@test "SIGHUP does not change the persistent directory, and says so" {
    printf 'createUser user SHA authentic\n' >"$conf"
    start_agent
    printf 'createUser user SHA authentic\n[snmp] persistentDir %s\n' "$work/other" >"$conf"
    hang_up
    grep -q "^Warning: the persistent directory stays $work/state until" "$log"
    stop_agent
    [ ! -e "$work/other" ]
}

@test "without a place for the boots an agent without users speaks versions 1 and 2c" {
    echo 'rocommunity public' >"$conf"
    : >"$work/state"
    start_agent
    "$tools/snmpget" -v2c -c public -t 1 -r 1 "$agent" $name
    [ "$(wc -l <"$log")" -eq 2 ] # where it listens, and its version
    need_tools
    run get nobody ''
    [[ "$output" == *'Timeout'* ]]
}

@test "boots end at their maximum, and are not lost" {
    mkdir "$work/state"
    printf 'engineBoots 2147483646\noldEngineID 0x8000000001\n' >"$stored"
    echo 'createUser user SHA authentic' >"$conf"
    start_agent
    [ "$(boots)" = 2147483647 ]
    grep -q 'engineBoots has reached its end' "$log"
    stop_agent
    start_agent
    [ "$(boots)" = 2147483647 ]
    stop_agent
    sed -i 's/^engineBoots .*/engineBoots lost/' "$stored"
    run "$lite" -f -C -c "$conf" -Lo udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [[ "$output" == *'engineBoots in the persistent file is lost'* ]]
    grep -q '^engineBoots lost$' "$stored"
}

@test "--check names bad lines of users and rights, and makes nothing" {
    cat >"$conf" <<'CONF'
createUser good SHA authentic
createUser bad ROT13 authentic
rouser bad loud
CONF
    run "$lite" --check -C -c "$conf" -Lo
    [ "$status" -eq 1 ]
    [[ "$output" == *"$conf: line 2: Error: unknown authProtocol"* ]]
    [[ "$output" == *"$conf: line 3: Error: bad security level"* ]]
    [[ "$output" == *'2 error(s) in 1 configuration file(s)'* ]]
    [ ! -e "$stored" ]
}

@test "an agent with users alone says nothing of missing access control" {
    printf 'createUser user SHA authentic\nrouser user\n' >"$conf"
    start_agent
    ! grep -q 'no access control' "$log" || false
    grep -q libcrypto "/proc/$agent_pid/maps"
}

@test "libcrypto is not opened where no user has keys" {
    printf 'createUser user\nrouser user noauth\n' >"$conf"
    start_agent
    ! grep -q libcrypto "/proc/$agent_pid/maps" || false
}

@test "bad messages of version 3 are logged a few times only" {
    need_tools
    printf 'createUser user SHA authentic\nrouser user\n' >"$conf"
    start_agent
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        run get nobody authentic
        [ "$output" = 'snmpget: Unknown user name' ]
    done
    [ "$(grep -c 'unknown user name in a message from udp:127.0.0.1' "$log")" -eq 5 ]
    ! grep -q nobody "$log" || false
}
