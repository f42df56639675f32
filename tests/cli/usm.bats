# SPDX-License-Identifier: BSD-3-Clause
# Version 3 between our tools and our agent: every pair of protocols, also those that Net-SNMP does not have.

load "$top_srcdir/tests/support/daemon.bash"

AUTHS='MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512'
PRIVS='DES 3DES AES AES-192 AES-256 AES-192-C AES-256-C'

setup()
{
    daemon_setup
}

teardown()
{
    daemon_teardown
}

@test "every pair of protocols works between our tools and our agent" {
    local auth priv count=0
    for auth in $AUTHS; do
        echo "createUser u$auth $auth authpass$auth"
        echo "rouser u$auth auth"
        for priv in $PRIVS; do
            echo "createUser u$auth$priv $auth authpass$auth $priv privpass$priv"
            echo "rouser u$auth$priv priv"
        done
    done >"$conf"
    echo 'sysservices 72' >>"$conf"
    start_agent
    for auth in $AUTHS; do
        [ "$("$tools/snmpget" -v3 -u "u$auth" -l authNoPriv -a "$auth" -A "authpass$auth" -Oqv "$agent" .1.3.6.1.2.1.1.7.0)" = 72 ]
        for priv in $PRIVS; do
            [ "$("$tools/snmpget" -v3 -u "u$auth$priv" -l authPriv -a "$auth" -A "authpass$auth" -x "$priv" \
                -X "privpass$priv" -Oqv "$agent" .1.3.6.1.2.1.1.7.0)" = 72 ] || {
                echo "$auth $priv failed"
                return 1
            }
            count=$((count + 1))
        done
    done
    [ "$count" -eq 42 ]
}

@test "a walk of version 3 gives what one of version 2c gives" {
    echo 'createUser u SHA-256 authpass123 AES' >"$conf"
    echo 'rouser u priv' >>"$conf"
    echo 'rocommunity public' >>"$conf"
    start_agent
    local root=.1.3.6.1.2.1.2.2.1
    "$tools/snmpwalk" -v2c -c public -Onq "$agent" $root.2 >"$work/v2c"
    "$tools/snmpbulkwalk" -v3 -u u -l authPriv -a SHA-256 -A authpass123 -x AES -X authpass123 -Onq "$agent" $root.2 >"$work/v3"
    [ -s "$work/v2c" ]
    diff "$work/v2c" "$work/v3"
}

@test "an agent that is started anew is asked on, by its new boots" {
    echo 'createUser u SHA authpass123' >"$conf"
    echo 'rouser u auth' >>"$conf"
    start_agent
    local user='-v3 -u u -l authNoPriv -a SHA -A authpass123 -Oqv' boots=.1.3.6.1.6.3.10.2.1.2.0
    [ "$("$tools/snmpget" $user "$agent" $boots)" = 1 ]
    stop_agent
    start_agent
    [ "$("$tools/snmpget" $user "$agent" $boots)" = 2 ]
    # what somebody still believes of the clock is put right once
    local engine
    engine=$("$tools/snmpget" $user -Ox "$agent" .1.3.6.1.6.3.10.2.1.1.0 | tr -d '" \n')
    [ "$("$tools/snmpget" $user -e "0x$engine" -Z 1,100 "$agent" $boots)" = 2 ]
}
