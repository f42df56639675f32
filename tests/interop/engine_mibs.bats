# SPDX-License-Identifier: BSD-3-Clause
# What the agent tells of its engine, its users and its access control: with the same configuration as Net-SNMP's snmpd
# the same rows, the same indexes and the same values; and Net-SNMP's snmpusm manages users with both.
#
# What differs on purpose, and is therefore not here: rows of rocommunity and its kin, which need none here; rows that
# snmpd can be SET; the size of messages; a key of a user who was never cloned, which snmpd does not change; the key of
# another user in the columns of one's own, which it changes.

load "$top_srcdir/tests/support/daemon.bash"
load snmpd.bash

USERS=.1.3.6.1.6.3.15.1.2.2.1
ACCESS=.1.3.6.1.6.3.16.1
ENGINE_ID=0x8000000001020304

configuration() {
    cat <<'CONF'
exactEngineID 0x8000000001020304
createUser tmpl SHA tmplpassword AES tmplprivpass
createUser long SHA-512 longpassword AES-256 longprivpass
createUser plain
com2sec reader default public
com2sec writer default private
group readers v1 reader
group readers v2c reader
group writers v2c writer
group both any somebody
group both usm 01234567890123456789012345678901
view all included .1
view some included .1.3.6.1.2.1.1
view some excluded .1.3.6.1.2.1.1.5 ff:40
view some included .1.3.6.1.2.1.2.2.1.0.1 ff:a0
view s included 0
access readers "" any noauth exact all none none
access writers "" v2c noauth exact all all some
access both "" usm priv exact all some none
access both ctx usm auth prefix some s all
access both "" any noauth prefix some none none
CONF
}

setup_file() {
    command -v snmpd >/dev/null && command -v snmpusm >/dev/null ||
        skip 'Net-SNMP is not installed (packages snmp and snmpd)'
    export MIBS=
    start_snmpd < <(configuration) # in no subshell: it sets SNMPD
}

teardown_file() {
    [ ! -f "$BATS_FILE_TMPDIR/snmpd.pid" ] || stop_snmpd
}

setup() {
    daemon_setup
    mkdir -p "$work/state/cert_indexes" # else the tools of Net-SNMP make it, and say so
    configuration >"$conf"
    start_agent
}

teardown() {
    daemon_teardown
}

# Both agents are asked the same; AGENT stands for the agent.
same() {
    local call=("$@")
    "${call[@]/#AGENT/$SNMPD}" >"$work/theirs" 2>&1 3>&- || :
    "${call[@]/#AGENT/$agent}" >"$work/ours" 2>&1 3>&- || :
    diff "$work/theirs" "$work/ours"
}

same_rows() {
    same snmpwalk -On "$@"
    ! grep 'No Such' "$work/ours"
}

need_engine() {
    snmpget -Ov -v2c -c public "$agent" .1.3.6.1.6.3.10.2.1.1.0 | grep -q '^Hex-STRING: 80 00 00 00 01 02 03 04 ' ||
        skip 'the agent does not speak version 3'
}

@test "the tables of access control have the rows of snmpd" {
    same_rows -v2c -c public AGENT $ACCESS.1
    same_rows -v2c -c public AGENT $ACCESS.2
    same_rows -v2c -c public AGENT $ACCESS.4
    same_rows -v2c -c public AGENT $ACCESS.5
    same_rows -v1 -c public AGENT $ACCESS
    same snmpbulkwalk -On -v2c -c public AGENT $ACCESS
    same snmpgetnext -On -v2c -c public AGENT $ACCESS.1.1.1.0 $ACCESS.2.1.5 $ACCESS.4.1.4.4.98
    same snmpget -On -v2c -c public AGENT $ACCESS.5.1.0 $ACCESS.5.2.1.3.3.97.108.108.1.1 $ACCESS.5.2.1.9.1
}

@test "names are printed for every index" {
    run "$tools/snmpwalk" -m SNMP-VIEW-BASED-ACM-MIB -v2c -c public "$agent" $ACCESS
    [[ $output == *'SNMP-VIEW-BASED-ACM-MIB::vacmContextName."" = STRING: '* ]]
    [[ $output == *'SNMP-VIEW-BASED-ACM-MIB::vacmGroupName.2."reader" = STRING: readers'* ]]
    [[ $output == *'SNMP-VIEW-BASED-ACM-MIB::vacmAccessContextMatch."both"."ctx".3.authNoPriv = INTEGER: prefix(2)'* ]]
    [[ $output == *'SNMP-VIEW-BASED-ACM-MIB::vacmViewTreeFamilyType."some".'*'= INTEGER: excluded(2)'* ]]
    run "$tools/snmptable/snmptable" -m SNMP-VIEW-BASED-ACM-MIB -v2c -c public "$agent" SNMP-VIEW-BASED-ACM-MIB::vacmSecurityToGroupTable
    [ "$status" -eq 0 ]
    [[ $output == *'vacmGroupName'*'readers'* ]]
}

@test "what access control tells is read only" {
    local name
    for name in $ACCESS.2.1.5.2.6.114.101.97.100.101.114 $ACCESS.5.1.0 $ACCESS.5.2.1.6.3.97.108.108.1.1; do
        run snmpset -v2c -c private "$agent" $name i 1
        [ "$status" -eq 2 ]
        [[ $output == *notWritable* ]]
    done
}

@test "the engine and its counters are those of snmpd" {
    need_engine
    same snmpget -On -v2c -c public AGENT .1.3.6.1.6.3.10.2.1.1.0
    same_rows -v2c -c public AGENT .1.3.6.1.6.3.11.2
    same snmpget -On -v2c -c public AGENT .1.3.6.1.6.3.12.1.4.0 .1.3.6.1.6.3.12.1.5.0
    same_rows -v2c -c public AGENT .1.3.6.1.6.3.15.1.1
    same_rows -v2c -c public AGENT $USERS
    run "$tools/snmpwalk" -m SNMP-USER-BASED-SM-MIB -v2c -c public "$agent" $USERS.13
    [[ $output == *'SNMP-USER-BASED-SM-MIB::usmUserStatus."........"."plain" = INTEGER: active(1)'* ]]
}

@test "snmpusm manages users with both agents" {
    need_engine
    local as=(-v2c -c private -CE "$ENGINE_ID" AGENT)
    same snmpusm "${as[@]}" create ann
    same snmpusm "${as[@]}" activate ann
    same snmpusm "${as[@]}" cloneFrom ann tmpl
    same snmpusm "${as[@]}" create bob long
    same snmpusm "${as[@]}" create bob long
    same snmpusm "${as[@]}" create carl nobody
    same snmpusm -Cw "${as[@]}" create dora tmpl
    same_rows -v2c -c public AGENT $USERS
    same snmpusm "${as[@]}" deactivate ann
    same snmpusm -a SHA -x AES "${as[@]}" passwd tmplpassword newpassword ann
    same snmpusm -a SHA-512 -x AES-256 -Ca "${as[@]}" passwd longpassword newpassword bob
    same snmpusm -a SHA-512 -x AES-256 -Cx "${as[@]}" passwd longprivpass newprivpass bob
    same snmpusm "${as[@]}" activate dora
    same_rows -v2c -c public AGENT $USERS
    same snmpusm -a SHA "${as[@]}" changekey ann
    same snmpusm "${as[@]}" delete ann
    same snmpusm "${as[@]}" delete bob
    same snmpusm "${as[@]}" delete dora
    same snmpusm "${as[@]}" delete dora
    same_rows -v2c -c public AGENT $USERS
}

# SETs that snmpusm does not make, and what both agents say to them.
@test "single SETs of users end alike" {
    need_engine
    local id=8.128.0.0.0.1.2.3.4 set=(snmpset -On -v2c -c private AGENT) tmpl
    tmpl=$id.4.116.109.112.108
    same "${set[@]}" $USERS.13.$id.1.97 i 4
    same "${set[@]}" $USERS.13.$id.1.97 i 1
    same "${set[@]}" $USERS.13.$id.1.97 i 2
    same "${set[@]}" $USERS.13.$id.1.97 i 3
    same "${set[@]}" $USERS.13.$id.1.97 i 7
    same "${set[@]}" $USERS.4.$id.1.97 o $USERS.3.$tmpl $USERS.13.$id.1.97 i 4
    same "${set[@]}" $USERS.13.$id.1.97 i 5
    same "${set[@]}" $USERS.11.$id.1.97 s note
    same "${set[@]}" $USERS.11.$id.1.97 s 012345678901234567890123456789012
    same "${set[@]}" $USERS.5.$id.1.97 o .1.3.6.1.6.3.10.1.1.2
    same "${set[@]}" $USERS.5.$id.1.97 o .1.3.6.1.6.3.10.1.1.1
    same "${set[@]}" $USERS.8.$id.1.97 o .1.3.6.1.6.3.10.1.2.2
    same "${set[@]}" $USERS.6.$id.1.97 x 0011
    same "${set[@]}" $USERS.8.$id.1.97 o .1.3.6.1.6.3.10.1.2.1
    same "${set[@]}" $USERS.5.$id.1.97 o .1.3.6.1.6.3.10.1.1.1
    same "${set[@]}" $USERS.12.$id.1.97 i 2
    same "${set[@]}" $USERS.12.$id.1.97 i 4
    same "${set[@]}" $USERS.3.$id.1.97 s b
    same "${set[@]}" $USERS.13.4.1.2.3.4.1.97 i 5
    same "${set[@]}" $USERS.13.$id.0 i 5
    same_rows -v2c -c public AGENT $USERS
    same "${set[@]}" $USERS.13.$id.1.97 i 6
}
