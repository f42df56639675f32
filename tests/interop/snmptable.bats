# SPDX-License-Identifier: BSD-3-Clause
# snmptable beside Net-SNMP's: the same calls to Net-SNMP's snmpd, to snmpd-lite and to an agent that fails must give
# the same output, messages and status, byte for byte. Ours has the modules built in; for the other they are written
# as MIB files (mibfacts smi).
#
# What differs on purpose, and is therefore not here:
#   usage texts; arguments of -C must be numbers as a whole, -Cr not negative
#   with GETNEXT Net-SNMP loses rows and cells of tables with holes
#   with GETNEXT it goes on for ever where names do not increase
#   columns are in the order of their numbers, Net-SNMP's in that of their definitions
#   iso, enterprises and the like are no tables
#   tooBig answers are asked for again in smaller pieces

load ../cli/tools.bash
load snmpd.bash
load share.bash
load ../support/daemon.bash

# A cell of a table that snmpd itself has not.
override() {
    echo "override .1.3.6.1.2.1.47.1.1.1.1.$1"
}

setup_file() {
    command -v snmptable >/dev/null && command -v snmpd >/dev/null || return 0
    export THEIRS=$(command -v snmptable) MIBS_DIR=$BATS_FILE_TMPDIR/mibs
    mkdir "$MIBS_DIR"
    "$top_builddir/tools/mibfacts" smi "$MIBS_DIR" "$top_srcdir"/lib/mib/facts/*.txt
    start_peer
    unset MIBS MIBDIRS
    {
        printf '%s\n' 'rocommunity public' 'view some included .1.3.6.1.2.1.1' 'sysdescr a fixed description' \
            'trap2sink 127.0.0.1:9 public' 'createUser alice SHA "some passphrase"' 'rouser alice'
        override '2.1 octet_str "the chassis"'
        override '2.3 octet_str "a slot, which has a rather long description"'
        override '3.1 object_id .1.3.6.1.4.1.8072.3.2.10'
        override '4.1 integer 0'
        override '4.2 integer 1'
        override '4.3 integer 1'
        override '5.1 integer 3'
        override '5.2 integer 9'
        override '5.7 integer 77'
        override '6.12 integer -1'
        override '7.12 octet_str ""'
        override '15.3 octet_str "serial"'
        override '16.1 integer 1'
    } >"$BATS_FILE_TMPDIR/wanted.conf"
    start_snmpd <"$BATS_FILE_TMPDIR/wanted.conf"
}

teardown_file() {
    [ -n "$THEIRS" ] || return 0
    stop_peer
    stop_snmpd
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmpd)'
    calls=0
    differing=0
}

# both ARGUMENTS...: counts, and shows what differs; FILTER is a sed script for what may differ.
both() {
    local dir=$BATS_TEST_TMPDIR theirs=0 ours=0
    calls=$((calls + 1))
    ! left_out || return 0
    MIBDIRS=$MIBS_DIR "$THEIRS" "$@" >"$dir/theirs" 2>"$dir/theirs.err" </dev/null || theirs=$?
    "$top_builddir/apps/snmptable/snmptable" "$@" >"$dir/ours" 2>"$dir/ours.err" </dev/null || ours=$?
    sed -i -E "${FILTER:-}" "$dir/theirs" "$dir/ours"
    # a reason that we add, and the usage
    sed -i -e '/^(.*)$/d' -e '/^USAGE:/,/^[[:blank:]]*w.*NUM/d' -e '/^MIB search path: /d' "$dir/theirs.err" "$dir/ours.err"
    if [ $theirs -ne $ours ] || ! cmp -s "$dir/theirs" "$dir/ours" || ! cmp -s "$dir/theirs.err" "$dir/ours.err"; then
        differing=$((differing + 1))
        printf 'DIFFERS: snmptable %s (status %s, Net-SNMP has %s)\n' "$*" $ours $theirs
        diff -a "$dir/theirs" "$dir/ours" | head -n 12 || true
        diff -a "$dir/theirs.err" "$dir/ours.err" | head -n 6 || true
    fi
}

done_with() {
    echo "$calls calls, $differing differ"
    [ "$differing" -eq 0 ] && [ "$calls" -ge "$1" ]
}

# What is counted while the tests run. A time becomes a T, and a number an N, with the blanks before it; a cache
# of snmpd's may run out between the two calls.
moving='s/[0-9]+:[0-9]+:[0-9]+:[0-9]+\.[0-9]+/T/g; s/ *[0-9]+/ N/g; s/ *(cached|expired)/ C/g'

@test "tables of snmpd" {
    for table in sysORTable snmpTargetAddrTable snmpTargetParamsTable snmpNotifyTable snmpNotifyFilterProfileTable \
        vacmContextTable vacmSecurityToGroupTable vacmAccessTable vacmViewTreeFamilyTable usmUserTable \
        snmpCommunityTable nsModuleTable ifStackTable ifRcvAddressTable ipAddrTable; do
        for flags in '' -Ci '-CHl' '-Cbi -OX' '-Cw 60' '-Cf , -Ob -Ci'; do
            # shellcheck disable=SC2086
            both -m ALL -v2c -c public $flags "$SNMPD" $table
        done
    done
    for table in ifTable ifXTable hrStorageTable hrDeviceTable hrFSTable ipAddressTable nsCacheTable laTable; do
        for flags in '' -Ci '-Cb -OX -Ci'; do
            # shellcheck disable=SC2086
            FILTER=$moving both -m ALL -v2c -c public $flags "$SNMPD" $table
            # shellcheck disable=SC2086
            FILTER=$moving both -m ALL -v1 -c public $flags "$SNMPD" $table
        done
    done
    done_with 130
}

@test "a table with holes" {
    for flags in '' -Ci -Cil -CHi '-Cf ; -Ci' '-Cw 40 -Ci' '-Cc 12 -Ci' '-Cb -Cr 1' '-Cr 50' -OQ -Oq -Oe -Os -Of -Ou -OX \
        '-OX -Ci' -On; do
        # shellcheck disable=SC2086
        both -m ALL -v2c -c public $flags "$SNMPD" entPhysicalTable
    done
    done_with 17
}

@test "all layouts" {
    for flags in -CH -Ch -Cb -Cbh -Cl '-Ch -Cl' -CHl -Ci -Cil -Cii '-Cf ,' '-Cf , -Ci' '-Cf , -CH' '-Cf , -Ch' '-Cw 30' \
        '-Cw 30 -Ci' '-Cw 1 -Ci' '-Cw -3' '-Cw 30 -CH' '-Cw 30 -Ch' '-Cw 30 -Cf :' '-Ci -Cw 30 -Cf :' '-Cc 10' \
        '-Cc 3' '-Cc 10 -Cw 25' '-Cc 9 -Cw 18' '-Cc 9 -Cw 17' '-Cl -Cf ,' '-Cc 10 -Cl' '-Cb -Cl' '-Cc 4 -Cf :' \
        '-Cc 4 -Ci' '-Cc 4 -Ch' '-Cc 10 -Cw 25 -Cl -Ci' '-Cc 10 -Cw 25 -Cf : -Ci' '-ChH' '-CwHf 30 ,' '-C wf 30 ,' \
        '-Ciwr 30 20' '-Cc 300'; do
        # shellcheck disable=SC2086
        both -v2c -c public -m ALL $flags "$SNMPD" vacmSecurityToGroupTable
        # shellcheck disable=SC2086
        both -v1 -c public -m ALL $flags "$SNMPD" sysORTable
    done
    both -v2c -c public -Cf ' | ' "$SNMPD" sysORTable
    both -v2c -c public -Cf '' "$SNMPD" sysORTable
    both -v2c -c public -Cfw ' and ' 40 "$SNMPD" sysORTable
    for rows in 1 3 7 100; do
        both -v1 -c public -Cr $rows "$SNMPD" sysORTable
        both -v2c -c public -CBir $rows "$SNMPD" sysORTable
        both -v2c -c public -Cr $rows "$SNMPD" sysORTable
    done
    done_with 90
}

@test "the labels of all tables" {
    tables=$("$top_builddir/apps/snmptranslate/snmptranslate" -m ALL -Tl | grep -oE '[A-Za-z0-9-]+Table\([0-9]+\)$' |
        sed 's/(.*//' | sort -u)
    for table in $tables; do
        both -m ALL -Chb -c public 127.0.0.1 "$table"
    done
    done_with 200
}

@test "how a table may be named, and what is none" {
    for name in ifTable IF-MIB::ifTable .1.3.6.1.2.1.31.1.2 1.3.6.1.2.1.2.2 interfaces.ifTable SNMPv2-SMI::mib-2.2.2 \
        .iso.org.dod.internet.mgmt.mib-2.interfaces.ifTable ifEntry ifTable.1 ifTable.7 ifTable.7.8 ifDescr ifDescr.1 \
        system sysDescr.0 interfaces ifMIB ifMIBObjects snmpMIB mib-2 .1.3.6.1.4.1.99999.1 xyzzy IF-MIB::xyzzy \
        XYZZY-MIB::x IF-MIB:: '' ifXTable.0; do
        FILTER=$moving both -v2c -c public "$SNMPD" "$name"
        both -v2c -c public -Ch "$SNMPD" "$name"
    done
    both -m '' -v2c -c public "$SNMPD" ifTable
    both -m '' -v2c -c public "$SNMPD" .1.3.6.1.2.1.2.2
    both -m SNMPv2-MIB -v2c -c public "$SNMPD" sysORTable
    both -Ch -Cl -c public 127.0.0.1 IF-MIB::ifTable
    both -Ch 127.0.0.1 ifTable
    done_with 55
}

@test "errors" {
    for community in err1 err2 err5 err13 err16 err99 silent; do
        for version in -v1 -v2c '-v2c -CB'; do
            # an answer that is too big is asked for in pieces, and the last piece is not the first
            [ "$community$version" != err1-v1 ] && [ "$community$version" != 'err1-v2c -CB' ] || continue
            # shellcheck disable=SC2086
            both $version -c $community -t 0.1 -r 0 "$PEER" ifTable
        done
    done
    for bad in -Cq '-Cw 0' '-Cw x' '-Cc 0' '-Cc 2' '-Cr 0' '-Cr x'; do
        # shellcheck disable=SC2086
        both -v2c -c public $bad "$SNMPD" ifTable
    done
    both -v2c -c public "$SNMPD" ifTable -Cf
    both -v2c -c public "$SNMPD"
    both -v2c -c public "$SNMPD" ifTable ifXTable
    both -v2c -c public
    both -v2c -c public -t 0.1 -r 0 127.0.0.1:9 ifTable
    done_with 30
}

@test "tables of snmpd-lite" {
    daemon_setup
    unset MIBS
    mkdir -p "$SNMP_PERSISTENT_DIR/cert_indexes" # which Net-SNMP would say that it makes
    echo 'rocommunity public 127.0.0.1' >"$conf"
    start_agent
    for table in ifTable ifXTable sysORTable ifStackTable; do
        for flags in '-v1 -Ci' '-v2c -Ci' '-v2c -CB -Cb' '-v2c -Cw 80'; do
            # shellcheck disable=SC2086
            FILTER=$moving both $flags -c public "$agent" $table
        done
    done
    daemon_teardown
    done_with 16
}
