# SPDX-License-Identifier: BSD-3-Clause
# The manual pages against mandoc, against the programs, and against the compiler.

setup()
{
    man=$top_srcdir/man
    # The programs say the same whatever the machine's configuration.
    export SNMPCONFPATH=$BATS_TEST_TMPDIR SNMP_PERSISTENT_DIR=$BATS_TEST_TMPDIR
}

# The installed programs, below the build directory, as the Makefile has them.
programs()
{
    awk '/^(bin|sbin)_PROGRAMS *=/ { on = 1 }
         on { print }
         on && !/\\$/ { on = 0 }' "$top_builddir/Makefile" |
        tr ' \t\\' '\n\n\n' | sed -n 's/\$(EXEEXT)$//p'
}

page_of()
{
    ls "$man/${1##*/}".[18]
}

# is_documented REGEX PAGE...: some line of the pages matches.
is_documented()
{
    local regex=$1
    shift
    grep -Eq -- "$regex" "$@"
}

# The pages in which a program's options are looked for.
pages_of()
{
    page_of "$1"
    case $1 in
    *snmpd-lite | *snmptrapd-lite) ;;
    *) echo "$man/snmpcmd.1" ;;
    esac
}

@test "there are programs, and each has a page" {
    [ "$(programs | wc -l)" -ge 7 ]
    for program in $(programs); do
        page_of "$program"
    done
}

@test "mandoc finds nothing in the pages" {
    command -v mandoc || skip "no mandoc"
    # Whether another page is installed on this machine is another matter.
    run sh -c 'mandoc -T lint "$1"/*.[1-8] 2>/dev/null | grep -v "referenced manual not found"' - "$man"
    printf '%s\n' "$output"
    [ -z "$output" ]
}

@test "the pages refer to pages that exist" {
    grep -hE '^\.Xr' "$man"/*.[1-8] | awk '{ print $2 "." $3 }' | sort -u | while read -r page; do
        case $page in
        crontab.5 | snmptrapd.8 | syslog.3 | systemd.1) ;;
        *) [ -e "$man/$page" ] || echo "$page" ;;
        esac
    done >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

@test "every page is installed" {
    for page in "$man"/*.[1-8]; do
        grep -q "/${page##*/}" "$man/local.mk"
    done
}

@test "each option that a program's help names is in its page" {
    for program in $(programs); do
        help=$("$top_builddir/$program" --help 2>&1) || true
        options=$(printf '%s\n' "$help" | grep -oE '^  (-[A-Za-z0-9]\>|--[a-z-]+)(, --[a-z-]+)?' | tr -d ' ' |
            tr ',' '\n')
        [ "$(echo "$options" | wc -l)" -ge 12 ]
        for option in $options; do
            is_documented "Fl (\\\\&)?${option#-}( |\$)" $(pages_of "$program") || echo "$program $option"
        done
    done >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

# letters PROGRAM OPTION: the letters that the help has below an option.
letters()
{
    "$top_builddir/$1" --help 2>&1 |
        awk -v option="$2" '/^( ? ?[^ ]|$)/ { on = $1 == option } on && /^ +[A-Za-z0-9]( [A-Z]+)?:/ { print substr($1, 1, 1) }'
}

@test "each letter of -C is in the page of its tool" {
    count=0
    for program in $(programs); do
        for letter in $(letters "$program" -C); do
            count=$((count + 1))
            is_documented "Fl C Cm $letter( |\$)" "$(page_of "$program")" || echo "$program -C$letter"
        done
    done >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ "$count" -ge 10 ]
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

@test "each type of snmpset is in its page" {
    types=$("$top_builddir/apps/snmpset" --help 2>&1 | awk '/^TYPE/ { on = 1; next } /^[^ ]/ { on = 0 } on { print substr($1, 1, 1) }')
    [ "$(echo "$types" | wc -l)" -ge 15 ]
    for type in $types; do
        is_documented "^\\.It Cm (.* )?$type( |\$)" "$man/snmpset.1" || echo "$type"
    done >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

@test "each letter of -O, -I and -L is in snmpcmd(1)" {
    for option in -O -I -L; do
        [ -n "$(letters apps/snmpget $option)" ]
        for letter in $(letters apps/snmpget $option); do
            is_documented "^\\.It Cm (.* )?$letter( |\$)" "$man/snmpcmd.1" || echo "$option$letter"
        done
    done >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

# directives PROGRAM: those that -H lists.
directives()
{
    "$top_builddir/$1" -H 2>&1 | grep -v ':$' | sed -nE 's/^ +([A-Za-z][A-Za-z0-9]+) .*/\1/p'
}

@test "each directive that a program lists is in the page of its configuration" {
    [ "$(directives apps/snmpget | wc -l)" -ge 20 ]
    [ "$(directives apps/snmpd-lite/snmpd-lite | wc -l)" -ge 12 ]
    {
        for directive in $(directives apps/snmpget); do
            is_documented "^\\.It Cm (.* )?$directive( |\$)" "$man/uvsnmp-snmp.conf.5" ||
                is_documented "^\\.Cm (.* )?$directive( |\$)" "$man/uvsnmp-snmp.conf.5" || echo "snmp.conf: $directive"
        done
        for directive in $(directives apps/snmpd-lite/snmpd-lite); do
            is_documented "^\\.It Cm (.* )?$directive( |\$)" "$man/snmpd-lite.conf.5" ||
                echo "snmpd.conf: $directive"
        done
    } >"$BATS_TEST_TMPDIR/missing"
    cat "$BATS_TEST_TMPDIR/missing"
    [ ! -s "$BATS_TEST_TMPDIR/missing" ]
}

compile()
{
    $CC -Wall -Wextra -Werror -I"$top_srcdir/lib/include" $LIBUV_CFLAGS -c -o "$BATS_TEST_TMPDIR/example.o" "$1"
}

@test "the examples of uvsnmp(3) compile" {
    names=$(sed -n 's|^/\* example: \(.*\) \*/$|\1|p' "$man/uvsnmp.3")
    [ "$(echo "$names" | wc -l)" -eq "$(grep -c '^\.Bd -literal' "$man/uvsnmp.3")" ]
    for name in $names; do
        awk -v first="/* example: $name */" '$0 == first { on = 1 } /^\.Ed/ { on = 0 } on' "$man/uvsnmp.3" |
            sed 's/\\e/\\/g' >"$BATS_TEST_TMPDIR/$name.c"
        compile "$BATS_TEST_TMPDIR/$name.c"
    done
}

@test "the program of the README compiles" {
    awk '/^    #include/ { on = 1 } /^    cc / { on = 0 } on' "$top_srcdir/README" >"$BATS_TEST_TMPDIR/readme.c"
    compile "$BATS_TEST_TMPDIR/readme.c"
}

@test "uvsnmp-architecture(7) has the arrows that are tested" {
    sed -nE 's/^([a-z/-]+) +-> (.*)/\1: \2/p' "$man/uvsnmp-architecture.7" >"$BATS_TEST_TMPDIR/page"
    sed -nE 's/^ *arrows\("([^"]+)", "([^"]+)"\)/\1: \2/p' "$top_srcdir/tests/lint/layers.sh" \
        >"$BATS_TEST_TMPDIR/test"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/test")" -ge 14 ]
    diff "$BATS_TEST_TMPDIR/page" "$BATS_TEST_TMPDIR/test"
}
