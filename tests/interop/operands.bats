# SPDX-License-Identifier: BSD-3-Clause
# Names and typed values as operands, ours and Net-SNMP's side by side: what is asked for or set, what is said of
# what is bad, and the status. By the module of tests/data/mibs, which has an object of each type and a table of each
# kind of index, and by the built-in modules, which are written as MIB files for the other one.
#
# What differs on purpose, and is therefore not here:
#   a number out of its type's range, negative ones and sub-identifiers above 2^32-1 included, is refused, not cut;
#     in a text for a DISPLAY-HINT too
#   an OID of one number N is N.0 on the wire, not 0.N
#   -IR and -Ib leave numeric OIDs alone, and a failed -Ib has a reason
#   a quoted index of strings of any size is taken, a quote that is not closed is not
#   an index of BITS or a counter is numbers without a warning
#   a number may be written as its DISPLAY-HINT prints it, where it would be none otherwise
#   of siblings in whose names a pattern matches alike, the highest in the tree is taken, not the last of the file
#   what was wrong with one operand is not told of the next
#   characters above 127 in quotes are octets, a length of 2^32-1 is none
#   a pattern has no references, and few repetitions by '+' or braces

load ../cli/tools.bash
load share.bash

setup_file() {
    command -v snmpget >/dev/null || return 0
    export THEIRS
    THEIRS=$(dirname "$(command -v snmpget)")
    start_peer
    unset MIBS
    export MIBDIRS=$top_srcdir/tests/data/mibs
}

teardown_file() {
    [ -z "$THEIRS" ] || stop_peer
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (package snmp)'
    calls=0
    differing=0
}

# both TOOL ARGUMENTS...: counts, and shows what differs.
both() {
    local dir=$BATS_TEST_TMPDIR tool=$1 theirs=0 ours=0
    shift
    calls=$((calls + 1))
    ! left_out || return 0
    "$THEIRS/$tool" -v2c -c p -r0 -t2 "$@" >"$dir/theirs" 2>"$dir/theirs.err" </dev/null || theirs=$?
    "$top_builddir/apps/$tool" -v2c -c p -r0 -t2 "$@" >"$dir/ours" 2>"$dir/ours.err" </dev/null || ours=$?
    echo "status $theirs" >>"$dir/theirs"
    echo "status $ours" >>"$dir/ours"
    # where each looks for files is its own matter, and what is wrong with the module: one INDEX names nothing
    sed -i -e '/^MIB search path: /d' -e '/^Unknown type nowhere in /d' "$dir/ours.err" "$dir/theirs.err"
    if ! cmp -s "$dir/theirs" "$dir/ours" || ! cmp -s "$dir/theirs.err" "$dir/ours.err"; then
        differing=$((differing + 1))
        printf 'DIFFERS: %s %s\n' "$tool" "$*"
        diff -a "$dir/theirs" "$dir/ours" || true
        diff -a "$dir/theirs.err" "$dir/ours.err" || true
    fi
}

# Each line of standard input is an operand.
same_names() {
    local operand
    while IFS= read -r operand; do
        both snmpget -m NAMES-TEST-MIB -On "$@" "$PEER" "$operand"
    done
    agree
}

# Each line: OID|TYPE|VALUE.
same_values() {
    local name type value
    while IFS='|' read -r name type value; do
        both snmpset -m NAMES-TEST-MIB -One -Ox "$@" "$PEER" "$name" "$type" "$value"
    done
    agree
}

agree() {
    echo "$calls calls, $differing differ"
    [ "$calls" -gt 0 ] && [ "$differing" -eq 0 ]
}

# What follows names and columns; all kinds of indexes, good and bad.
operands() {
    cat <<'END'
numValue.5
numValue.x
numValue
numValue.
numValue..
numValue.5.6
numValue.5.x
numValue.-1
numValue.0x10
numValue.010
numValue.08
numValue.'a'
numValue."a"
numIndex.5
numEntry.2.5
numEntry.numValue.5
numEntry.5.5
numEntry.x
numEntry.99.x
numTable.1.2.x
numTable.entry
rangedValue.15
rangedValue.20
rangedValue.-5
unsignedValue.4294967295
unsignedValue.-1
colourValue.red
colourValue.pink
colourValue.3
colourValue.blue-ish
colourValue.'red'
colourValue.-3
colourValue.red.red
ipValue.1.2.3.4
ipValue.1.2.3
ipValue.1.2.3.400
ipValue."1.2.3.4"
ipValue.1.2.3.4.5
oidValue.1.3.6
oidValue.3.1.3.6
oidValue.iso.3
oidValue."ab"
oidValue.'ab'.5
strValue.3.97.98.99
strValue.'abc'
strValue.'abc
strValue."abc
strValue."abc"x
strValue.abc
strValue.3.97
strValue.3.97.98.300
strValue.114
strValue.115
strValue.116
strValue.120
strValue.1000.1
strValue.x.1
sizedValue."abcdef"
sizedValue."a.b"
sizedValue."a"
sizedValue."ab"
sizedValue.5.1.2.3.4.5
fixedValue.'abcd'
fixedValue.'a.cd'
fixedValue.'a'
fixedValue.'abcdef'
fixedValue.'ab.5
fixedValue."abcd"
fixedValue."ab
fixedValue.1.2.3.4
fixedValue.1.2.3
fixedValue.1.2.3.4.5
textValue."abc"
textValue.'abc'
textValue.'abc
textValue.3.97.98.99
textValue.abc
textValue."a.b"
textValue."a.b".5
textValue."a.b"x
textValue."ab.5
textValue."
textValue.""
textValue."".5
textValue.120.1
macValue.1.2.3.4.5.6
macValue.1.2.3.4.5.600
macValue."1:2:3:4:5:6"
macValue.'1:2:3:4:5:6'
macValue.'1:2:3:4:5:6'.7
macValue.'1:2:3'
macValue.'1:2:3:4:5:6:7'
macValue.'1-2-3-4-5-6'
macValue.1:2:3:4:5:6
macValue.'abcdef'
macValue.'zzzzzz'
macValue."abcdef"
ticksValue.5
tenthValue.5
tenthValue.0.5
dateValue."2020-1-1,1:1:1.1"
dateValue."2020-1-1,1:1:1.1,+1:0"
dateValue."2020-1-1"
dateValue."xx"
dateValue.8.1.2.3.4.5.6.7.8
impStrValue.5.97.98
impStrValue.5."ab"
impTextValue."ab"
impTextValue.'ab'
impTextValue.97.98
impTextValue.97.98.300
impOidValue.1.3.6
impOidValue."ab"
mixValue.red."abc".'1:2:3:4:5:6'.1.2.3.4.7
mixValue.red."abc".'1:2:3:4:5:6'.1.2.3.4.x
mixValue.red."abc".'1:2:3:4:5:6'.1.2.x.4
mixValue.red."abc"."1:2:3:4:5:6".1.2.3.4.7
mixValue.red."abcde".'1:2:3:4:5:6'.1.2.3.4.7
mixValue.red.3.1.2.3.'1:2:3:4:5:6'.1.2.3.4.7.'a'
mixValue.red.3.1.2.3.'1:2:3:4:5:6'.1.2.3.4.7.x
mixValue.pink."abc"
mixValue.2."ab"
mixValue.red.5
oidNumValue.2.1.2.5
fixNumValue.'abcd'.7
fixNumValue.'abcd'.x
fixNumValue.'abc'.7
fixNumValue."abc".7
lostValue.5
lostValue.x
lostValue."a"
moreValue.5
moreValue.x
moreValue.5.6.x
numValue[5]
numValue.[5]
anInteger.0
anInteger.x
anInteger.x.5
anInteger.0x
anInteger.0x.5
anInteger.5.
anInteger.'a'
anInteger."a"
anInteger.'a'.x
anInteger.'a'x
anInteger.'ab.c'.5
anInteger.""
anInteger.''
anInteger."".5
END
}

# Ways through the tree.
ways() {
    cat <<'END'
1.3.6.1.4.1.99997.1
.1.3.6.1.4.1.99997.1
.iso.org.dod.internet.private.1.99997.scalars
iso.org.dod
iso.3.dod
org.dod.internet
dod.internet.private.1.99997.scalars.anInteger.0
enterprises.99997
private.enterprises.names
scalars.anInteger
scalars.1.0
scalars.99.5
scalars.99.x
scalars.99x.5
scalars.x.5
scalars.'a'
near
near.nearScalar
near.1
near.
near..1
.near
..near
mib-2
mib-2.99997
system
1.2
.1.3.6.1.
.1..3
.1.3.x
.1.3.'a'
.1.3."ab".5
.-1
+1
.1.3.+6
.1.3.-6
0x1.3
.1.3.0x6
.1.3.06
.1.3.08
.1.3.4294967295
org.6
org.dodo
''
'abc'
"abc"
""

 near
a b
anInteger 0
ccitt.0
joint-iso-ccitt.5
NAMES-TEST-MIB::near
NAMES-TEST-MIB::near.nearScalar
NAMES-TEST-MIB:near
NAMES-TEST-MIB::1.3.6
NAMES-TEST-MIB::
NAMES-TEST-MIB
NAMES-TEST-MIB::.near
NAMES-TEST-MIB::numValue.5
NAMES-TEST-MIB::numValue.x
NOT-THERE::near
names-test-mib::near
near::x
END
    echo 'near '
}

# Patterns, and what is none.
patterns() {
    cat <<'END'
NUMVALUE
numval
umVal
Value
^Value
Value$
an.*
^an
an(Int|Oid)
anOid|anInteger
[no]idvalue
mixE
x{2}
(
*
a(
[a
a{99999}
END
}

# Hundreds of characters, 129 sub-identifiers, hundreds of pieces.
long() {
    local piece
    printf 'textValue."%0150d"\n' 0
    printf '%0120d\n' 0 | tr 0 a
    printf 'anInteger%s\n' "$(printf '.1%.0s' $(seq 118))"
    printf 'anInteger%s\n' "$(printf '.1%.0s' $(seq 119))"
    printf '.1.3%s\n' "$(printf '.1%.0s' $(seq 126))"
    printf '.1.3%s\n' "$(printf '.1%.0s' $(seq 127))"
}

@test "names and their indexes" {
    operands | same_names
}

@test "ways through the tree" {
    ways | same_names
}

@test "patterns" {
    patterns | same_names
    patterns | grep -v '[[({*^]' | same_names -Ib
}

@test "operands at the limits" {
    long | same_names
}

@test "-IR" {
    { operands; ways; patterns; } | grep -v '^\.*[0-9]\|^\.-' | same_names -IR
}

@test "-Ir and -Ih" {
    operands | grep -v "^strValue\|'abcdef'" | same_names -Ir
    operands | same_names -Ih
}

@test "-Iu, -Is and -IS" {
    ways | same_names -Iu
    { ways; patterns; } | same_names -Is.0
    ways | same_names -Is x
    { ways; patterns; } | grep -v :: | same_names -ISNAMES-TEST-MIB::
    ways | grep -v : | same_names -IS .1.3.6.
}

@test "several operands, of which some are bad" {
    both snmpget -m NAMES-TEST-MIB "$PEER" numValue.x anInteger.0 nowhere
    both snmpget -m NAMES-TEST-MIB "$PEER" NO-MIB::x NO-MIB::y
    both snmpset -m NAMES-TEST-MIB "$PEER" aColour.0 i pink aRange.0 i 15 aColour.0 i red
    both snmpset -m NAMES-TEST-MIB "$PEER" nowhere i 1 aColour.0 q 1
    both snmpset -m NAMES-TEST-MIB "$PEER" aColour.0 = red aMac.0 = 1:2:3:4:5:6
    both snmpset -m NAMES-TEST-MIB "$PEER" aColour.0 =
    both snmpset -m NAMES-TEST-MIB "$PEER" aColour.0
    both snmpset -m NAMES-TEST-MIB "$PEER" nowhere i 1 aColour.0 i pink
    agree
}

# Every type for objects of every type.
every_type() {
    local name type
    for name in anInteger anInteger32 anUnsigned aGauge aCounter aCounter64 someTicks anAddress anOid aString aText \
        someBits anOpaque aUInteger numTable numEntry scalars; do
        for type in i u t a o s x d b n 3 U I F D = c C q; do
            case $type in
                a) echo "$name.0|$type|1.2.3.4" ;;
                o) echo "$name.0|$type|.1.3.6" ;;
                x) echo "$name.0|$type|05" ;;
                =) case $name in
                    anOid) echo "$name.0|$type|1.3" ;;
                    *) echo "$name.0|$type|5" ;;
                esac ;;
                *) echo "$name.0|$type|5" ;;
            esac
        done
    done
    printf '.1.3.9.9|%s|5\n' i u = s
}

values() {
    cat <<'END'
anInteger.0|i|x
anInteger.0|i|
anInteger.0|i| 2
anInteger.0|i|+5
anInteger.0|i|0x10
anInteger.0|i|010
anInteger.0|integer|5
aRange.0|i|5
aRange.0|i|15
aRange.0|=|25
aRange.0|i|x
aColour.0|i|red
aColour.0|=|blue-ish
aColour.0|i|negative
aColour.0|i|-3
aColour.0|i|pink
aColour.0|i|5
aColour.0|i|2nd
aColour.0|i|Red
aColour.0|b|red
anInteger32.0|i|6
anInteger32.0|=|-5
anInteger32.0|=|x
anUnsigned.0|u|500
anUnsigned.0|=|x
aCounter.0|=|x
aCounter64.0|=|18446744073709551615
aCounter64.0|=|x
someTicks.0|=|1:2:3
anAddress.0|=|1.2.3
anAddress.0|=|x
anAddress.0|=|300.1.1.1
anAddress.0|=|255.255.255.255
anAddress.0|=|localhost
anAddress.0|=|
anOid.0|=|anInteger.0
anOid.0|=|nosuch
anOid.0|o|nosuch.x
anOid.0|=|numValue.x
anOid.0|o|
anOid.0|o|numval
anOid.0|o|NAMES-TEST-MIB::numValue.5
aString.0|=|
aString.0|s|0x4142
aString.0|s|a"b
aString.0|x|41 42
aString.0|x|0x4142
aString.0|x|zz
aString.0|x|414
aString.0|x|41,42
aString.0|x|
aString.0|d|65 66
aString.0|d|65.66
aString.0|d|1..2
aString.0|d|65,66
aString.0|d|300
aString.0|d|x
aString.0|d|
aSized.0|s|abc
aSized.0|s|abcde
aSized.0|s|
aSized.0|=|abcdefgh
aSized.0|=|abcdefghi
aSized.0|x|41
aSized.0|x|4142
aSized.0|x|41424344454647484950
aSized.0|d|65
aSized.0|d|65.66
aSized.0|d|1.2.3.4.5
aText.0|s|hello
aText.0|=|
aText.0|=|h\351
aText.0|x|4142
aText.0|d|65
aMac.0|s|1:2:3:4:5:6
aMac.0|=|01:2:3:4:5:6
aMac.0|=|1:2:3:4:5:6:
aMac.0|=|1:2:3
aMac.0|s|abcdef
aMac.0|s|zz
aMac.0|s|zzzzzz
aMac.0|=|1:2:3:4:5:6:7
aMac.0|=|1-2-3-4-5-6
aMac.0|=|1 2 3 4 5 6
aMac.0|=|1: 2:3:4:5:6
aMac.0|=|:1:2:3:4:5:6
aMac.0|=|1:2:3:4:5:g
aMac.0|=|0x1:2:3:4:5:6
aMac.0|x|010203040506
aMac.0|x|01
aMac.0|d|1.2.3.4.5.6
aMac.0|=|
aDate.0|=|2020-1-2,3:4:5.6
aDate.0|=|2020-1-2,3:4:5.6,+1:0
aDate.0|=|2020-1-2,3:4:5.6,1:0
aDate.0|=|2020-13-2,3:4:5.6
aDate.0|s|2020-1-2
aDate.0|s|20200102
aFree.0|s|1:2:3
aFree.0|s|zz
aFree.0|s|
aFree.0|x|0102
someBits.0|b|0
someBits.0|=|first
someBits.0|=|first tenth
someBits.0|=|first, second
someBits.0|=|first,tenth,1
someBits.0|=|fir
someBits.0|=|20
someBits.0|=|
someBits.0|=|0 x 1
someBits.0|=|0x1
someBits.0|s|AB
someBits.0|x|80
someBits.0|d|128
aTenth.0|=|15
aTenth.0|=|x
aHex.0|=|10
anAddress4.0|=|1.2.3.4
anAddress4.0|=|1.2.3
anAddress4.0|s|a.b.c.d
numValue.7|=|5
numValue.7|s|5
END
    echo 'anInteger.0|i| '
    echo 'aColour.0|i|2 '
}

@test "every type for an object of every type" {
    every_type | same_values
}

@test "values, their labels, ranges and hints" {
    values | same_values
}

@test "values without checks, without hints" {
    values | grep -v '^aDate\|abcdef' | same_values -Ir
    values | same_values -Ih
    { every_type; values; } | grep '^a[CGIMT]' | same_values -Irh
}

@test "names of the modules that are built in" {
    dir=$BATS_TEST_TMPDIR/mibs
    mkdir "$dir"
    "$top_builddir/tools/mibfacts" smi "$dir" "$top_srcdir"/lib/mib/facts/*.txt
    export MIBDIRS=$dir
    for name in ifDescr.3 ifDescr sysName.0 system.sysName.0 IF-MIB::ifTable IF-MIB::ifDescr.x SNMPv2-MIB::sysName.0 \
        sysUpTime.0 sysUpTimeInstance DISMAN-EVENT-MIB::sysUpTimeInstance ifPhysAddress.1 interfaces.ifTable \
        mib-2.interfaces.2.1.2.5 ipAddressIfIndex.ipv4.4.10.1.2.3 'ipAddressIfIndex.ipv4."10.1.2.3"' \
        'ipAddressIfIndex.ipv4.'"'10.1.2.3'" ipAdEntIfIndex.10.1.2.3 ipAdEntIfIndex.10.1.2.300 tcpConnState.1.2.3.4.5.6.7.8.9.10 \
        ipNetToMediaPhysAddress.1.1.2.3.4 'snmpTargetAddrTAddress.1.97' "snmpTargetAddrTAddress.'a'" hrStorageDescr.1 \
        usmUserStatus.1.1.1.1 'vacmAccessStatus."a"."b".usm.noAuthNoPriv' "vacmAccessStatus.'a'" \
        'nsExtendOutput1Line."x"' 'nsExtendOutLine."x".1' IF-MIB::sysName RFC1213-MIB::sysName SNMPv2-SMI::enterprises.1 \
        UCD-SNMP-MIB::laLoad.1 enterprises.2021.10.1.3.1 ucdavis.laTable.1.3.1; do
        both snmpget -On "$PEER" "$name"
    done
    agree
}
