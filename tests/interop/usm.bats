# SPDX-License-Identifier: BSD-3-Clause
# Version 3: our tools and Net-SNMP's snmpd, with every pair of protocols that it has; and what is wrong, in the
# words of Net-SNMP's tools. What only ours say stands in parentheses behind them.

load ../cli/tools.bash
load snmpd.bash
load both.bash

AUTHS='MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512'
PRIVS='DES AES AES-192 AES-256 AES-192-C AES-256-C'
ZEROS=0x0000000000000000000000000000000000000000 # a key of SHA's

setup_file() {
    command -v snmpget >/dev/null && command -v snmpd >/dev/null || return 0
    export THEIRS
    THEIRS=$(dirname "$(command -v snmpget)")
    use_tools
    start_snmpd <<END
rocommunity public
sysservices 72
createUser noauth
rouser noauth noauth
$(for auth in $AUTHS; do
        echo "createUser u$auth $auth authpass$auth"
        echo "rwuser u$auth auth"
        for priv in $PRIVS; do
            echo "createUser u$auth$priv $auth authpass$auth $priv privpass$priv"
            echo "rwuser u$auth$priv priv"
        done
    done)
END
}

teardown_file() {
    [ -n "$THEIRS" ] || return 0
    stop_snmpd
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmpd)'
    export HINTS=yes
}

# What the calls below are written with.
define() {
    H=$SNMPD
    O=.1.3.6.1.2.1.1.7.0
    S='-v3 -t2 -r1'
    Q='-v3 -t0.3 -r0' # nobody answers
    U='-u uSHAAES'
    L='-l authPriv'
    A='-a SHA -A authpassSHA'
    X='-x AES -X privpassAES'
    FINE="$U $L $A $X"
}

@test "every pair of protocols is understood by snmpd" {
    local auth priv count=0
    for auth in $AUTHS; do
        [ "$(snmpget -v3 -t2 -u "u$auth" -l authNoPriv -a "$auth" -A "authpass$auth" -Oqv "$SNMPD" .1.3.6.1.2.1.1.7.0)" = 72 ]
        for priv in $PRIVS; do
            [ "$(snmpget -v3 -t2 -u "u$auth$priv" -l authPriv -a "$auth" -A "authpass$auth" -x "$priv" \
                -X "privpass$priv" -Oqv "$SNMPD" .1.3.6.1.2.1.1.7.0)" = 72 ] || {
                echo "$auth $priv failed"
                return 1
            }
            count=$((count + 1))
        done
    done
    [ "$count" -eq 36 ]
}

@test "the tools do what Net-SNMP's do" {
    compare_calls <<'END'
snmpget $S $FINE $H $O
snmpget $S $FINE -n '' $H $O .1.3.6.1.2.1.1.99.0
snmpgetnext $S $FINE $H $O
snmpbulkget $S $FINE -Cr3 $H .1.3.6.1.2.1.1.7
snmpwalk $S $FINE $H .1.3.6.1.2.1.1.7
snmpbulkwalk $S $FINE $H .1.3.6.1.2.1.1.7
snmpset $S $FINE $H $O i 5
snmpset $S $FINE $H .1.3.6.1.4.1.99.1.0 i 5
snmpget $S -u noauth $H $O
snmpget $S -u noauth -l nanp $H $O
snmpget $S -3u uSHAAES -3lauthPriv -3a SHA -3A authpassSHA -3xAES -3X privpassAES $H $O
snmpget $S $FINE -Z 1,1 $H $O
snmpget $S $FINE -E 0x80001f8880aabbccdd $H $O
snmpget $S $FINE tcp:$H $O
END
}

@test "what is wrong is said in Net-SNMP's words" {
    compare_calls <<'END'
snmpget $S $H $O
snmpget $S -u '' $H $O
snmpget $S $L $A $X $H $O
snmpget $S $U $L $H $O
snmpget $S $U $L $A -x AES $H $O
snmpget $S $U -l authNoPriv -a SHA $H $O
snmpget $S $U $H $O
snmpget $S $U -l authNoPriv $A $H $O
snmpwalk $S $U -l authNoPriv $A $H $O
snmpset $S $U -l authNoPriv $A $H $O i 1
snmpget $S $U $L -a MD5 -A authpassSHA $X $H $O
snmpget $S $U $L -A authpassSHA $X $H $O
snmpget $S $U $L -a SHA -A wrongpassword $X $H $O
snmpwalk $S $U $L -a SHA -A wrongpassword $X $H $O
snmpbulkwalk $S $U $L -a SHA -A wrongpassword $X $H $O
snmpset $S $U $L -a SHA -A wrongpassword $X $H $O i 1
snmpget $S $U $L -a SHA -3m $ZEROS $X $H $O
snmpget $S $U $L -a SHA -3k $ZEROS $X $H $O
snmpget $S $U $L -a SHA -3k 0x1234 $X $H $O
snmpget $S $U $L $A -x AES -3K 0x00 $H $O
snmpget $S -u nobody $L $A $X $H $O
snmpget $S -u nobody $H $O
snmpwalk $S -u nobody -l authNoPriv $A $H $O
snmpget $S -u uSHA $L $A $X $H $O
snmpget $S -u noauth $L $A $X $H $O
snmpget $Q $U $L $A -x AES -X wrongpassword $H $O
snmpwalk $Q $U $L $A -x AES -X wrongpassword $H $O
snmpget $Q $U $L $A -x DES -X privpassAES $H $O
snmpget $Q $FINE -n elsewhere $H $O
snmpget $Q $FINE -e 0x80001f8880aabbccdd $H $O
snmpget $Q $FINE 127.0.0.1:9 $O
snmpwalk $Q $FINE 127.0.0.1:9 $O
snmpset $Q $FINE 127.0.0.1:9 $O i 1
snmpget $S $U $L -a SHA -A short $X $H $O
snmpget $S $U $L $A -x AES -X short $H $O
snmpget $S $U $L -x AES -X privpassAES $H $O
snmpget $S $U $L -a BAD -A authpassSHA $X $H $O
snmpget $S $U -l bad $A $X $H $O
END
}

# The last lines behind the common ones of snmp.conf.
configure() {
    export SNMPCONFPATH=$BATS_TEST_TMPDIR
    printf '%s\n' 'defVersion 3' 'defSecurityName uSHAAES' 'defSecurityLevel authPriv' 'defAuthType SHA' \
        'defPrivType AES' "$@" >"$BATS_TEST_TMPDIR/snmp.conf"
}

@test "snmp.conf gives the user and his secrets" {
    configure 'defAuthPassphrase authpassSHA' 'defPrivPassphrase "privpassAES"'
    compare_calls <<'END'
snmpget $H $O
snmpget -u noauth -l noAuthNoPriv $H $O
snmpget -A wrongpassword $H $O
snmpget -v2c -c public $H $O
END
    configure 'defPassphrase authpassSHA' 'defPrivPassphrase privpassAES'
    compare_calls <<<'snmpget $H $O'
    configure 'defAuthPassphrase short'
    compare_calls <<<'snmpget $H $O'
    configure "defAuthMasterKey $ZEROS" 'defPassphrase privpassAES'
    compare_calls <<<'snmpget $H $O
snmpget $A $H $O'
    configure "defAuthLocalizedKey $ZEROS" 'defAuthPassphrase authpassSHA' 'defPrivPassphrase privpassAES'
    compare_calls <<<'snmpget $H $O'
    configure 'defContext elsewhere' 'defPassphrase authpassSHA'
    compare_calls <<<'snmpget -t 0.3 -r0 -X privpassAES $H $O'
}

@test "what only ours say" {
    define
    call snmpget $Q $U $L $A -x AES -X wrongpassword "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'the user is known and the authentication succeeds'*'check -x and -X)' ]]
    call snmpget $Q -u uSHAAES-256 $L $A -x AES-256-C -X privpassAES-256 "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'check -x and -X, and whether AES-192 and AES-256 are those with -C to the agent)' ]]
    call snmpget $Q $FINE -n elsewhere "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'without the context "elsewhere" the agent answers)' ]]
    call snmpget $Q $FINE -e 0x80001f8880aabbccdd "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'(the agent reports: unknown engine ID)' ]]
    call snmpget $S $U $L $A -x AES "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'(the security level authPriv needs a passphrase or key for privacy: -X)' ]]
    call snmpget $S $U $L -a SHA -3m 0x1234 $X "$H" $O
    [ "$status" -eq 1 ]
    [[ "$err" == *'a key of 2 octets instead of 20'* ]]
    echo authpassSHA >"$BATS_TEST_TMPDIR/auth"
    chmod 600 "$BATS_TEST_TMPDIR/auth"
    PRIV=privpassAES call snmpget $S $U $L -a SHA --auth-password-file="$BATS_TEST_TMPDIR/auth" -x AES \
        --priv-password-env=PRIV -Oqv "$H" $O
    [ "$out" = 72 ]
}
