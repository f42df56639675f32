# SPDX-License-Identifier: BSD-3-Clause
# Thousands of calls beside Net-SNMP's: UVSNMP_TEST_SHARE=N makes each Nth of them only, for a run in which every
# call is slow (the sanitizers') and another run makes them all.

# Whether the call counted last in `calls` is left out.
left_out() {
    [ $((calls % ${UVSNMP_TEST_SHARE:-1})) -ne 0 ]
}
