# SPDX-License-Identifier: BSD-3-Clause
# Managers of others asking snmpd-lite in version 3, beside Net-SNMP's snmpd with the same users.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    daemon_setup
    command -v snmpget >/dev/null || skip 'no Net-SNMP tools'
    mkdir -p "$work/tools/cert_indexes" # else the tools say that they make it
    peer_pid=
}

teardown()
{
    daemon_teardown
    if [ -n "$peer_pid" ]; then
        kill "$peer_pid" 2>/dev/null || :
        wait_gone "$peer_pid" || kill -9 "$peer_pid" 2>/dev/null || :
    fi
}

contact=.1.3.6.1.2.1.1.4.0
name=.1.3.6.1.2.1.1.5.0

# Net-SNMP's tool of that name, not ours, in version 3.
net()
{
    local tool=$1
    shift
    SNMP_PERSISTENT_DIR="$work/tools" PATH=/usr/bin:/bin "$tool" -v3 -t 1 -r 1 -On "$@"
}

# The same configuration for Net-SNMP's snmpd; sets $peer.
start_snmpd()
{
    local port
    port=$(free_port)
    peer="127.0.0.1:$port"
    PATH=$PATH:/usr/sbin
    SNMP_PERSISTENT_DIR="$work/peer-state" snmpd -f -C -c "$conf" -Lf "$work/peer.log" -p "$work/peer.pid" \
        -I -smux "udp:$peer" >/dev/null 2>&1 3>&- &
    until_true 10 grep -q 'NET-SNMP version' "$work/peer.log"
    peer_pid=$(cat "$work/peer.pid")
}

# Runs the tool against both: the same status, output and errors.
same()
{
    local ours theirs ours_status=0 theirs_status=0 tool=$1
    shift
    ours=$(net "$tool" "${@//AGENT/$agent}" 2>&1) || ours_status=$?
    theirs=$(net "$tool" "${@//AGENT/$peer}" 2>&1) || theirs_status=$?
    ours=${ours//$agent/AGENT} theirs=${theirs//$peer/AGENT}
    if [ "$ours" != "$theirs" ] || [ "$ours_status" != "$theirs_status" ]; then
        printf '%s %s\nours (%s):\n%s\ntheirs (%s):\n%s\n' "$tool" "$*" "$ours_status" "$ours" \
            "$theirs_status" "$theirs"
        return 1
    fi
}

auths='MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512'
privs='DES AES AES-192 AES-256 AES-192-C AES-256-C'

@test "every authentication with every privacy" {
    local auth priv passed=0
    for auth in $auths; do
        echo "createUser a$auth $auth authentic"
        echo "rwuser a$auth auth"
        for priv in $privs; do
            echo "createUser $auth.$priv $auth authentic $priv encrypted"
            echo "rwuser $auth.$priv priv"
        done
    done >"$conf"
    echo 'sysname vector' >>"$conf"
    start_agent
    for auth in $auths; do
        net snmpget -l authNoPriv -u "a$auth" -a "$auth" -A authentic "$agent" $name | grep -q 'STRING: "vector"'
        for priv in $privs; do
            net snmpget -l authPriv -u "$auth.$priv" -a "$auth" -A authentic -x "$priv" -X encrypted "$agent" $name |
                grep -q 'STRING: "vector"'
            passed=$((passed + 1))
        done
    done
    [ $passed -eq 36 ]
}

@test "get, getnext, getbulk, set and walks, at each level" {
    local level
    cat >"$conf" <<'CONF'
createUser user SHA authentic AES encrypted
rwuser user noauth
CONF
    start_agent
    for level in noAuthNoPriv authNoPriv authPriv; do
        local as="-l $level -u user -a SHA -A authentic -x AES -X encrypted"
        net snmpset $as "$agent" $contact s "somebody at $level" | grep -q "somebody at $level"
        net snmpget $as "$agent" $contact | grep -q "somebody at $level"
        net snmpgetnext $as "$agent" .1.3.6.1.2.1.1.3.0 | grep -q "somebody at $level"
        net snmpbulkget $as -Cr2 "$agent" .1.3.6.1.2.1.1.3.0 | grep -q "somebody at $level"
        [ "$(net snmpwalk $as "$agent" .1.3.6.1.2.1.1.9 | wc -l)" -gt 3 ]
        [ "$(net snmpbulkwalk $as "$agent" .1.3.6.1.2.1.2.2 | wc -l)" -ge 20 ]
    done
}

@test "what the tools say of refusals is what they say of Net-SNMP's agent" {
    command -v snmpd >/dev/null || [ -x /usr/sbin/snmpd ] || skip 'no Net-SNMP agent'
    cat >"$conf" <<'CONF'
createUser all SHA authentic AES encrypted
createUser only SHA authentic
createUser none SHA authentic
createUser high SHA authentic AES encrypted
createUser view SHA authentic
createUser part SHA authentic
createUser context SHA authentic
createUser grouped SHA authentic AES encrypted
createUser open
rwuser all
rouser only
rouser high priv
rouser view auth -V nothing
rwuser part auth .1.3.6.1.2.1.1.4
rouser context auth .1 elsewhere
rouser open noauth .1.3.6.1.2.1.1.4
group g usm grouped
access g "" usm auth exact contact contact none
access g "" usm priv exact name none none
view contact included .1.3.6.1.2.1.1.4
view name included .1.3.6.1.2.1.1.5
syscontact somebody
sysname vector
CONF
    start_agent
    start_snmpd
    local auth='-l authNoPriv -a SHA -A authentic' user failed=0
    for user in all only none high view part context grouped; do
        same snmpget $auth -u $user AGENT $contact $name || failed=1
        same snmpgetnext $auth -u $user AGENT .1.3.6.1.2.1.1.3.0 || failed=1
        # their agent takes the repetitions for the error-index
        same snmpbulkget $auth -u $user -Cn1 -Cr0 AGENT .1.3.6.1.2.1.1.3.0 || failed=1
        same snmpset $auth -u $user AGENT .1.3.6.1.2.1.1.4 s x || failed=1
    done
    same snmpget -l authPriv -u grouped -a SHA -A authentic -x AES -X encrypted AGENT $contact $name || failed=1
    same snmpget -l authPriv -u high -a SHA -A authentic -x AES -X encrypted AGENT $name || failed=1
    same snmpget -l noAuthNoPriv -u open AGENT $contact $name || failed=1
    same snmpget -l noAuthNoPriv -u all AGENT $contact || failed=1
    same snmpget $auth -u nobody AGENT $contact || failed=1
    same snmpget -l authNoPriv -a SHA -A wrongsecret -u all AGENT $contact || failed=1
    same snmpget -l authNoPriv -a MD5 -A authentic -u all AGENT $contact || failed=1
    same snmpget -l authPriv -a SHA -A authentic -x AES -X encrypted -u only AGENT $contact || failed=1
    same snmpget -l authPriv -a SHA -A authentic -x AES -X wrongsecret -t 0.3 -r 0 -u all AGENT $contact || failed=1
    same snmpget $auth -u open AGENT $contact || failed=1
    [ $failed -eq 0 ]
}

@test "a context that is not there is told, where Net-SNMP's agent says nothing" {
    printf 'createUser user SHA authentic\nrwuser user auth .1 *\n' >"$conf"
    start_agent
    run net snmpget -l authNoPriv -a SHA -A authentic -u user -n none "$agent" $contact
    [ "$status" -eq 1 ]
    [ "$output" = 'snmpget: Bad context specified' ]
}

@test "users are those of Net-SNMP's agent when it moves here, and the other way round" {
    [ -x /usr/sbin/snmpd ] || skip 'no Net-SNMP agent'
    local as='-l authPriv -u user -a SHA-256 -A authentic -x AES -X encrypted' before
    printf 'rwuser user priv\n' >"$conf"
    mkdir "$work/state"
    echo 'createUser user SHA-256 authentic AES encrypted' >"$work/state/snmpd.conf"
    export SNMPCONFPATH="$work/state" # else their agent does not read its own file
    PATH=$PATH:/usr/sbin snmpd -f -c "$conf" -Lf "$work/peer.log" -p "$work/peer.pid" -I -smux \
        "udp:127.0.0.1:$(free_port)" >/dev/null 2>&1 3>&- &
    until_true 10 grep -q 'NET-SNMP version' "$work/peer.log"
    kill "$(cat "$work/peer.pid")"
    wait
    grep -q '^usmUser.*"user"' "$work/state/snmpd.conf"
    before=$(grep '^oldEngineID' "$work/state/snmpd.conf")
    start_agent
    net snmpget $as "$agent" $name
    stop_agent
    [ "$(grep '^oldEngineID' "$work/state/snmpd.conf")" = "$before" ]
    grep -qx 'engineBoots 2' "$work/state/snmpd.conf"
    local port
    port=$(free_port)
    PATH=$PATH:/usr/sbin snmpd -f -c "$conf" -Lf "$work/peer2.log" -p "$work/peer.pid" -I -smux \
        "udp:127.0.0.1:$port" >/dev/null 2>&1 3>&- &
    until_true 10 grep -q 'NET-SNMP version' "$work/peer2.log"
    peer_pid=$(cat "$work/peer.pid")
    net snmpget $as "127.0.0.1:$port" $name
    net snmpget $as "127.0.0.1:$port" .1.3.6.1.6.3.10.2.1.2.0 | grep -q 'INTEGER: 3'
}

@test "pysnmp" {
    /usr/bin/python3 -c 'import pysnmp.hlapi' 2>/dev/null || skip 'no pysnmp'
    printf 'createUser user SHA authentic AES encrypted\nrwuser user priv\nsysname vector\n' >"$conf"
    start_agent
    /usr/bin/python3 - "$port" <<'PYTHON'
import sys
from pysnmp.hlapi import *
user = UsmUserData('user', 'authentic', 'encrypted', authProtocol=usmHMACSHAAuthProtocol,
                   privProtocol=usmAesCfb128Protocol)
target = UdpTransportTarget(('127.0.0.1', int(sys.argv[1])), timeout=2, retries=1)
def ask(command, *varbinds):
    error, status, index, found = next(command(SnmpEngine(), user, target, ContextData(), *varbinds,
                                               lookupMib=False))
    assert not error and not status, (error, status)
    return found
name = ObjectIdentity('1.3.6.1.2.1.1.5.0')
contact = ObjectIdentity('1.3.6.1.2.1.1.4.0')
assert str(ask(getCmd, ObjectType(name))[0][1]) == 'vector'
assert str(ask(setCmd, ObjectType(contact, OctetString('somebody')))[0][1]) == 'somebody'
PYTHON
}

@test "Perl's Net::SNMP" {
    perl -MNet::SNMP -MDigest::HMAC -e 1 2>/dev/null || skip 'no Net::SNMP with version 3'
    printf 'createUser user SHA authentic\nrouser user auth\nsysname vector\n' >"$conf"
    start_agent
    perl -MNet::SNMP -e '
        my ($session, $error) = Net::SNMP->session(-hostname => "127.0.0.1", -port => $ARGV[0], -version => 3,
            -username => "user", -authprotocol => "sha", -authpassword => "authentic");
        die $error unless $session;
        my $found = $session->get_request("1.3.6.1.2.1.1.5.0") or die $session->error;
        die unless $found->{"1.3.6.1.2.1.1.5.0"} eq "vector";' "$port"
}
