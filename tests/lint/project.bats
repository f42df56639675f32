# SPDX-License-Identifier: BSD-3-Clause
# The commands of the README, and the line that ends a test run.

setup()
{
    export TMPDIR=$BATS_TEST_TMPDIR/tmp
    mkdir "$TMPDIR"
}

# A build directory in which one program is replaced by a script.
build_with()
{
    mkdir -p "$BATS_TEST_TMPDIR/build/apps/snmpd-lite"
    for program in "$top_builddir"/apps/snmp*; do
        [ -d "$program" ] || ln -sf "$program" "$BATS_TEST_TMPDIR/build/apps/"
    done
    ln -s "$top_builddir/apps/snmpd-lite/snmpd-lite" "$BATS_TEST_TMPDIR/build/apps/snmpd-lite/"
    rm -f "$BATS_TEST_TMPDIR/build/apps/$1"
    printf '#!/bin/sh\n%s\n' "$2" >"$BATS_TEST_TMPDIR/build/apps/$1"
    chmod +x "$BATS_TEST_TMPDIR/build/apps/$1"
}

nothing_is_left()
{
    [ -z "$(ls -A "$TMPDIR")" ]
    ! pgrep -f -- "-p $TMPDIR/" >/dev/null
}

@test "the demonstration gets, walks and sets, and leaves nothing behind" {
    run sh "$top_srcdir/contrib/demo.sh" "$top_builddir"
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    for command in snmpget snmpwalk snmpset; do
        [[ "$output" == *"\$ $command -v"* ]]
    done
    [[ "${lines[-1]}" == "The demonstration went well"* ]]
    nothing_is_left
}

@test "the demonstration fails when an output is not what it should be" {
    build_with snmpwalk 'echo iso.3.6.1.2.1.1.5.1 = nonsense'
    run sh "$top_srcdir/contrib/demo.sh" "$BATS_TEST_TMPDIR/build"
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
    [[ "$output" == *"demo: FAILED: the output does not match"* ]]
    nothing_is_left
}

@test "the demonstration fails when a command fails" {
    build_with snmpset 'echo no; exit 2'
    run sh "$top_srcdir/contrib/demo.sh" "$BATS_TEST_TMPDIR/build"
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
    [[ "$output" == *"demo: FAILED: snmpset ended with status 2"* ]]
    nothing_is_left
}

@test "the demonstration cleans up when it is ended" {
    build_with snmpget "touch '$BATS_TEST_TMPDIR/there'; sleep 1"
    sh "$top_srcdir/contrib/demo.sh" "$BATS_TEST_TMPDIR/build" >/dev/null 2>&1 3>&- &
    demo=$!
    for _ in $(seq 100); do
        [ ! -e "$BATS_TEST_TMPDIR/there" ] || break
        sleep 0.1
    done
    [ -e "$BATS_TEST_TMPDIR/there" ]
    kill -TERM "$demo"
    status=0
    wait "$demo" || status=$?
    [ "$status" -eq 143 ]
    nothing_is_left
}

@test "bootstrap tells what it can do, and refuses what it cannot" {
    run sh "$top_srcdir/bootstrap" help
    [ "$status" -eq 0 ]
    for command in build demo check help; do
        [[ "$output" == *"  $command "* ]]
    done
    run sh "$top_srcdir/bootstrap" nonsense
    [ "$status" -eq 2 ]
}

result()
{
    printf ':test-result: %s x\n' "${@:2}" >"$BATS_TEST_TMPDIR/$1.trs"
}

@test "the totals add up" {
    result a PASS PASS SKIP
    result b PASS XFAIL
    run sh "$top_srcdir/tests/totals.sh" totals "$BATS_TEST_TMPDIR"/*.trs
    [ "$status" -eq 0 ]
    [ "$output" = "4 passed, 0 failed, 1 skipped" ]
}

@test "the totals have each failure once, and fail with it" {
    result a PASS FAIL FAIL ERROR
    result b ERROR
    run sh "$top_srcdir/tests/totals.sh" totals "$BATS_TEST_TMPDIR"/*.trs
    [ "$status" -eq 1 ]
    [ "$output" = "1 passed, 3 failed, 0 skipped" ]
}

@test "what failed is shown with its log" {
    result a PASS FAIL
    result b PASS
    echo "a said why" >"$BATS_TEST_TMPDIR/a.log"
    echo "b said nothing" >"$BATS_TEST_TMPDIR/b.log"
    run sh "$top_srcdir/tests/totals.sh" failures "$BATS_TEST_TMPDIR"/*.trs
    [ "$status" -eq 0 ]
    [[ "$output" == *"a said why"* ]]
    [[ "$output" != *"b said nothing"* ]]
}
