# SPDX-License-Identifier: BSD-3-Clause
# snmptranslate beside Net-SNMP's: the same reports on the same modules, byte for byte. Ours has them built in;
# for the other they are written as MIB files (mibfacts smi), and both read the module of the golden tests.
#
# What differs on purpose, and is therefore not here:
#   usage texts
#   -Tt has a convention's name behind "tc="; -TB prints all names that fit, Net-SNMP leaves many out
#   an OID between two names, as the 8072 of { enterprises 8072 1 }, belongs to the name above it
#   -Tp and -Td of an Opaque with a size print it; Net-SNMP prints nothing, or some text of its memory
#   -IR takes numeric OIDs

setup_file() {
    command -v snmptranslate >/dev/null || return 0
    export THEIRS=$(command -v snmptranslate) OURS=$top_builddir/apps/snmptranslate/snmptranslate
    export SNMPCONFPATH=$BATS_FILE_TMPDIR SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR HOME=$BATS_FILE_TMPDIR
    export MIBS_DIR=$BATS_FILE_TMPDIR/mibs GOLDEN=$top_srcdir/tests/golden/mibs
    mkdir "$MIBS_DIR" "$BATS_FILE_TMPDIR/cert_indexes"
    "$top_builddir/tools/mibfacts" smi "$MIBS_DIR" "$top_srcdir"/lib/mib/facts/*.txt
    unset MIBS MIBDIRS
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (package snmp)'
}

# same ARGUMENTS...: output, messages and status of both; FILTER is a sed script for what may differ.
same() {
    local ours=0 theirs=0 out=$BATS_TEST_TMPDIR
    "$OURS" -M "+$GOLDEN" "$@" >"$out/ours" 2>"$out/ours.err" || ours=$?
    "$THEIRS" -M "$MIBS_DIR:$GOLDEN" "$@" >"$out/theirs" 2>"$out/theirs.err" || theirs=$?
    # where each looks for files is its own matter
    sed -i '/^MIB search path: /d' "$out/ours.err" "$out/theirs.err"
    # MIB files that are made of facts have no texts
    sed -i -e '/^  DESCRIPTION\t""$/d' -e "${FILTER:-}" "$out/ours" "$out/theirs"
    calls=$((calls + 1))
    if [ $ours -ne $theirs ] || ! cmp -s "$out/ours" "$out/theirs" || ! cmp -s "$out/ours.err" "$out/theirs.err"; then
        printf '$ snmptranslate %s\n' "$*"
        diff "$out/theirs" "$out/ours" | head -n 20
        diff "$out/theirs.err" "$out/ours.err" | head -n 20
        printf 'status %s, Net-SNMP has %s\n' $ours $theirs
        return 1
    fi
}

OPAQUE='/        Size: 7$/d; /        Size: $/d; /SYNTAX\tOpaque (.*)/d'

@test "the default modules, all reports on names" {
    same -Tl
    same -To
    same -Ts
    same -Tz
    same -Tlosz
    FILTER='s/ tc=[^ ]*//' same -Tt
    FILTER=$OPAQUE same -Tp
}

@test "a tree and its lists, broken at any width" {
    for width in 1 8 15 16 17 20 24 25 31 32 33 40 41 42 43 60 79 80 120; do
        same -m UVSNMP-TEST-MIB -w $width -Tp -IR uvsnmpTestMIB
        same -w $width -Tp IF-MIB::ifMIB
        same -w $width -Td IF-MIB::ifEntry IF-MIB::ifAdminStatus IF-MIB::linkDown SNMPv2-SMI::zeroDotZero
    done
}

@test "the definition of each name of modules of either version" {
    for module in UVSNMP-TEST-MIB UVSNMP-TEST-V1-MIB; do
        names=$("$THEIRS" -M "$MIBS_DIR:$GOLDEN" -m $module -Tz |
            awk -F '"' '$2 !~ /^anonymous/ && $4 != "0.0" { print "." $4 }')
        [ "$(echo "$names" | wc -l)" -ge 20 ]
        same -m $module -Td $names
        same -m $module -Td -On -w 50 $names
        FILTER='s/ tc=[^ ]*//' same -m $module -Tt
        FILTER=$OPAQUE same -m $module -Tp
    done
}

@test "one OID in two modules has the name of the first" {
    same -m IF-MIB:RFC1213-MIB -Td IF-MIB::ifDescr RFC1213-MIB::ifDescr .1.3.6.1.2.1.2.2.1.2.9
    same -m RFC1213-MIB:IF-MIB -Td IF-MIB::ifDescr RFC1213-MIB::ifDescr .1.3.6.1.2.1.2.2.1.2.9
    same -m SNMPv2-MIB .1.3.6.1.2.1.1.3.0
    same -m '' .1.3.6.1.2.1.1.3.0
    same .1.3.6.1.2.1.1.3.0
}

@test "operands of every kind, in every form of -O" {
    for letters in n f s S u fn ns Q q v e b X; do
        same -O$letters .1.3.6.1.2.1.1.5.0 IF-MIB::ifDescr.3 .iso.org.dod 1.3.6.1.4.1.8072 .1 IF-MIB::ifMIB
    done
    same -IR sysDescr.0 ifTable
    same -IR -On sysDescr.0 ifTable
    same -Ib 'sysUpT'
    same -On -Ib 'ifHCInOct'
    same -Td IF-MIB::ifDescr.3.4 .1.3.6.1.4.1.99999.7 .1
    same -Tp IF-MIB::ifDescr.3 .1.3.6.1.2.1.1.3
}

@test "what stands for nothing ends the call" {
    same nope
    same .1.3.6 nope .1.3
    same IF-MIB::nope
    same NOPE-MIB::nope
    same -IR nope
    same -Ib '['
    same -Ib 'nope.*'
    same -Tp .9.9
    same -Td .9.9
    same ''
    same .
    same -w x .1
    same -m NOPE-MIB .1.3.6.1
    same -m NOPE-MIB:IF-MIB IF-MIB::ifName
}

@test "several letters of -T" {
    same -Tpl
    same -Tdl IF-MIB::ifName
    same -Tod IF-MIB::ifName
    same -Tlp IF-MIB::ifXEntry
    same -Tdp IF-MIB::ifXEntry
    same -Tl IF-MIB::ifXEntry
}

@test "at least the names that Net-SNMP finds fit" {
    for expression in sysU '^if' 'snmp.*Bad' IFHCIN 'e$'; do
        "$OURS" -On -TB "$expression" | sort >"$BATS_TEST_TMPDIR/ours"
        "$THEIRS" -M "$MIBS_DIR" -On -TB "$expression" | sort >"$BATS_TEST_TMPDIR/theirs"
        [ -s "$BATS_TEST_TMPDIR/theirs" ]
        [ -z "$(comm -23 "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours")" ]
    done
    same -m SNMPv2-MIB -TB 'sys.*e$'
    same -TB '['
    same -TB 'nope.*'
}

@test "a module of all names, in whatever order" {
    "$OURS" -Ta | sort >"$BATS_TEST_TMPDIR/ours"
    "$THEIRS" -M "$MIBS_DIR" -Ta | sort >"$BATS_TEST_TMPDIR/theirs"
    diff "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -ge 1000 ]
}
