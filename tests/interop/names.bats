# SPDX-License-Identifier: BSD-3-Clause
# The whole tree of Net-SNMP's snmpd with names: its tools and ours print the same lines. Ours has the modules built
# in; for the others they are written as MIB files (mibfacts smi).

load ../cli/tools.bash
load snmpd.bash

setup_file() {
    command -v snmpbulkwalk >/dev/null && command -v snmpd >/dev/null || return 0
    THEIRS=$(dirname "$(command -v snmpbulkwalk)")
    export THEIRS MIBS_DIR=$BATS_FILE_TMPDIR/mibs
    mkdir -p "$BATS_FILE_TMPDIR/conf/cert_indexes" "$MIBS_DIR"
    export SNMPCONFPATH=$BATS_FILE_TMPDIR/conf SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR/conf LC_ALL=C
    "$top_builddir/tools/mibfacts" smi "$MIBS_DIR" "$top_srcdir"/lib/mib/facts/*.txt
    unset MIBS MIBDIRS
    start_snmpd <<'END'
rocommunity public
sysdescr a fixed description
sysservices 72
disk /
load 12 14 14
proc snmpd
extend first /bin/echo one
extend "second one" /bin/echo two
exec third /bin/echo three
monitor -r 3600 -o prNames "processes" prErrorFlag != 0
trapsink 127.0.0.1:9
createUser alice SHA-256 "a password of alice"
rouser alice
END
}

teardown_file() {
    [ -z "$THEIRS" ] || stop_snmpd
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmpd)'
    dir=$BATS_TEST_TMPDIR
}

# walk LETTERS COMMAND...: the subtrees $roots, on standard output. What moves all the time is left out: the processes,
# the machine's connections, and which of snmpd's caches are filled.
walk() {
    local letters=$1 root
    shift
    for root in $roots; do
        "$@" -v2c -c public -r1 -t5 ${letters:+"-O$letters"} "$SNMPD" "$root"
    done | grep -Ev "$moving"
}

roots=.1
moving='hrSW(Run|Installed)|nsCacheStatus|(^|[:.])(tcp|udp)'
moving="$moving|^\.1\.3\.6\.1\.(2\.1\.(6|7|25\.[456])|4\.1\.8072\.1\.5\.3\.1\.3)\."

theirs() {
    walk "$1" "$THEIRS/snmpbulkwalk" -M "$MIBS_DIR"
}

ours() {
    walk "$1" "$top_builddir/apps/snmpbulkwalk"
}

# same LETTERS...: with each, what the others print both before and after is what ours prints in between, in the same
# order; a line or two may have moved and come back.
same() {
    local letters
    for letters; do
        theirs "$letters" >"$dir/before"
        ours "$letters" >"$dir/ours"
        theirs "$letters" >"$dir/after"
        sort "$dir/before" >"$dir/before.sorted"
        sort "$dir/after" | comm -12 - "$dir/before.sorted" >"$dir/still"
        sort "$dir/ours" | comm -13 - "$dir/still" >"$dir/missing"
        echo "-O$letters: $(wc -l <"$dir/still") lines that do not move, $(wc -l <"$dir/missing") of them missing"
        head -n 5 "$dir/missing"
        [ "$(wc -l <"$dir/still")" -gt 500 ]
        [ "$(wc -l <"$dir/missing")" -le 3 ]
        comm -23 "$dir/still" "$dir/missing" >"$dir/left"
        for file in before ours; do
            grep -Fxf "$dir/left" "$dir/$file" | awk '!seen[$0]++' >"$dir/$file.left"
        done
        cmp "$dir/before.left" "$dir/ours.left"
    done
}

@test "the whole tree has the names of the default modules" {
    same ''
    grep -q '^IF-MIB::ifDescr\.1 = STRING: lo$' "$dir/ours"
    grep -q '^DISMAN-EVENT-MIB::sysUpTimeInstance = Timeticks: ' "$dir/ours"
    ! grep -q '^iso\.3' "$dir/ours"
}

@test "the whole tree, with each form of names" {
    same n s f u S
}

@test "the whole tree, with each form of values" {
    same q Q e t x T a 0 U
}

@test "the whole tree, with each form of indexes" {
    same b X E XE
}

@test "the whole tree, as scripts ask for it" {
    same QUn QUs Qs sq fn QXUte UQnet UsQ
}

@test "values alone" {
    roots='.1.3.6.1.2.1.1 .1.3.6.1.2.1.2.2.1.2 .1.3.6.1.2.1.25.2.2 .1.3.6.1.4.1.8072.1.2 .1.3.6.1.6.3'
    same v qv Qv UQv
}
