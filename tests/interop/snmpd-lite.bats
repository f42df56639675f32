# SPDX-License-Identifier: BSD-3-Clause
# Other implementations' managers against snmpd-lite, and snmpd-lite beside Net-SNMP's snmpd.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    daemon_setup
    peer_pid=
    name_space=
    cat >"$conf" <<CONF
rocommunity public
rocommunity6 public
rwcommunity private
syslocation "rack 7"
sysservices 72
CONF
}

teardown()
{
    daemon_teardown
    if [ -n "$peer_pid" ]; then
        kill "$peer_pid" 2>/dev/null || :
        wait_gone "$peer_pid" || kill -9 "$peer_pid" 2>/dev/null || :
    fi
    [ -z "$name_space" ] || ip netns del "$name_space"
}

need()
{
    command -v "$1" >/dev/null || skip "no $1"
}

# Net-SNMP's tool of that name, not ours.
net()
{
    local tool=$1
    shift
    mkdir -p "$work/tools/cert_indexes" # else the tools say that they make it
    SNMP_PERSISTENT_DIR="$work/tools" PATH=/usr/bin:/bin "$tool" -t 1 -r 1 -On "$@"
}

has_ipv6()
{
    grep -q '^00000000000000000000000000000001 ' /proc/net/if_inet6 2>/dev/null
}

# Starts Net-SNMP's snmpd (by way of the command given first, if any) on $1 with the same configuration.
start_snmpd()
{
    local address=$1
    shift
    PATH=$PATH:/usr/sbin
    SNMP_PERSISTENT_DIR="$work/peer-state" "$@" snmpd -f -C -c "$conf" -Lf "$work/peer.log" -p "$work/peer.pid" \
        -I -smux "$address" >/dev/null 2>&1 3>&- &
    until_true 10 grep -q 'NET-SNMP version' "$work/peer.log"
    peer_pid=$(cat "$work/peer.pid")
}

@test "Net-SNMP's snmpget, snmpgetnext and snmpset over versions 1 and 2c" {
    need snmpset
    start_agent
    for version in 1 2c; do
        run net snmpget -v $version -c public "$agent" .1.3.6.1.2.1.1.6.0 .1.3.6.1.2.1.1.7.0
        [ "$status" -eq 0 ]
        [ "$output" = '.1.3.6.1.2.1.1.6.0 = STRING: "\"rack 7\""
.1.3.6.1.2.1.1.7.0 = INTEGER: 72' ]
        run net snmpgetnext -v $version -c public "$agent" .1.3.6.1.2.1.1.6
        [ "$output" = '.1.3.6.1.2.1.1.6.0 = STRING: "\"rack 7\""' ]
        run net snmpset -v $version -c private "$agent" .1.3.6.1.2.1.1.4.0 s "by $version"
        [ "$output" = ".1.3.6.1.2.1.1.4.0 = STRING: \"by $version\"" ]
    done
}

@test "every transport that Net-SNMP's tools speak" {
    need snmpget
    local shared
    shared=$(free_port)
    local -a addresses=("tcp:127.0.0.1:$shared")
    if has_ipv6; then
        addresses+=("udp6:[::1]:$shared" "tcp6:[::1]:$shared")
    fi
    start_agent "${addresses[@]}"
    for address in "$agent" "udp:$agent" "${addresses[@]}"; do
        run net snmpget -v 2c -c public "$address" .1.3.6.1.2.1.1.7.0
        [ "$status" -eq 0 ]
        [ "$output" = '.1.3.6.1.2.1.1.7.0 = INTEGER: 72' ]
    done
}

@test "error-status and exceptions as Net-SNMP's tools print them" {
    need snmpset
    start_agent
    run net snmpget -v 2c -c public "$agent" .1.3.6.1.2.1.1.6.1
    [ "$output" = '.1.3.6.1.2.1.1.6.1 = No Such Instance currently exists at this OID' ]
    run net snmpget -v 2c -c public "$agent" .1.3.6.1.2.1.99.1.0
    [ "$output" = '.1.3.6.1.2.1.99.1.0 = No Such Object available on this agent at this OID' ]
    run net snmpget -v 1 -c public "$agent" .1.3.6.1.2.1.1.6.1
    [ "$status" -eq 2 ]
    [[ "$output" == *'(noSuchName)'* ]]
    run net snmpset -v 2c -c private "$agent" .1.3.6.1.2.1.1.6.0 s x
    [[ "$output" == *'Reason: notWritable'* ]]
    run net snmpset -v 2c -c private "$agent" .1.3.6.1.2.1.1.5.0 i 1
    [[ "$output" == *'Reason: wrongType'* ]]
    run net snmpset -v 2c -c public "$agent" .1.3.6.1.2.1.1.5.0 s x
    [[ "$output" == *'Reason: noAccess'* ]]
}

@test "snmpwalk and snmpbulkwalk see the same variables" {
    need snmpbulkwalk
    start_agent
    net snmpwalk -v 2c -c public -Oq "$agent" .1 | awk '{ print $1 }' >"$work/next"
    net snmpwalk -v 1 -c public -Oq "$agent" .1.3.6.1.2.1.2 | awk '{ print $1 }' >"$work/v1"
    net snmpbulkwalk -v 2c -c public -Oq "$agent" .1 | awk '{ print $1 }' >"$work/bulk"
    net snmpbulkwalk -v 2c -c public -Cr100 -Oq "$agent" .1 | awk '{ print $1 }' >"$work/bulk100"
    [ "$(wc -l <"$work/next")" -gt 80 ]
    cmp "$work/next" "$work/bulk"
    cmp "$work/next" "$work/bulk100"
    grep '^\.1\.3\.6\.1\.2\.1\.2\.' "$work/next" | cmp - "$work/v1"
}

@test "snmpbulkget with non-repeaters" {
    need snmpbulkget
    start_agent
    run net snmpbulkget -v 2c -c public -Cn1 -Cr2 -Oq "$agent" .1.3.6.1.2.1.1.6 .1.3.6.1.2.1.1.4 .1.3.6.1.2.1.2.2.1.3
    [ "${#lines[@]}" -eq 5 ]
    [[ "${lines[0]}" == '.1.3.6.1.2.1.1.6.0 '* ]]
    [[ "${lines[1]}" == '.1.3.6.1.2.1.1.4.0 '* ]]
    [[ "${lines[2]}" == '.1.3.6.1.2.1.2.2.1.3.1 24' ]]
    [[ "${lines[3]}" == '.1.3.6.1.2.1.1.5.0 '* ]]
}

# Of what does not move every line must be the same. Traffic, times and counters move; sysORTable names what an
# agent can do, and that differs.
still()
{
    grep -vE '^\.1\.3\.6\.1\.2\.1\.(1\.3|1\.8|1\.9|11|2\.2\.1\.(9|10|11|12|13|14|16|17|19|20)|31\.1\.1\.1\.(2|6|7|8|10|11))\.'
}

walk_groups()
{
    local subtree
    for subtree in 1 2 31 11; do
        "$@" ".1.3.6.1.2.1.$subtree"
    done | grep -v 'No more variables left'
}

@test "a walk equals that of Net-SNMP's snmpd, line by line, in what does not move" {
    need snmpbulkwalk
    PATH=$PATH:/usr/sbin need snmpd
    local peer
    peer="127.0.0.1:$(free_port)"
    start_snmpd "udp:$peer" env
    start_agent
    walk_groups net snmpbulkwalk -v 2c -c public "$peer" | still >"$work/theirs"
    walk_groups net snmpbulkwalk -v 2c -c public "$agent" | still >"$work/ours"
    [ "$(wc -l <"$work/theirs")" -gt 20 ]
    diff "$work/theirs" "$work/ours"
    # and the names are the same of what moves, too
    walk_groups net snmpbulkwalk -v 2c -c public -Oq "$peer" | grep -v '^\.1\.3\.6\.1\.2\.1\.1\.9\.' |
        awk '/^\./ { print $1 }' >"$work/theirs"
    walk_groups net snmpbulkwalk -v 2c -c public -Oq "$agent" | grep -v '^\.1\.3\.6\.1\.2\.1\.1\.9\.' |
        awk '/^\./ { print $1 }' >"$work/ours"
    diff "$work/theirs" "$work/ours"
}

@test "requests are logged as Net-SNMP's snmpd logs them" {
    need snmpbulkget
    PATH=$PATH:/usr/sbin need snmpd
    local peer
    peer="127.0.0.1:$(free_port)"
    start_snmpd "udp:$peer" sh -c 'exec "$@" -V -d' sh
    start_agent -V -d
    for target in "$peer" "$agent"; do
        net snmpbulkget -v 2c -c public -Cn1 -Cr2 "$target" .1.3.6.1.2.1.1.7 .1.3.6.1.2.1.1.5
        net snmpget -v 1 -c public "$target" .1.3.6.1.2.1.1.7.0
    done
    # request-ids and ports differ, and with them octets and sizes
    lines_of()
    {
        sed '1,/^NET-SNMP version/d; /^[0-9]\{4\}: /d; s/ [0-9]* byte/ byte/; s/\]:[0-9]*/]:/g' "$1"
    }
    [ "$(lines_of "$work/peer.log" | wc -l)" -gt 20 ]
    diff <(lines_of "$work/peer.log") <(lines_of "$log")
}

@test "SETs have the outcome that they have with Net-SNMP's snmpd" {
    need snmpset
    PATH=$PATH:/usr/sbin need snmpd
    local peer
    peer="127.0.0.1:$(free_port)"
    start_snmpd "udp:$peer" env
    start_agent
    local long
    long=$(printf 'x%.0s' {1..256})
    while read -r version oid type value; do
        for target in "$peer" "$agent"; do
            net snmpset -v "$version" -c private "$target" "$oid" "$type" "${value/LONG/$long}" 2>&1 || echo "status $?"
        done >"$work/both"
        # the two halves are the same
        lines=$(wc -l <"$work/both")
        head -n $((lines / 2)) "$work/both" >"$work/theirs"
        tail -n $((lines / 2)) "$work/both" | diff "$work/theirs" -
    done <<CASES
2c .1.3.6.1.2.1.1.4.0 s someone
2c .1.3.6.1.2.1.1.4.0 x 01ff
2c .1.3.6.1.2.1.1.4.0 x 00ff
2c .1.3.6.1.2.1.1.5.0 x 4100
1 .1.3.6.1.2.1.1.5.0 x 4100
2c .1.3.6.1.2.1.1.6.0 x 0041
2c .1.3.6.1.2.1.1.4.0 s LONG
2c .1.3.6.1.2.1.1.4.0 i 5
2c .1.3.6.1.2.1.1.6.0 s x
2c .1.3.6.1.2.1.1.6.0 i 5
2c .1.3.6.1.2.1.1.1.0 s x
2c .1.3.6.1.2.1.1.3.0 t 5
2c .1.3.6.1.2.1.1.4.1 s x
2c .1.3.6.1.2.1.1.4 s x
2c .1.3.6.1.2.1.1.44.0 s x
2c .1.3.6.1.2.1.1.9.1.2.1 o .1.3
2c .1.3.6.1.2.1.11.30.0 i 1
2c .1.3.6.1.2.1.11.30.0 i 3
2c .1.3.6.1.2.1.11.1.0 i 3
2c .1.3.6.1.2.1.2.1.0 i 3
2c .1.3.6.1.2.1.2.2.1.2.1 s x
2c .1.3.9.1.0 s x
1 .1.3.6.1.2.1.1.4.0 i 1
1 .1.3.6.1.2.1.1.1.0 s x
1 .1.3.6.1.2.1.1.6.0 s x
1 .1.3.6.1.2.1.1.4.9 s x
CASES
}

@test "interfaces of a name space equal those of Net-SNMP's snmpd, and come and go" {
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    need ip
    need snmpbulkwalk
    PATH=$PATH:/usr/sbin need snmpd
    name_space=uvsnmp-test-$$
    ip netns add "$name_space" || {
        name_space=
        skip "no network name spaces"
    }
    local -a inside=(ip netns exec "$name_space")
    ip -n "$name_space" link set lo up || skip "no network name spaces"
    ip -n "$name_space" link add ve0 type veth peer name ve1 || skip "no veth"
    ip -n "$name_space" link set ve0 up promisc on
    ip -n "$name_space" link add br0 type bridge && ip -n "$name_space" link set br0 up || :
    "${inside[@]}" ip tuntap add mode tun tun0 && ip -n "$name_space" link set tun0 up || :
    "${inside[@]}" ip tuntap add mode tap tap0 || :
    start_snmpd udp:127.0.0.1:1161 "${inside[@]}"
    rm -f "$log"
    "${inside[@]}" "$lite" -f -C -c "$conf" -Lf "$log" udp:127.0.0.1:1162 3>&- &
    agent_pid=$!
    until_true 10 grep -q 'NET-SNMP version' "$log"

    walk_inside()
    {
        walk_groups "${inside[@]}" snmpbulkwalk -t 1 -r 1 -On -v 2c -c public "127.0.0.1:$1"
    }
    walk_inside 1161 | still >"$work/theirs"
    walk_inside 1162 | still >"$work/ours"
    grep -q '"ve1"' "$work/ours"
    diff "$work/theirs" "$work/ours"

    get_inside()
    {
        "${inside[@]}" snmpget -t 1 -r 1 -Oqvt -v 2c -c public 127.0.0.1:1162 "$@"
    }
    index=$("${inside[@]}" cat /sys/class/net/ve1/ifindex 2>/dev/null ||
        ip -n "$name_space" -o link show ve1 | cut -d: -f1)
    [ "$(get_inside ".1.3.6.1.2.1.2.2.1.8.$index")" = 2 ]
    [ "$(get_inside .1.3.6.1.2.1.31.1.5.0)" = 0 ]
    ip -n "$name_space" link set ve1 up alias 'to the lab'
    is_up() { [ "$(get_inside ".1.3.6.1.2.1.2.2.1.8.$index")" = 1 ]; }
    until_true 5 is_up
    [ "$(get_inside ".1.3.6.1.2.1.31.1.1.1.18.$index")" = '"to the lab"' ]
    [ "$(get_inside ".1.3.6.1.2.1.2.2.1.9.$index")" -gt 0 ]
    ip -n "$name_space" link del ve0
    has_gone() { get_inside ".1.3.6.1.2.1.2.2.1.8.$index" | grep -q 'No Such Instance'; }
    until_true 5 has_gone
    [ "$(get_inside .1.3.6.1.2.1.31.1.5.0)" -gt 0 ]
}

@test "Perl's Net::SNMP" {
    perl -MNet::SNMP -e 1 2>/dev/null || skip "no Net::SNMP"
    start_agent
    run perl -MNet::SNMP -e '
        my ($session, $error) = Net::SNMP->session(-hostname => "127.0.0.1", -port => $ARGV[0],
            -version => $ARGV[1], -community => "private", -timeout => 2, -retries => 1);
        die $error unless $session;
        my $got = $session->get_request(-varbindlist => [".1.3.6.1.2.1.1.7.0"]) or die $session->error;
        print $got->{".1.3.6.1.2.1.1.7.0"}, "\n";
        my $set = $session->set_request(-varbindlist => [".1.3.6.1.2.1.1.4.0", OCTET_STRING, "perl"])
            or die $session->error;
        print $set->{".1.3.6.1.2.1.1.4.0"}, "\n";
        my $table = $session->get_table(-baseoid => ".1.3.6.1.2.1.2.2") or die $session->error;
        print $table->{".1.3.6.1.2.1.2.2.1.2.1"}, "\n";
        defined $session->set_request(-varbindlist => [".1.3.6.1.2.1.1.6.0", OCTET_STRING, "x"])
            and die "set of a configured value";
        print $session->error, "\n";' "$port" snmpv2c
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 72 ]
    [ "${lines[1]}" = perl ]
    [ "${lines[2]}" = lo ]
    [[ "${lines[3]}" == *notWritable* ]]
}

@test "Ruby's snmp" {
    ruby -rsnmp -e 1 2>/dev/null || skip "no ruby snmp"
    start_agent
    run ruby -rsnmp -e '
        SNMP::Manager.open(:host => "127.0.0.1", :port => ARGV[0].to_i, :community => "private",
                           :version => :SNMPv2c, :timeout => 2, :retries => 1) do |manager|
            puts manager.get_value("1.3.6.1.2.1.1.7.0")
            names = []
            manager.walk("1.3.6.1.2.1.2.2.1.2") { |row| names << row.value.to_s }
            puts names.first
            bulk = manager.get_bulk(1, 3, ["1.3.6.1.2.1.1.6", "1.3.6.1.2.1.2.2.1.1"])
            puts bulk.varbind_list.first.value
            set = SNMP::VarBind.new("1.3.6.1.2.1.1.4.0", SNMP::OctetString.new("ruby"))
            puts manager.set(set).error_status
            puts manager.get_value("1.3.6.1.2.1.1.4.0")
            puts manager.get_value("1.3.6.1.2.1.1.4.1")
        end' "$port"
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 72 ]
    [ "${lines[1]}" = lo ]
    [ "${lines[2]}" = '"rack 7"' ]
    [ "${lines[3]}" = noError ]
    [ "${lines[4]}" = ruby ]
    [ "${lines[5]}" = noSuchInstance ]
}

@test "Python's pysnmp" {
    local python=
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import pysnmp.hlapi' 2>/dev/null; then
            python=$candidate
        fi
    done
    [ -n "$python" ] || skip "no pysnmp"
    start_agent
    run "$python" - "$port" <<'PYTHON'
import sys
from pysnmp.hlapi import (CommunityData, ContextData, ObjectIdentity, ObjectType, OctetString, SnmpEngine,
                          UdpTransportTarget, bulkCmd, getCmd, setCmd)

def target():
    return (SnmpEngine(), CommunityData('private', mpModel=1),
            UdpTransportTarget(('127.0.0.1', int(sys.argv[1])), timeout=2, retries=1), ContextData())

def named(oid, *value):
    return ObjectType(ObjectIdentity(oid), *value)

error, status, index, binds = next(getCmd(*target(), named('1.3.6.1.2.1.1.7.0')))
print(error, int(status), int(binds[0][1]))
error, status, index, binds = next(setCmd(*target(), named('1.3.6.1.2.1.1.4.0', OctetString('python'))))
print(error, int(status), binds[0][1])
error, status, index, binds = next(setCmd(*target(), named('1.3.6.1.2.1.1.6.0', OctetString('x'))))
print(error, int(status), int(index))
count = sum(1 for _ in bulkCmd(*target(), 0, 20, named('1.3.6.1.2.1.31.1.1.1'), lexicographicMode=False))
print(count > 15)
PYTHON
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 'None 0 72' ]
    [ "${lines[1]}" = 'None 0 python' ]
    [ "${lines[2]}" = 'None 17 1' ]
    [ "${lines[3]}" = True ]
}
