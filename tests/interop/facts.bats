# SPDX-License-Identifier: BSD-3-Clause
# The built-in modules, node by node, against what Net-SNMP makes of the same modules: written as MIB files, and
# where Debian brings the real file (package libsnmp-base), of that.

setup_file() {
    export SNMPCONFPATH=/nonexistent MIBS= MIBDIRS=/nonexistent SNMP_PERSISTENT_DIR=$BATS_FILE_TMPDIR/state
    mkdir -p "$SNMP_PERSISTENT_DIR/cert_indexes" # which Net-SNMP would say that it makes
    SMI="$BATS_FILE_TMPDIR/smi"
    export SMI
    mkdir "$SMI"
    "$top_builddir/tools/mibfacts" smi "$SMI" "$top_srcdir"/lib/mib/facts/*.txt
}

setup() {
    THEIRS=$(command -v snmptranslate) || skip 'Net-SNMP is not installed (package snmp)'
}

# The names that a module defines.
names_of() {
    awk -v module="$1" '!/^(#|module |convention |type |$)/ { print module "::" $2 }' \
        "$top_srcdir/lib/mib/facts/$1.txt"
}

modules() {
    local file
    for file in "$top_srcdir"/lib/mib/facts/*.txt; do
        basename "$file" .txt
    done
}

# All that Net-SNMP says of a module's definitions, but descriptions, which the built-in modules do not have.
theirs() { # DIRECTORIES MODULE
    # shellcheck disable=SC2046 # one word per name
    "$THEIRS" -M "$1" -m "$2" -Td $(names_of "$2") | awk '/^  DESCRIPTION/ { skip = 1 } /^(::=|  DEFVAL)/ { skip = 0 } !skip'
}

ours() { # MODULE
    # shellcheck disable=SC2046
    "$top_builddir/apps/snmptranslate/snmptranslate" -M /nonexistent -m "$1" -Td $(names_of "$1")
}

# Says where two files differ, and remembers that they do.
compare() { # MODULE ONE OTHER
    if ! diff "$2" "$3" >"$BATS_TEST_TMPDIR/diff"; then
        echo "$1:"
        head -n 20 "$BATS_TEST_TMPDIR/diff" | cut -c 1-200
        differing=$((differing + 1))
    fi
}

@test "Net-SNMP reads the built-in modules as MIB files without complaint" {
    run "$THEIRS" -M "$SMI" -m ALL -PeW -On IF-MIB::ifDescr
    echo "$output"
    [ "$output" = .1.3.6.1.2.1.2.2.1.2 ]
}

@test "each module alone brings along all that it needs" {
    for module in $(modules); do
        run "$THEIRS" -M "$SMI" -m "$module" -PeW -On .1.3.6
        echo "$module: $output"
        [ "$output" = .1.3.6 ]
    done
}

@test "all modules of Net-SNMP's default list are built in" {
    command -v net-snmp-config >/dev/null || skip 'net-snmp-config is not installed (package libsnmp-dev)'
    run net-snmp-config --default-mibs
    [ "$status" -eq 0 ]
    for module in ${output//:/ }; do
        echo "$module"
        [ -e "$top_srcdir/lib/mib/facts/$module.txt" ]
    done
}

@test "every definition of every built-in module is described as Net-SNMP describes it" {
    differing=0
    for module in $(modules); do
        [ -n "$(names_of "$module")" ] || continue
        # Net-SNMP 5.9.3 has another text for the size of an Opaque, and cuts the ends of ranges to 32 bits.
        theirs "$SMI" "$module" | sed -e 's/Opaque (UCD-SNMP-MIB)/Opaque (7)/' \
            -e 's/(-1[.][.]-2147483648)/(-1..2147483648)/' >"$BATS_TEST_TMPDIR/theirs"
        ours "$module" >"$BATS_TEST_TMPDIR/ours"
        [ -s "$BATS_TEST_TMPDIR/ours" ]
        compare "$module" "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
    done
    [ "$differing" -eq 0 ]
}

@test "the modules of libsnmp-base agree with the built-in ones on every node" {
    mibs=/usr/share/snmp/mibs
    [ -e $mibs/UCD-SNMP-MIB.txt ] || skip 'no MIB files (package libsnmp-base)'
    others="$BATS_TEST_TMPDIR/others"
    mkdir "$others"
    cp "$SMI"/* "$others"
    for file in "$mibs"/*.txt; do
        rm -f "$others/$(basename "$file")"
    done
    differing=0
    for file in "$mibs"/*.txt; do
        module=$(basename "$file" .txt)
        [ -e "$SMI/$module.txt" ] || continue
        theirs "$others:$mibs" "$module" >"$BATS_TEST_TMPDIR/real"
        theirs "$SMI" "$module" >"$BATS_TEST_TMPDIR/ours"
        compare "$module" "$BATS_TEST_TMPDIR/real" "$BATS_TEST_TMPDIR/ours"
    done
    [ "$differing" -eq 0 ]
}

@test "the compiled modules of pysnmp agree in OID, labels, access and index" {
    /usr/bin/python3 -c 'import pysnmp.smi' 2>/dev/null || skip 'no pysnmp (package python3-pysnmp4)'
    run /usr/bin/python3 "$top_srcdir/tests/interop/facts_pysnmp.py" "$top_srcdir"/lib/mib/facts/*.txt
    echo "$output"
    [ "$status" -eq 0 ]
}
