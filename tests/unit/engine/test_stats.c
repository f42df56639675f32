/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "engine/stats.h"

static void requests_and_statuses_are_counted_apart(void **state)
{
    struct engine_stats stats = {0};
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET};
    const struct msg_pdu bulk = {.type = UVSNMP_PDU_GETBULK, .non_repeaters = 2};
    const struct msg_pdu response = {.type = UVSNMP_PDU_RESPONSE, .error_status = UVSNMP_STATUS_NO_SUCH_NAME};
    const struct msg_pdu not_writable = {.type = UVSNMP_PDU_RESPONSE, .error_status = UVSNMP_STATUS_NOT_WRITABLE};
    const struct msg_pdu forged = {.type = UVSNMP_PDU_GET, .error_status = UVSNMP_STATUS_TOO_BIG};
    (void)state;
    engine_stats_in(&stats, &get);
    engine_stats_in(&stats, &bulk);
    engine_stats_out(&stats, &response);
    engine_stats_out(&stats, &not_writable);
    engine_stats_in(&stats, &forged);
    assert_int_equal(stats.in_get_requests, 2);
    assert_int_equal(stats.in_too_bigs, 0);
    assert_int_equal(stats.in_get_responses, 0);
    assert_int_equal(stats.out_get_responses, 2);
    assert_int_equal(stats.out_no_such_names, 2);
    assert_int_equal(stats.in_no_such_names, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_and_statuses_are_counted_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
