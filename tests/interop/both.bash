# SPDX-License-Identifier: BSD-3-Clause
# The same call of Net-SNMP's tools and of ours: the test file says in define() what its calls are written with, and
# in THEIRS where Net-SNMP's tools are.

load share.bash

# What may differ: the usage's text, and in dumps the request-id and the local port. With HINTS, lines in
# parentheses: what only ours say, behind a line that is the same.
normalise() {
    sed -e '/^USAGE/q' -e '/^0000: /s/.*/0000:/' -e '/^0016: /s/.*/0016:/' \
        -e 's/->\[0\.0\.0\.0\]:[0-9]*$/->LOCAL/' ${HINTS:+-e '/^(.*)$/d'} "$1"
}

# run_both CALL: whether both did the same.
run_both() {
    local side dir="$BATS_TEST_TMPDIR"
    for side in theirs ours; do
        local path=$THEIRS result=0
        [ "$side" = theirs ] || path=$top_builddir/apps
        (PATH=$path:$PATH && eval "$1") >"$dir/$side.out" 2>"$dir/$side.err" </dev/null || result=$?
        {
            normalise "$dir/$side.out"
            echo '--- messages'
            normalise "$dir/$side.err"
            echo "--- status $result"
        } >"$dir/$side"
    done
    cmp -s "$dir/theirs" "$dir/ours"
}

# Each line of standard input is a call, run by both. A second may have passed between the two (snmpEngineTime), or a
# request-id be an octet shorter than most, which a dump shows: then once more, and once again.
compare_calls() {
    local line dir="$BATS_TEST_TMPDIR" calls=0 differing=0
    define
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        calls=$((calls + 1))
        ! left_out || continue
        if ! { run_both "$line" || run_both "$line" || run_both "$line"; }; then
            differing=$((differing + 1))
            printf 'DIFFERS: %.200s\n' "$line"
            diff -a "$dir/theirs" "$dir/ours" | head -n 20
        fi
    done
    echo "$calls calls, $differing differ"
    [ "$calls" -gt 0 ]
    [ "$differing" -eq 0 ]
}
