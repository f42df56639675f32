# SPDX-License-Identifier: BSD-3-Clause
# snmptrapd-lite as a program: our own tools send, and what it logs, runs and forwards is looked at.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    daemon_setup
    lite="$top_builddir/apps/snmptrapd-lite/snmptrapd-lite"
    PATH="$top_builddir/apps/snmptrap:$PATH"
    conf="$work/snmptrapd.conf"
    log="$work/traps"
    pid_file="$work/pid"
    passphrase='a long passphrase'
}

teardown()
{
    daemon_teardown
}

# Starts the receiver in the foreground on a free port, with the configuration of standard input; more options may be
# given. Sets $port and $agent, which the tools take.
start_receiver()
{
    cat >"$conf"
    rm -f "$log" # of an earlier start
    port=$(free_port)
    agent="127.0.0.1:$port"
    "$lite" -f -C -c "$conf" -p "$pid_file" -Lf "$log" "$@" "udp:$agent" >"$work/out" 2>"$work/err" 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log" || { cat "$log" "$work/err" >&2; return 1; }
}

# The shell passes over a command that fails behind "!"; here that is what must be.
refute() { ! "$@"; }

trap2() { snmptrap -v2c -c "${community:-public}" "$agent" 42 "$@"; }
inform2() { snmpinform -v2c -c "${community:-public}" -t "${wait:-2}" -r 0 "$agent" 42 "$@"; }

LINK_DOWN=.1.3.6.1.6.3.1.1.5.3
OWN=.1.3.6.1.4.1.9999.1
TEXT=.1.3.6.1.4.1.9999.2.0

logged() { until_true 5 grep -qF -- "$1" "${2:-$log}"; }
# not_logged TEXT: what is sent after it is there, and it is not.
not_logged()
{
    community=${sentinel_community:-public} trap2 $OWN $TEXT s sentinel
    logged sentinel && refute grep -qF -- "$1" "$log"
}

@test "without a line that allows it nothing is taken, and the log says so" {
    start_receiver </dev/null
    grep -qF 'Warning: no access control information configured.' "$log"
    grep -qF 'This receiver will *NOT* accept any incoming notifications.' "$log"
    wait=1 refute inform2 $LINK_DOWN
    [ "$(tail -n 1 "$log" | cut -c1-22)" = 'NET-SNMP version 5.9.3' ]
}

@test "a community is heard, another one is not, and gets no answer" {
    start_receiver <<<'authCommunity log public'
    inform2 $LINK_DOWN $TEXT s 'of a friend'
    grep -qF 'STRING: "of a friend"' "$log"
    community=other wait=1 refute inform2 $LINK_DOWN $TEXT s 'of a stranger'
    not_logged 'of a stranger'
}

@test "disableAuthorization lets everybody in" {
    start_receiver <<<'disableAuthorization yes'
    community=whoever inform2 $LINK_DOWN $TEXT s 'by anybody'
    grep -qF 'by anybody' "$log"
}

@test "a source and an OID restrict a community" {
    start_receiver <<END
authCommunity log public
authCommunity log far 10.0.0.0/8
authCommunity log near 127.0.0.0/8
authCommunity log links default $LINK_DOWN
END
    community=near inform2 $OWN $TEXT s near-1
    community=links inform2 $LINK_DOWN $TEXT s links-1
    community=far wait=0.5 refute inform2 $OWN $TEXT s far-1
    community=links wait=0.5 refute inform2 $OWN $TEXT s links-2
    grep -qF near-1 "$log"
    grep -qF links-1 "$log"
    not_logged far-1
    not_logged links-2
}

@test "types: what may be logged need not be executed, and the other way round" {
    start_receiver <<END
authCommunity log logger
authCommunity execute runner
authCommunity log,execute public
traphandle default cat >>$work/handled
END
    community=logger trap2 $LINK_DOWN $TEXT s only-log
    community=runner trap2 $LINK_DOWN $TEXT s only-run
    trap2 $LINK_DOWN $TEXT s both
    logged both
    logged both "$work/handled"
    grep -qF only-log "$log"
    refute grep -qF only-run "$log"
    grep -qF only-run "$work/handled"
    refute grep -qF only-log "$work/handled"
}

@test "users: the level that is asked for, and no less; informs to its own engine, traps from others'" {
    start_receiver <<END
createUser private SHA-256 "$passphrase" AES
createUser -e 0x8000000001020304 sender SHA-256 "$passphrase"
createUser signed SHA-256 "$passphrase" AES
authUser log private priv
authUser log signed
authUser log sender auth
END
    v3="-v3 -a SHA-256 -x AES -t 2 -r 0"
    snmpinform $v3 -u private -l authPriv -A "$passphrase" -X "$passphrase" "$agent" 42 $LINK_DOWN $TEXT s private-1
    refute snmpinform $v3 -t 1 -u private -l authNoPriv -A "$passphrase" "$agent" 42 $LINK_DOWN $TEXT s private-2
    snmpinform $v3 -u signed -l authNoPriv -A "$passphrase" "$agent" 42 $LINK_DOWN $TEXT s signed-1
    refute snmpinform $v3 -t 1 -u signed -l noAuthNoPriv "$agent" 42 $LINK_DOWN $TEXT s signed-2
    snmptrap -v3 -a SHA-256 -e 0x8000000001020304 -u sender -l authNoPriv -A "$passphrase" "$agent" 42 $LINK_DOWN \
        $TEXT s sender-1
    logged sender-1
    grep -qF private-1 "$log"
    grep -qF signed-1 "$log"
    refute grep -qE 'private-2|signed-2' "$log"
}

@test "the engine starts once more each time, and secrets do not stay in the configuration" {
    start_receiver <<<'authUser log keeper'
    kill "$agent_pid" && wait_gone "$agent_pid"
    first=$(sed -n 's/^engineBoots //p' "$SNMP_PERSISTENT_DIR/snmptrapd.conf")
    echo "createUser keeper SHA \"$passphrase\"" >>"$SNMP_PERSISTENT_DIR/snmptrapd.conf"
    start_receiver <<<'authUser log keeper'
    refute grep -qF "$passphrase" "$SNMP_PERSISTENT_DIR/snmptrapd.conf"
    grep -q '^usmUser ' "$SNMP_PERSISTENT_DIR/snmptrapd.conf"
    [ "$(sed -n 's/^engineBoots //p' "$SNMP_PERSISTENT_DIR/snmptrapd.conf")" -eq $((first + 1)) ]
    snmpinform -v3 -a SHA -u keeper -l authNoPriv -A "$passphrase" -t 2 -r 0 "$agent" 42 $LINK_DOWN
}

@test "bad lines are named with their place, and do not stop the rest" {
    start_receiver <<END
authCommunity log,nonsense public
authCommunity log
authUser log someone sometimes
traphandle no.such.name /bin/true
traphandle default
format nowhere %v
doNotLogTraps perhaps
noSuchToken 1
view all included .1
authCommunity log public
END
    for line in 'line 1: Error: Illegal view name' 'line 2: Error:' 'line 3: Error: bad security level' \
        'line 4: Error: Bad trap OID in traphandle directive: no.such.name' 'line 5: Error: missing PROGRAM' \
        'line 6: Error: Unknown format nowhere' 'line 7: Error: Should be yes' \
        'line 8: Warning: Unknown token: noSuchToken' 'line 9: Warning: view is not supported'; do
        grep -qF "$line" "$log"
    done
    inform2 $LINK_DOWN
    run "$lite" --check -C -c "$conf"
    [ "$status" -eq 1 ]
    grep -qF '9 error(s) in 1 configuration file(s)' <<<"$output"
}

@test "-H names each directive, --help each option, -v the version; an unknown option is none" {
    run "$lite" -H
    [ "$status" -eq 0 ]
    for word in authCommunity authUser traphandle forward format1 snmpTrapdAddr; do
        grep -qwF $word <<<"$output"
    done
    run "$lite" --help
    grep -qE '^  -F FORMAT' <<<"$output"
    refute grep -qE '^  -r' <<<"$output"
    run "$lite" -v
    [ "$status" -eq 0 ]
    grep -qF 'NET-SNMP version:  5.9.3' <<<"$output"
    run "$lite" -r
    [ "$status" -eq 1 ]
}

@test "format1, format2, -F and outputOption say how a line looks" {
    start_receiver <<END
authCommunity log public
outputOption n
format1 one %a %W %q %N\n
format2 two %P|%#v\n
END
    snmptrap -v1 -c public "$agent" .1.3.6.1.4.1.9999 10.1.2.3 6 7 42
    trap2 $OWN $TEXT i 5
    logged 'two '
    grep -qxF 'one 10.1.2.3 Enterprise Specific .7 .1.3.6.1.4.1.9999' "$log"
    grep -qF "two TRAP2, SNMP v2c, community public|, .1.3.6.1.2.1.1.3.0 = Timeticks: (42) 0:00:00.42, " "$log"
    grep -qF ", $TEXT = INTEGER: 5" "$log"
    kill "$agent_pid" && wait_gone "$agent_pid"
    start_receiver -F 'mine %v\n' -Oqn <<<'authCommunity log public'
    trap2 $OWN $TEXT i 5
    logged 'mine .1.3.6.1.2.1.1.3.0 0:0:00:00.42	.1.3.6.1.6.3.1.1.4.1.0 '"$OWN	$TEXT 5"
}

@test "-t and doNotLogTraps log nothing, ignoreAuthFailure and -a not those" {
    start_receiver -a <<<'authCommunity log public'
    trap2 .1.3.6.1.6.3.1.1.5.5 $TEXT s failure
    not_logged failure
    kill "$agent_pid" && wait_gone "$agent_pid"
    start_receiver <<END
authCommunity log,execute public
doNotLogTraps yes
traphandle default cat >>$work/handled
END
    trap2 $OWN $TEXT s silent
    logged silent "$work/handled"
    refute grep -qF silent "$log"
}

@test "--json is JSON, whatever octets come" {
    command -v python3 >/dev/null || skip 'python3 is not installed'
    start_receiver --json <<<'disableAuthorization yes'
    community=$'pu"b\\lic\xff' trap2 $OWN $TEXT s $'a "quote"\n\ttab' $TEXT x '00 ff 22' $TEXT s $'\xc3\xa9' $TEXT c 7 \
        $TEXT o .1.3.6 $TEXT a 10.0.0.1
    snmptrap -v1 -c public "$agent" .1.3.6.1.4.1.9999 10.1.2.3 6 7 42
    inform2 $OWN $TEXT s last
    python3 - "$log" <<'END'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8') if line.startswith('{')]
assert len(lines) == 3, lines
first, second, third = lines
assert first['version'] == '2c' and first['type'] == 'trap' and first['trapOID'] == '1.3.6.1.4.1.9999.1', first
assert first['uptime'] == 42 and first['community'] == '707522625c6c6963ff', first
assert first['source'].startswith('udp:127.0.0.1:') and first['destination'].startswith('udp:127.0.0.1:'), first
values = [(v['type'], v['value']) for v in first['varbinds']]
assert values == [('STRING', 'a "quote"\n\ttab'), ('Hex-STRING', '00ff22'), ('STRING', '\u00e9'), ('Counter32', 7),
                  ('OID', '1.3.6'), ('IpAddress', '10.0.0.1')], values
assert (second['generic'], second['specific'], second['agentAddress']) == (6, 7, '10.1.2.3'), second
assert second['trapOID'] == '1.3.6.1.4.1.9999.0.7' and second['enterprise'] == '1.3.6.1.4.1.9999', second
assert third['type'] == 'inform', third
END
}

@test "traphandle: the first OID that fits decides, the shell runs the line, its input is complete" {
    start_receiver -n <<END
authCommunity execute public
traphandle $LINK_DOWN { echo exact; cat; } >>$work/handled
traphandle .1.3.6.1.6.3.1.1.5.* { echo below; cat; } >>$work/handled
traphandle .1.3.6.1.4.1.9999* { echo under "\$0"; cat; } >>$work/handled
traphandle default { echo default; cat; } >>$work/default
END
    for oid in $LINK_DOWN .1.3.6.1.6.3.1.1.5.4 .1.3.6.1.4.1.9999 .1.3.6.1.4.1.9999.7; do
        trap2 $oid $TEXT s "to $oid"
    done
    trap2 .1.3.6.1.6.3.1.1.5 $TEXT s 'to none'
    logged 'to none' "$work/default"
    until_true 5 test "$(grep -c 'STRING\|"to ' "$work/handled")" -ge 4
    [ "$(grep -cx exact "$work/handled")" -eq 1 ]
    [ "$(grep -cx below "$work/handled")" -eq 1 ]
    [ "$(grep -c '^under ' "$work/handled")" -eq 2 ]
    refute grep -qF 'to .' "$work/default"
    [ "$(sed -n 2p "$work/default")" = "$(sed -n 3p "$work/default")" ]
    [ "$(sed -n 4,6p "$work/default")" = "iso.3.6.1.2.1.1.3.0 0:0:00:00.42
iso.3.6.1.6.3.1.1.4.1.0 iso.3.6.1.6.3.1.1.5
iso.3.6.1.4.1.9999.2.0 \"to none\"" ]
}

@test "programs of a line run one after another, and a slow one holds up neither log nor acknowledgement" {
    start_receiver <<END
authCommunity log,execute public
traphandle default sed -n 's/.*"n\\(.*\\)"/\\1/p' >>$work/handled; sleep 0.2
END
    for i in 1 2 3 4 5; do
        inform2 $OWN $TEXT s n$i
    done
    [ "$(grep -c '"n[1-5]"' "$log")" -eq 5 ]
    logged 5 "$work/handled"
    [ "$(tr '\n' ' ' <"$work/handled")" = '1 2 3 4 5 ' ]
}

@test "a program that fails, is not there, or hangs is named, and the next ones run" {
    start_receiver <<END
authCommunity log,execute public
traphandle $OWN.1 exit 3
traphandle $OWN.2 /no/such/program 2>/dev/null
traphandle $OWN.3 sleep 1000
traphandle $OWN.4 cat >>$work/handled
END
    for i in 1 2 3 4; do
        inform2 $OWN.$i $TEXT s handled-$i
    done
    logged handled-4 "$work/handled"
    logged 'ended with status 3'
    logged 'ended with status 127'
    kill "$agent_pid"
    until_true 15 is_gone "$agent_pid"
    logged 'ended by signal 9'
    agent_pid=
}

@test "forward sends on in the version it came in, an inform as an inform" {
    start_receiver <<<'authCommunity log public'
    target=$agent target_pid=$agent_pid target_log=$log log=$work/first
    start_receiver <<END
authCommunity log,net public
authCommunity log quiet
forward $OWN $target
END
    snmptrap -v1 -c public "$agent" .1.3.6.1.4.1.9999 10.1.2.3 6 7 42 $TEXT s of-v1
    trap2 $OWN $TEXT s of-v2
    community=quiet trap2 $OWN $TEXT s of-nobody
    inform2 $OWN $TEXT s inform-of-v2
    logged inform-of-v2 "$target_log"
    logged of-v2 "$target_log"
    refute grep -qE 'of-v1|of-nobody' "$target_log"
    kill "$target_pid" && wait_gone "$target_pid"
}

@test "SIGHUP reads the configuration again and opens the log again" {
    start_receiver <<<'authCommunity log public'
    trap2 $OWN $TEXT s before
    logged before
    mv "$log" "$log.1"
    echo 'authCommunity log second' >"$conf"
    kill -HUP "$agent_pid"
    logged restarted
    community=second inform2 $OWN $TEXT s after
    logged after
    wait=0.5 refute inform2 $OWN
    refute grep -qF after "$log.1"
    refute grep -qF before "$log"
}

@test "a log file that is gone is said and looked for; until then informs are not acknowledged" {
    mkdir "$work/folder"
    log="$work/folder/traps"
    start_receiver <<<'authCommunity log public'
    rm -r "$work/folder"
    kill -HUP "$agent_pid"
    until_true 5 grep -qF "cannot open the log file $log again" "$work/err"
    wait=1 refute inform2 $OWN $TEXT s 'while it is gone'
    mkdir "$work/folder"
    logged 'while it is gone'
    logged restarted
    inform2 $OWN $TEXT s 'with it again'
    grep -qF 'with it again' "$log"
    [ "$(grep -cF 'cannot open the log file' "$work/err")" -eq 1 ]
}

@test "SIGTERM ends it with what was received in the log, and without its pid file" {
    start_receiver <<<'authCommunity log public'
    [ "$(cat "$pid_file")" = "$agent_pid" ]
    for i in $(seq 20); do
        trap2 $OWN $TEXT s end-$i
    done
    logged end-20
    kill "$agent_pid"
    wait "$agent_pid"
    agent_pid=
    [ "$(grep -c 'STRING: "end-' "$log")" -eq 20 ]
    [ "$(tail -n 2 "$log" | head -n 1)" = 'Stopping snmptrapd' ]
    grep -qE '^[0-9-]{10} [0-9:]{8} NET-SNMP version 5.9.3 .*Stopped\.$' "$log"
    [ ! -e "$pid_file" ]
}

@test "a pipe that nobody reads stops neither other logs nor the end" {
    mkfifo "$work/pipe"
    exec 9<>"$work/pipe"
    port=$(free_port)
    agent="127.0.0.1:$port"
    echo 'authCommunity log,execute public' >"$conf"
    echo "traphandle default cat >>$work/handled" >>"$conf"
    "$lite" -f -C -c "$conf" -Lo -Lf "$log" "udp:$agent" >"$work/pipe" 2>/dev/null 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"
    long=$(printf '%01000d' 7)
    for i in $(seq 100); do
        trap2 $OWN $TEXT s "$long"
    done
    trap2 $OWN $TEXT s behind
    logged behind
    logged behind "$work/handled"
    kill "$agent_pid"
    until_true 20 is_gone "$agent_pid"
    agent_pid=
    exec 9>&-
}

# start_into_pipe OPTION...: as start_receiver, with the log in the pipe $work/pipe, which descriptor 9 holds open and
# nobody reads.
start_into_pipe()
{
    cat >"$conf"
    mkfifo "$work/pipe"
    exec 9<>"$work/pipe"
    port=$(free_port)
    agent="127.0.0.1:$port"
    "$lite" -f -C -c "$conf" -p "$pid_file" -Lo "$@" "udp:$agent" >"$work/pipe" 2>/dev/null 3>&- 9>&- &
    agent_pid=$!
    until_true 10 test -s "$pid_file"
}

@test "messages and -V in a pipe that nobody reads stop neither programs nor the end" {
    start_into_pipe -V <<END
authCommunity log,execute public
traphandle default cat >>$work/handled; exit 3
END
    long=$(printf '%01000d' 7)
    for i in $(seq 150); do
        trap2 $OWN $TEXT s "$long"
    done
    trap2 $OWN $TEXT s behind
    logged behind "$work/handled"
    kill "$agent_pid"
    until_true 5 is_gone "$agent_pid"
    agent_pid=
    exec 9>&-
}

@test "a pipe that is read late holds whole lines, messages and notifications" {
    start_into_pipe -F 'begin %v end\n' <<END
authCommunity log,execute public
traphandle default cat >>$work/handled; exit 3
END
    long=$(printf '%01000d' 7)
    for i in $(seq 100); do
        trap2 $OWN $TEXT s "$long"
    done
    trap2 $OWN $TEXT s behind
    logged behind "$work/handled"
    cat "$work/pipe" >"$work/read" 9>&- 3>&- &
    reader=$!
    until_true 5 test -s "$work/read"
    exec 9>&-
    kill "$agent_pid"
    wait "$agent_pid"
    agent_pid=
    wait "$reader"
    [ "$(grep -cE "^begin .*\"$long\" end\$" "$work/read")" -eq 100 ]
    [ "$(grep -cE '^traphandle .* ended with status 3$' "$work/read")" -gt 0 ]
    refute grep -vE '^begin .* end$|^traphandle .* ended with status 3$|^NET-SNMP version|^[0-9].*Stopped\.$|^Stopping|^$' \
        "$work/read"
}

@test "names of senders: looked up, or with -n what stands for them" {
    start_receiver -F '%B\n' <<<'authCommunity log public'
    trap2 $OWN
    until_true 5 grep -qE '^(localhost.*|<UNKNOWN>)$' "$log"
    kill "$agent_pid" && wait_gone "$agent_pid"
    start_receiver -n -F '%B\n' <<<'authCommunity log public'
    trap2 $OWN
    until_true 5 grep -qE '^UDP: \[127\.0\.0\.1\]:[0-9]+->\[127\.0\.0\.1\]:[0-9]+$' "$log"
}

@test "an address that cannot be had is an error, snmpTrapdAddr names some, operands come before it" {
    run "$lite" -f -C -Le udp:192.0.2.1:16200
    [ "$status" -eq 1 ]
    grep -qF 192.0.2.1 <<<"$output"
    port=$(free_port)
    start_receiver <<END
authCommunity log public
snmpTrapdAddr udp:192.0.2.1:16200
END
    inform2 $OWN
}
