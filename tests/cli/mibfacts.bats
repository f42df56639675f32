# SPDX-License-Identifier: BSD-3-Clause
# The program of the build that turns facts about MIB modules from one form into another.

setup() {
    MIBFACTS="$top_builddir/tools/mibfacts"
    cd "$BATS_TEST_TMPDIR"
}

@test "a MIB file becomes a table" {
    cat >X-MIB.txt <<'EOF'
X-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises, OBJECT-TYPE, Integer32 FROM SNMPv2-SMI TEXTUAL-CONVENTION FROM SNMPv2-TC;
X ::= TEXTUAL-CONVENTION DISPLAY-HINT "d-1" STATUS current DESCRIPTION "a word" SYNTAX Integer32 (0..9)
x OBJECT IDENTIFIER ::= { enterprises 4711 }
xTable OBJECT-TYPE SYNTAX SEQUENCE OF XEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { x 1 }
xEntry OBJECT-TYPE SYNTAX XEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION ""
    INDEX { xIndex, IMPLIED xName } ::= { xTable 1 }
XEntry ::= SEQUENCE { xIndex INTEGER, xName OCTET STRING, xValue X }
xIndex OBJECT-TYPE SYNTAX INTEGER { one(1), two(2) } MAX-ACCESS not-accessible STATUS current DESCRIPTION ""
    ::= { xEntry 1 }
xName OBJECT-TYPE SYNTAX OCTET STRING (SIZE (1..8)) MAX-ACCESS not-accessible STATUS current DESCRIPTION ""
    ::= { xEntry 2 }
xValue OBJECT-TYPE SYNTAX X UNITS "per cent" MAX-ACCESS read-create STATUS deprecated DESCRIPTION ""
    DEFVAL { 5 } ::= { xEntry 3 }
xEvent NOTIFICATION-TYPE OBJECTS { xValue } STATUS current DESCRIPTION "" ::= { x 2 }
END
EOF
    run "$MIBFACTS" facts X-MIB.txt
    echo "$output"
    [ "$status" -eq 0 ]
    diff - <(echo "$output") <<'END'
module X-MIB : SNMPv2-SMI SNMPv2-TC
convention X Integer32(0..9) "d-1"
enterprises.4711 x
 1 xTable table
  1 xEntry [xIndex !xName]
   1 xIndex - INTEGER{one 1 two 2}
   2 xName - OCTET-STRING(1..8)
   3 xValue c X /"per cent" =5 !deprecated
 2 xEvent (xValue)
END
}

@test "a trap below its enterprise survives too" {
    printf '%s\n' 'T-MIB DEFINITIONS ::= BEGIN' 'IMPORTS enterprises FROM SNMPv2-SMI TRAP-TYPE FROM RFC-1215;' \
        't OBJECT IDENTIFIER ::= { enterprises 4711 }' \
        'tDown TRAP-TYPE ENTERPRISE t DESCRIPTION "" ::= 7' END >T-MIB.txt
    "$MIBFACTS" facts T-MIB.txt >t.txt
    "$MIBFACTS" compile "$top_srcdir/lib/mib/facts/SNMPv2-SMI.txt" t.txt >data.c
    "$MIBFACTS" smi . "$top_srcdir/lib/mib/facts/SNMPv2-SMI.txt" t.txt
    run "$MIBFACTS" facts T-MIB.txt
    [ "$status" -eq 0 ]
    [[ $output == *'t.0.7 tDown'* ]]
}

@test "the built-in modules survive being written as MIB files and read again" {
    "$MIBFACTS" smi . "$top_srcdir"/lib/mib/facts/*.txt
    for file in "$top_srcdir"/lib/mib/facts/*.txt; do
        name=$(basename "$file")
        run "$MIBFACTS" facts "$name"
        [ "$status" -eq 0 ]
        diff <(grep -v '^#' "$file") <(echo "$output")
    done
}

@test "what is compiled is constant and needs no relocation" {
    command -v readelf >/dev/null || skip 'no readelf (package binutils)'
    "$MIBFACTS" compile "$top_srcdir"/lib/mib/facts/IF-MIB.txt "$top_srcdir"/lib/mib/facts/IANAifType-MIB.txt \
        "$top_srcdir"/lib/mib/facts/SNMPv2-*.txt >data.c
    $CC -std=c11 -O2 -fPIC -fvisibility=hidden -I"$top_srcdir/lib" -c data.c -o data.o
    run readelf -SW data.o
    echo "$output"
    [[ $output = *.rodata* ]]
    ! grep -E '\.rela?\.(ro)?data' <<<"$output"
    # Nothing of any size in a section that can be written to.
    ! sed 's/^ *\[ *[0-9]*\]//' <<<"$output" | awk '$7 ~ /W/ && $5 !~ /^0+$/' | grep .
}

@test "a table that cannot be is refused, with file and line, and makes no C" {
    printf 'module A\niso.1 a\n 1 b r INTEGR\n' >a.txt
    run "$MIBFACTS" compile a.txt
    echo "$output"
    [ "$status" -eq 1 ]
    [ "$output" = "a.txt:3: Unknown type INTEGR in A" ]
    printf 'module A\niso.1 a x\n' >a.txt
    run "$MIBFACTS" compile a.txt
    [ "$status" -eq 1 ]
    [ "$output" = "a.txt:2: unknown word 'x'" ]
    printf 'module A\nnowhere.1 a\n' >a.txt
    run "$MIBFACTS" compile a.txt
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output = a.txt:2:*nowhere* ]]
}

@test "files that are none are named" {
    run "$MIBFACTS" facts missing
    echo "$output"
    [ "$status" -eq 1 ]
    [ "$output" = "mibfacts: missing: No such file or directory" ]
    run "$MIBFACTS" compile .
    [ "$status" -eq 1 ]
    [[ $output = "mibfacts: .: "* ]]
    run "$MIBFACTS" smi missing "$top_srcdir/lib/mib/facts/RFC-1212.txt"
    [ "$status" -eq 1 ]
    [ "$output" = "mibfacts: missing/RFC-1212.txt: No such file or directory" ]
    run "$MIBFACTS" compile
    [ "$status" -eq 2 ]
}
