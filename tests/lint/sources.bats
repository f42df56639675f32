# SPDX-License-Identifier: BSD-3-Clause
# Habits that a reader counts on in every file.

# What people write; not recorded data.
sources()
{
    find "$top_srcdir"/lib "$top_srcdir"/apps "$top_srcdir"/tools "$top_srcdir"/examples "$top_srcdir"/tests "$top_srcdir"/man \
        "$top_srcdir"/contrib -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.bats' -o -name '*.bash' \
        -o -name '*.mk' -o -name '*.[1-8]' -o -name '*.in' \) ! -path '*/corpus/*' ! -path '*/tests/data/*'
    for file in bootstrap configure.ac Makefile.am .ci/run; do
        echo "$top_srcdir/$file"
    done
}

@test "the sources are found" {
    [ "$(sources | wc -l)" -gt 50 ]
}

@test "every source file names its licence in one line" {
    sources | while read -r file; do
        case $file in
        *.pc.in) continue ;;
        esac
        head -n 2 "$file" | grep -Eq 'SPDX-License-Identifier: BSD-3-Clause( \*/)?$' || echo "$file"
    done >"$BATS_TEST_TMPDIR/without"
    cat "$BATS_TEST_TMPDIR/without"
    [ ! -s "$BATS_TEST_TMPDIR/without" ]
}

@test "no line ends in white space" {
    # Hexadecimal values are printed with a blank behind the last octet, and tests expect it.
    run sh -c 'grep -nE "[[:blank:]]+$" "$@" | grep -v "Hex-STRING: "' - $(sources) "$top_srcdir/README"
    printf '%s\n' "$output"
    [ -z "$output" ]
}

@test "no line of C is far longer than 110 columns" {
    run awk 'length > 120 { print FILENAME ":" FNR ": " length; bad = 1 } END { exit !bad }' \
        $(sources | grep '\.[ch]$')
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
}

@test "the library neither prints nor exits" {
    run grep -rnE '\<(printf|puts|putchar|perror|exit|_exit)\(' "$top_srcdir/lib" --include='*.c'
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
}

@test "unbounded string functions are not used" {
    run grep -rnE '\<(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|strtok)\(' "$top_srcdir/lib" \
        "$top_srcdir/apps" --include='*.[ch]'
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
}
