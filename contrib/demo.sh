#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: demo.sh BUILD-DIRECTORY
# The main job on the loopback interface: starts snmpd-lite on a free port with a configuration of its own,
# then gets, walks and sets, by names of MIB objects. Each command is shown before its output, and each output
# is checked. Needs no root, writes to nothing but a temporary directory, leaves nothing running. Status 0 when
# all went well.
set -eu
build=$(cd "${1:?usage: demo.sh BUILD-DIRECTORY}" && pwd)
PATH=$build/apps:$build/apps/snmpd-lite:$PATH
dir=$(mktemp -d "${TMPDIR:-/tmp}/uvsnmp-demo.XXXXXX")
SNMPCONFPATH=$dir # nobody's snmp.conf decides what is shown
SNMP_PERSISTENT_DIR=$dir
export PATH SNMPCONFPATH SNMP_PERSISTENT_DIR
unset MIBS MIBDIRS MIBFILES # nor does the environment
agent=

clean_up()
{
    if [ -n "$agent" ]; then
        kill "$agent" 2>/dev/null || true
        wait "$agent" 2>/dev/null || true
        agent=
    fi
    rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP PIPE

fail()
{
    printf '\ndemo: FAILED: %s\n' "$1" >&2
    if [ -s "$dir/agent.log" ]; then
        printf 'the log of the agent:\n' >&2
        cat "$dir/agent.log" >&2
    fi
    exit 1
}

# step PATTERN COMMAND...: shows the command, runs it, and wants its output to match PATTERN (grep -E).
step()
{
    pattern=$1
    shift
    printf '\n$'
    for word; do
        case $word in
        '' | *[!A-Za-z0-9_.,:/=-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    status=0
    "$@" >"$dir/output" 2>&1 || status=$?
    cat "$dir/output"
    [ "$status" -eq 0 ] || fail "$1 ended with status $status"
    grep -Eq "$pattern" "$dir/output" || fail "the output does not match: $pattern"
}

# The agent listens on a port that was free a moment ago; another one is tried when it is taken after all.
start_agent()
{
    tries=0
    while [ "$tries" -lt 20 ]; do
        port=$((20000 + ($$ * 31 + tries * 997) % 12000))
        rm -f "$dir/agent.pid"
        snmpd-lite -f -Lf "$dir/agent.log" -p "$dir/agent.pid" -C -c "$dir/snmpd.conf" "udp:127.0.0.1:$port" &
        agent=$!
        waited=0
        while [ "$waited" -lt 50 ] && kill -0 "$agent" 2>/dev/null; do
            [ ! -s "$dir/agent.pid" ] || return 0 # written once the sockets are bound
            sleep 0.1
            waited=$((waited + 1))
        done
        kill "$agent" 2>/dev/null || true
        wait "$agent" 2>/dev/null || true
        agent=
        tries=$((tries + 1))
        grep -Eiq 'in use' "$dir/agent.log" || break
    done
    fail "snmpd-lite did not start"
}

cat >"$dir/snmpd.conf" <<'END'
rocommunity public 127.0.0.1
rwcommunity secret 127.0.0.1
syslocation rack 7, third floor
createUser demo SHA-256 demo-password AES
rouser demo priv
END

printf 'The configuration of the agent:\n'
sed 's/^/    /' "$dir/snmpd.conf"
start_agent
printf '\n$ snmpd-lite -f -C -c snmpd.conf udp:127.0.0.1:%s &\n' "$port"
to=127.0.0.1:$port

step '^SNMPv2-MIB::sysLocation\.0 = STRING: rack 7, third floor$' \
    snmpget -v2c -c public "$to" sysLocation.0
step '^DISMAN-EVENT-MIB::sysUpTimeInstance = Timeticks: \([0-9]+\) ' \
    snmpget -v1 -c public "$to" SNMPv2-MIB::sysDescr.0 .1.3.6.1.2.1.1.3.0
step '^SNMPv2-MIB::sysName\.0 = STRING: ' \
    snmpwalk -v2c -c public "$to" system
step '^IF-MIB::ifType\.[0-9]+ = INTEGER: softwareLoopback\(24\)$' \
    snmpwalk -v2c -c public "$to" IF-MIB::ifType
step '^lo$' \
    snmpbulkwalk -v2c -c public -Oqv "$to" ifName
step '^SNMPv2-MIB::sysContact\.0 = STRING: ops@example\.org$' \
    snmpset -v2c -c secret "$to" sysContact.0 = ops@example.org
step '^\.1\.3\.6\.1\.2\.1\.1\.4\.0 = STRING: ops@example\.org$' \
    snmpget -v2c -c public -On "$to" sysContact.0
step '^iso\.3\.6\.1\.2\.1\.1\.4\.0 = STRING: "ops@example\.org"$' \
    snmpget -v2c -c public -m '' "$to" .1.3.6.1.2.1.1.4.0
step '^SNMPv2-MIB::sysLocation\.0 = STRING: rack 7, third floor$' \
    snmpget -v3 -u demo -l authPriv -a SHA-256 -A demo-password -x AES -X demo-password "$to" sysLocation.0

clean_up
printf '\nThe demonstration went well: snmpget, snmpwalk, snmpbulkwalk and snmpset talked to snmpd-lite.\n'
