#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: totals.sh totals|failures FILE.trs...
# Reads automake's result files. "totals" prints one line, "failures" the logs of the tests that failed.
set -eu
what=$1
shift
for trs; do
    shift
    [ ! -e "$trs" ] || set -- "$@" "$trs"
done
case $what in
totals)
    # A program that ends with an error after a failed test is not one more failure.
    awk '
        $1 != ":test-result:" { next }
        $2 == "PASS" || $2 == "XFAIL" { passed++ }
        $2 == "SKIP" { skipped++ }
        $2 == "FAIL" || $2 == "XPASS" || ($2 == "ERROR" && !(FILENAME in seen)) { failed++; seen[FILENAME] = 1 }
        END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }
    ' /dev/null "$@"
    ;;
failures)
    for trs; do
        if grep -Eq '^:test-result: (FAIL|XPASS|ERROR)' "$trs"; then
            printf -- '---- %s\n' "${trs%.trs}"
            tail -n 200 "${trs%.trs}.log"
        fi
    done
    ;;
esac
