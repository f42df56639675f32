# SPDX-License-Identifier: BSD-3-Clause
# snmpd-lite as a program: options, configuration, signals, files.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    daemon_setup
}

teardown()
{
    daemon_teardown
}

get()
{
    "$tools/snmpget" -v2c -c "${community:-public}" -t 1 -r 1 -On "$agent" "$@"
}

set_value()
{
    "$tools/snmpset" -v2c -c "${community:-private}" -t 1 -r 1 -On "$agent" "$@"
}

contact=.1.3.6.1.2.1.1.4.0
name=.1.3.6.1.2.1.1.5.0
location=.1.3.6.1.2.1.1.6.0

@test "the start is complete when the version line is logged, with the addresses before it" {
    echo 'rocommunity public' >"$conf"
    start_agent
    [ "$(cat "$pid_file")" = "$agent_pid" ]
    [ "$(tail -n 1 "$log")" = "$(grep '^NET-SNMP version 5' "$log")" ]
    get $location
}

@test "without a community nobody is answered, and the log says so" {
    start_agent
    grep -q 'Warning: no access control information configured' "$log"
    run get $location
    [ "$status" -eq 1 ]
}

@test "without -f it returns once it listens, and runs on" {
    echo 'rocommunity public' >"$conf"
    port=$(free_port)
    agent="127.0.0.1:$port"
    "$lite" -C -c "$conf" -p "$pid_file" -Lf "$log" "udp:$agent" 3>&-
    agent_pid=$(cat "$pid_file")
    get $location
    stop_agent
    [ ! -e "$pid_file" ]
}

@test "without -f it fails with the reason when it cannot listen" {
    start_agent
    run "$lite" -C -c "$conf" -Lf "$work/second.log" "udp:$agent"
    [ "$status" -eq 1 ]
    [[ "$output" == *"Error opening specified endpoint \"udp:$agent\""* ]]
    grep -q 'Error opening specified endpoint' "$work/second.log"
}

@test "a relative configuration and pid file work in the background too" {
    echo 'rocommunity public' >"$conf"
    cd "$work"
    port=$(free_port)
    agent="127.0.0.1:$port"
    "$lite" -C -c snmpd.conf -p snmpd.pid -Lf "$log" "udp:$agent" 3>&-
    agent_pid=$(cat "$pid_file")
    echo 'syslocation after' >>"$conf"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    get $location | grep -q after
    stop_agent
    [ ! -e "$pid_file" ]
}

@test "SIGTERM ends it at once, removes the pid file and is logged" {
    start_agent
    kill "$agent_pid"
    until_true 1 is_gone "$agent_pid"
    [ ! -e "$pid_file" ]
    [ "$(tail -n 1 "$log")" = 'Received TERM or STOP signal...  shutting down...' ]
    wait "$agent_pid"
    agent_pid=
}

@test "-U leaves the pid file" {
    start_agent -U
    stop_agent
    [ -e "$pid_file" ]
}

@test "SIGHUP reads the configuration again and keeps the socket" {
    printf 'rocommunity public\nsyslocation before\n' >"$conf"
    start_agent
    get $location | grep -q 'STRING: "before"'
    printf 'rocommunity other\nsyslocation after\n' >"$conf"
    kill -HUP "$agent_pid"
    until_true 5 grep -q '^NET-SNMP version .* restarted$' "$log"
    grep -q '^Reconfiguring daemon$' "$log"
    run get $location
    [ "$status" -eq 1 ]
    community=other get $location | grep -q 'STRING: "after"'
}

@test "SIGHUP listens on a new agentaddress too, and says that an old one stays" {
    local first second
    first=$(free_port)
    second=$(free_port)
    printf 'rocommunity public\nagentaddress udp:127.0.0.1:%s\n' "$first" >"$conf"
    "$lite" -f -C -c "$conf" -Lf "$log" 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    printf 'rocommunity public\nagentaddress udp:127.0.0.1:%s\n' "$second" >"$conf"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    agent="127.0.0.1:$second" get $name
    grep -q "^Warning: still listening on udp:127.0.0.1:$first until" "$log"
}

@test "SIGHUP opens the log file again, so that it can be moved away" {
    start_agent
    mv "$log" "$log.1"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    [ "$(head -n 1 "$log")" = 'Reconfiguring daemon' ]
    ! grep -q Reconfiguring "$log.1"
}

@test "SIGHUP with a configuration that cannot be read keeps the old one" {
    printf 'rocommunity public\n' >"$conf"
    start_agent
    mv "$conf" "$conf.away"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    grep -q 'the old one stays in force' "$log"
    get $location
}

@test "what is set persists over a restart" {
    printf 'rwcommunity private\n' >"$conf"
    start_agent
    set_value $contact s 'me & you' $name s ' blank '
    stop_agent
    grep -q '^psyscontact me & you$' "$work/state/snmpd.conf"
    start_agent
    community=private get $contact $name >"$work/out"
    grep -q 'STRING: "me & you"' "$work/out"
    grep -q 'STRING: " blank "' "$work/out"
}

@test "what is set is stored soon, not only at the end" {
    printf 'rwcommunity private\n' >"$conf"
    start_agent
    set_value $contact s soon
    until_true 5 grep -q '^psyscontact soon$' "$work/state/snmpd.conf"
}

@test "a value that holds a line cannot become configuration" {
    printf 'rwcommunity private\n' >"$conf"
    start_agent
    set_value $contact s $'x\nrwcommunity open'
    stop_agent
    start_agent
    ! grep -q rwcommunity "$work/state/snmpd.conf"
    community=open run get $contact
    [ "$status" -eq 1 ]
}

@test "what the configuration says is not writable" {
    printf 'rwcommunity private\nsyscontact me\n' >"$conf"
    start_agent
    run set_value $contact s you
    [ "$status" -eq 2 ]
    [[ "$output" == *notWritable* ]]
    set_value $location s there
}

@test "what could not be stored is stored at the end" {
    echo 'rwcommunity private' >"$conf"
    : >"$work/state" # a file in the place of the folder
    start_agent
    set_value $location s 'kept'
    until_true 5 grep -q '^cannot store what was set: ' "$log"
    rm "$work/state"
    stop_agent
    start_agent
    community=private get $location | grep -q '"kept"'
}

@test "persistentDir in a [snmp] line says where values are stored" {
    printf '[snmp] persistentdir %s\nrwcommunity private\n' "$work/elsewhere" >"$conf"
    start_agent
    set_value $contact s here
    until_true 5 grep -q '^psyscontact here$' "$work/elsewhere/snmpd.conf"
    [ ! -e "$work/state/snmpd.conf" ]
}

@test "a read-only community cannot write" {
    printf 'rocommunity public\n' >"$conf"
    start_agent
    community=public run set_value $contact s you
    [ "$status" -eq 2 ]
    [[ "$output" == *noAccess* ]]
}

@test "a community for a subtree sees no more than that" {
    printf 'rocommunity public default .1.3.6.1.2.1.1.5\n' >"$conf"
    start_agent
    get $name
    get $location | grep -q 'No Such Object'
    run "$tools/snmpwalk" -v2c -c public -On "$agent" .1
    [ "${#lines[@]}" -eq 2 ] || [ "${#lines[@]}" -eq 1 ]
    [[ "${lines[0]}" == "$name = "* ]]
}

@test "OIDs of the configuration may be names" {
    unset MIBS
    cat >"$conf" <<CONF
view some included system
view some excluded SNMPv2-MIB::sysContact
view some included .iso.org.dod.internet.mgmt.mib-2.interfaces.ifNumber
rocommunity public default -V some
rocommunity other default sysName
sysobjectid NET-SNMP-MIB::netSnmpAgentOIDs.10
CONF
    start_agent
    get $name
    get .1.3.6.1.2.1.2.1.0 | grep -q INTEGER
    get $contact | grep -q 'No Such Object'
    get .1.3.6.1.2.1.1.2.0 | grep -q '8072\.3\.2\.10$'
    run "$tools/snmpget" -v2c -c other -On "$agent" "$location"
    [[ "$output" == *'No Such Object'* ]]
    run ! grep -e Error -e Warning "$log"
}

@test "a name that nobody knows is a bad line, and a missing module is logged" {
    unset MIBS
    printf 'rocommunity public default nothing\nview v included NO-MIB::nothing\n' >"$conf"
    run "$lite" --check -C -c "$conf" -M /nowhere -m +OTHER-MIB
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = 'MIB search path: /nowhere' ]
    [ "${lines[1]}" = 'Cannot find module (OTHER-MIB): At line 0 in (none)' ]
    [ "${lines[2]}" = "$conf: line 1: Error: bad SUBTREE object id: nothing" ]
    [ "${lines[3]}" = 'Cannot find module (NO-MIB): At line 0 in (none)' ]
}

@test "snmp.conf, [snmp] lines and -m turn names off and on" {
    unset MIBS
    mkdir -p "$work/none"
    printf 'view v included system\n' >"$conf"
    printf 'mibs :\n' >"$work/none/snmp.conf"
    run "$lite" --check -c "$conf"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$conf: line 1: Error: bad SUBTREE object id: system" ]
    "$lite" --check -c "$conf" -m +
    "$lite" --check -C -c "$conf" # which leaves snmp.conf out
    printf '[snmp] mibs +SNMPv2-MIB\nview v included system\n' >"$conf"
    "$lite" --check -c "$conf"
}

@test "a community for another source is not answered" {
    printf 'rocommunity public 192.0.2.1\n' >"$conf"
    start_agent
    run get $name
    [ "$status" -eq 1 ]
}

@test "bad lines are logged with file and line, and the rest counts" {
    cat >"$conf" <<CONF
rocommunity public
syslocation
smuxsocket 1.0.0.0
nonsense 1
rwcommunity private default -V all
CONF
    start_agent
    grep -qx "$conf: line 2: Error: Blank line following syslocation token." "$log"
    grep -q "^$conf: line 3: Warning: smuxsocket is not supported" "$log"
    grep -qx "$conf: line 4: Warning: Unknown token: nonsense." "$log"
    grep -qx "$conf: line 5: Warning: nothing is in the view all: the community sees nothing" "$log"
    get $name
    run set_value $name s x
    [ "$status" -eq 2 ]
    [[ "$output" == *"Reason: noAccess"* ]]
}

@test "--check makes each bad line an error" {
    printf 'rocommunity public\nnonsense 1\nsysservices many\n' >"$conf"
    run "$lite" --check -C -c "$conf"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$conf: line 2: Warning: Unknown token: nonsense." ]
    [ "${lines[1]}" = "$conf: line 3: Error: sysservices is not a number from 0 to 127: many" ]
    [ "${lines[2]}" = "2 error(s) in 1 configuration file(s)" ]
}

@test "--check is content with a good configuration, and opens nothing" {
    printf 'rocommunity public\nagentaddress udp:127.0.0.1:1\n' >"$conf"
    run "$lite" --check -C -c "$conf" -p "$pid_file"
    [ "$status" -eq 0 ]
    [ "$output" = "No errors in 1 configuration file(s)" ]
    [ ! -e "$pid_file" ]
}

@test "--check does not pass over a file that is missing" {
    run "$lite" --check -C -c "$work/nix.conf"
    [ "$status" -eq 1 ]
    [[ "$output" == *"nix.conf: No such file or directory"* ]]
}

@test "--token=value is a line of the configuration" {
    start_agent --rocommunity=public '--syslocation=over there'
    get $location | grep -q 'STRING: "over there"'
    start_log=$(cat "$log")
    [[ "$start_log" != *Unknown* ]]
}

@test "agentaddress takes a list of transports, and operands replace it" {
    local other
    port=$(free_port)
    other=$(free_port)
    printf 'rocommunity public\nagentaddress udp:127.0.0.1:%s,tcp:127.0.0.1:%s\n' "$port" "$port" >"$conf"
    printf 'agentaddress unix:%s/socket\n' "$work" >>"$conf"
    "$lite" -f -C -c "$conf" -Lf "$log" 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    for agent in "127.0.0.1:$port" "tcp:127.0.0.1:$port" "unix:$work/socket"; do
        run get $name
        case $agent in
        unix:*) [ "$status" -eq 1 ] ;; # rocommunity speaks of IPv4
        *) [ "$status" -eq 0 ] ;;
        esac
    done
    stop_agent
    rm "$log"
    "$lite" -f -C -c "$conf" -Lf "$log" "udp:127.0.0.1:$other,tcp:127.0.0.1:$other" 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    [ "$(grep -c '^Listening on' "$log")" -eq 2 ]
    agent="tcp:127.0.0.1:$other" get $name
}

@test "an address that cannot be used stops the start" {
    for bad in udp:127.0.0.1:99999 udp:192.0.2.99:1161 nix:127.0.0.1:1161; do
        run "$lite" -f -Le -C -c "$conf" "$bad"
        [ "$status" -eq 1 ]
        [[ "$output" == *"Error opening specified endpoint \"$bad\""* ]]
    done
}

@test "an open community on an address beyond the loopback is warned of" {
    local wide
    wide=$(free_port)
    printf 'rocommunity public\nrocommunity inside 10.0.0.0/8\n' >"$conf"
    "$lite" -f -C -c "$conf" -Lf "$log" "udp:0.0.0.0:$wide" 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    [ "$(grep -c 'answers any host' "$log")" -eq 1 ]
    grep -q "^Warning: $conf: line 1: this community answers any host on udp:0.0.0.0:$wide: " "$log"
}

@test "-d dumps packets as Net-SNMP does" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -d
    get $name
    grep -qE "^Received [0-9]+ byte packet from UDP: \[127\.0\.0\.1\]:[0-9]+->\[127\.0\.0\.1\]:$port$" "$log"
    grep -qE "^Sending [0-9]+ bytes to UDP: \[127\.0\.0\.1\]:[0-9]+->\[127\.0\.0\.1\]:$port$" "$log"
    grep -qE '^0000: 30 [0-9A-F]{2} 02 01  01 04 06 70  75 62 6C 69  63 A0 .*\.\.\.public\.' "$log"
}

@test "-V tells what is asked, -a only who asks" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -V
    get $name
    grep -q '^Received SNMP packet(s) from UDP: ' "$log"
    grep -qx '  GET message' "$log"
    grep -qx '    -- iso.3.6.1.2.1.1.5.0' "$log"
    stop_agent
    start_agent -a
    get $name
    grep -q '^Received SNMP packet(s) from UDP: ' "$log"
    ! grep -q 'GET message' "$log"
}

@test "each request is logged with its connection first, and a GETBULK with its numbers" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -V
    "$tools/snmpbulkget" -v2c -c public -Cn1 -Cr2 -t 1 "$agent" .1.3.6.1.2.1.1.3 .1.3.6.1.2.1.1.5
    stop_agent
    path="UDP: \[127\.0\.0\.1\]:[0-9]+->\[127\.0\.0\.1\]:$port"
    sed -n '/^NET-SNMP version/,$p' "$log" | sed 1d >"$work/said"
    sed -n 1p "$work/said" | grep -qE "^Connection from $path\$"
    sed -n 2p "$work/said" | grep -qE "^Received SNMP packet\(s\) from $path\$"
    sed -n '3,5p' "$work/said" >"$work/asked"
    printf '  GETBULK message, non-rep=1, max_rep=2\n    -- iso.3.6.1.2.1.1.3\n    -- iso.3.6.1.2.1.1.5\n' |
        cmp - "$work/asked"
}

@test "-d names the connection between a message and its answer, dontLogTCPWrappersConnects does not" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -d
    get $name
    grep -E '^(Received|Connection|Sending)' "$log" | cut -d ' ' -f 1 | tr '\n' ' ' >"$work/order"
    [ "$(cat "$work/order")" = 'Received Connection Sending ' ]
    printf 'dontLogTCPWrappersConnects yes\n' >>"$conf"
    kill -HUP "$agent_pid"
    until_true 5 grep -q restarted "$log"
    get $name
    [ "$(grep -c '^Received' "$log")" -eq 2 ]
    [ "$(grep -c '^Connection' "$log")" -eq 1 ]
}

@test "SIGUSR1 logs what is registered, and the agent runs on" {
    echo 'rocommunity public' >"$conf"
    start_agent
    kill -USR1 "$agent_pid"
    until_true 5 grep -q '^  \.1\.3\.6\.1\.2\.1\.31\.1\.1\.1 - \.1\.3\.6\.1\.2\.1\.31\.1\.1\.2$' "$log"
    grep -qx 'Subtrees for Context: ' "$log"
    grep -qx '  \.1\.3\.6\.1\.2\.1\.1 - \.1\.3\.6\.1\.2\.1\.2' "$log"
    get $name
}

@test "no socket takes the place of a standard file that was closed" {
    echo 'rocommunity public' >"$conf"
    port=$(free_port)
    agent="127.0.0.1:$port"
    "$lite" -C -c "$conf" -p "$pid_file" -Lf "$log" "udp:$agent" "tcp:$agent" 3>&- <&- >&- 2>&-
    agent_pid=$(cat "$pid_file")
    get $name
    "$tools/snmpget" -v2c -c public -t 1 "tcp:$agent" $name
    stop_agent
    rm "$log"
    "$lite" -f -C -c "$conf" -p "$pid_file" -Lf "$log" "udp:$agent" "tcp:$agent" 3>&- <&- >&- 2>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    get $name
    kill "$agent_pid"
    wait "$agent_pid"
    agent_pid=
}

@test "log files start empty, and with -A they do not" {
    "$lite" -f -C -c "$conf" -Lf "$work/kept.log" udp:nix:1 || true
    "$lite" -f -C -c "$conf" -Lf "$work/kept.log" udp:nix:2 || true
    [ "$(grep -c 'Error opening' "$work/kept.log")" -eq 1 ]
    "$lite" -f -C -c "$conf" -A -Lf "$work/kept.log" udp:nix:3 || true
    [ "$(grep -c 'Error opening' "$work/kept.log")" -eq 2 ]
}

@test "old spellings are taken with a word on standard output, a bad -L with the usage" {
    run "$lite" --check -C -c "$conf" -P "$pid_file" -l "$log"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 'Warning: -P option is deprecated, use -p instead' ]
    [ "${lines[1]}" = 'Warning: -l option is deprecated, use -Lf <file> instead' ]
    status=0
    output=$("$lite" -f -C -Lz 2>"$work/err") || status=$?
    [ "$status" -eq 1 ]
    [[ "$(cat "$work/err")" == *'Unknown logging option passed to -L: z.' ]]
    [ "${output%%$'\n'*}" = 'Usage: snmpd-lite [OPTIONS] [LISTENING ADDRESSES]' ]
}

@test "usage and version" {
    run "$lite" -h
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == 'Usage: snmpd-lite [OPTIONS] [LISTENING ADDRESSES]' ]]
    run "$lite" -v
    [ "$status" -eq 0 ]
    [[ "$output" == *'NET-SNMP version:  5.9.3'* ]]
    run "$lite" --version
    [ "$status" -eq 0 ]
    run "$lite" -H
    [ "$status" -eq 0 ]
    [[ "$output" == *rocommunity*'COMMUNITY [SOURCE'* ]]
    run "$lite" -Q
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == 'snmpd-lite: -Q: '* ]]
    run "$lite" -c
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == *'missing argument'* ]]
}

@test "options of Net-SNMP's agent are accepted in its spellings" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -r -q -A -m '' -M /nix -n name -I -smux,mteTrigger -x /nix/socket -Dagent,io -LF 0-4 "$work/w.log"
    get $name
}

@test "-D logs debug messages" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -D
    get $name
    grep -q '^agent: GET of 1 variables from udp:127.0.0.1:' "$log"
    stop_agent
    start_agent -Dnothing
    get $name
    ! grep -q '^agent:' "$log"
}

@test "-I leaves a group out" {
    printf 'rocommunity public\n' >"$conf"
    start_agent -I -ifTable,ifXTable
    get .1.3.6.1.2.1.2.1.0 | grep -q 'No Such Object'
    get $name | grep -q STRING
}

@test "-X is refused: there is no AgentX" {
    run "$lite" -f -Le -X -C -c "$conf"
    [ "$status" -eq 1 ]
    [[ "$output" == *AgentX* ]]
}

@test "a service manager is told of the start" {
    command -v python3 >/dev/null || skip "no python3"
    python3 -c '
import socket, sys
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(sys.argv[1])
heard.settimeout(10)
print(heard.recv(100).decode())' "$work/notify" >"$work/heard" 3>&- &
    listener=$!
    until_true 5 test -S "$work/notify"
    NOTIFY_SOCKET="$work/notify" start_agent
    wait "$listener"
    [ "$(cat "$work/heard")" = READY=1 ]
}

@test "an unknown user or group stops the start" {
    run "$lite" -f -Le -C -c "$conf" -u no-such-user udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [ "$output" = 'Bad user id: no-such-user' ]
    run "$lite" -f -Le -C -c "$conf" -g no-such-group udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [ "$output" = 'Bad group id: no-such-group' ]
}

@test "-u and -g change user and group for good" {
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    printf 'rocommunity public\n' >"$conf"
    start_agent -u nobody -g daemon
    [ "$(awk '/^Uid:/ { print $2, $3, $4 }' "/proc/$agent_pid/status")" = '65534 65534 65534' ]
    [ "$(awk '/^Gid:/ { print $2, $3, $4 }' "/proc/$agent_pid/status")" = "$(id -g daemon) $(id -g daemon) $(id -g daemon)" ]
    ! awk '/^Groups:/ { print $2 }' "/proc/$agent_pid/status" | grep -qx 0
    get $name
}

@test "agentuser in the configuration is obeyed" {
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    printf 'rocommunity public\nagentuser nobody\n' >"$conf"
    start_agent
    [ "$(awk '/^Uid:/ { print $2 }' "/proc/$agent_pid/status")" = 65534 ]
}

@test "without the right to change the user it does not start" {
    [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null || skip "no setpriv"
    local unprivileged=
    [ "$(id -u)" -ne 0 ] || unprivileged='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod 755 "$work" && chmod 644 "$conf"
    $unprivileged test -x "$lite" || skip "the program cannot be reached by others"
    run $unprivileged "$lite" -f -Le -C -c "$conf" -u daemon udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [[ "$output" == *"cannot change to group"* ]]
}

@test "a pid file that cannot be written stops the start, and with -r it does not" {
    printf 'rocommunity public\n' >"$conf"
    run "$lite" -f -Le -C -c "$conf" -p /nix/pid udp:127.0.0.1:0
    [ "$status" -eq 1 ]
    [[ "$output" == *'/nix/pid: No such file or directory'* ]]
    pid_file=/nix/pid
    start_agent -r
    get $name
}
