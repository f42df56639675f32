# SPDX-License-Identifier: BSD-3-Clause
# Starting and stopping snmpd-lite in bats tests. Everything lives in the test's own folder; what was started is
# ended in daemon_teardown, by its pid.

# Sets up the environment so that no file of the machine is read or written.
daemon_setup()
{
    lite="$top_builddir/apps/snmpd-lite/snmpd-lite"
    tools="$top_builddir/apps"
    work="$BATS_TEST_TMPDIR"
    conf="$work/snmpd.conf"
    log="$work/snmpd.log"
    pid_file="$work/snmpd.pid"
    agent_pid=
    export HOME="$work" SNMPCONFPATH="$work/none" SNMP_PERSISTENT_DIR="$work/state" MIBS=
    : >"$conf"
}

daemon_teardown()
{
    if [ -n "$agent_pid" ]; then
        kill "$agent_pid" 2>/dev/null || :
        wait_gone "$agent_pid" || kill -9 "$agent_pid" 2>/dev/null || :
    fi
}

# until_true SECONDS COMMAND...: whether it became true in that time.
until_true()
{
    local tries=$(($1 * 50))
    shift
    while [ "$tries" -gt 0 ]; do
        if "$@" >/dev/null 2>&1; then
            return 0
        fi
        sleep 0.02
        tries=$((tries - 1))
    done
    return 1
}

is_gone()
{
    # a child of the test that has ended stays as a zombie until it is waited for
    ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

wait_gone()
{
    until_true 5 is_gone "$1"
}

# Starts the agent in the foreground on a free port of the loopback, with the configuration in $conf; more options may
# be given. Sets $port and $agent, which the tools take.
start_agent()
{
    case " $* " in
    *" -A "*) ;;
    *) rm -f "$log" ;; # so that what is waited for is not of an earlier start
    esac
    "$lite" -f -C -c "$conf" -p "$pid_file" -Lf "$log" "$@" udp:127.0.0.1:0 3>&- &
    agent_pid=$!
    if ! until_true 10 grep -q 'NET-SNMP version' "$log"; then
        cat "$log" >&2
        return 1
    fi
    port=$(sed -n 's/^Listening on udp:127\.0\.0\.1:\([0-9]*\)$/\1/p' "$log" | head -n 1)
    agent="127.0.0.1:$port"
    [ -n "$port" ]
}

stop_agent()
{
    kill "$agent_pid"
    wait_gone "$agent_pid"
    agent_pid=
}

# A port of the loopback that nobody has, over UDP and TCP. Another program may take it before it is used; then the test
# fails with "address in use", which says so.
free_port()
{
    local candidate
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        candidate=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if ! grep -qi ":$(printf %04X "$candidate") " /proc/net/udp /proc/net/tcp /proc/net/udp6 /proc/net/tcp6; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}
