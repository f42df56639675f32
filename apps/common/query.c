/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/query.h"

#include <stdio.h>
#include <string.h>

#include "apps/common/operands.h"
#include "apps/common/target.h"
#include "format/value.h"

struct asking {
    struct app_run *run;
    const struct query *query;
    const struct query_flags *flags;
    struct operands operands;
    enum app_status status;
};

static void ask(struct asking *asking);

static void print(struct app_run *run, const struct uvsnmp_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        format_varbind(&run->out.text, &result->varbinds[i], &run->options.output);
        text_append_char(&run->out.text, '\n');
    }
    (void)output_flush(&run->out);
}

/* Asks for the rest once the variable that failed is taken out. */
static void ask_without(struct asking *asking, int32_t index)
{
    struct operands *operands = &asking->operands;
    if (asking->flags->dont_fix || !asking->query->fixes || index <= 0 || (size_t)index > operands->count ||
        operands->count == 1) {
        return;
    }
    struct uvsnmp_varbind *failed = &operands->varbinds[index - 1];
    memmove(failed, failed + 1, (operands->count - (size_t)index) * sizeof(*failed));
    operands->count--;
    ask(asking);
}

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct asking *asking = arg;
    struct app_run *run = asking->run;
    (void)session;
    if (result->status < 0) {
        asking->status = report_failure(run, result, &asking->query->style);
    } else if (result->error_status == UVSNMP_STATUS_NO_ERROR) {
        if (!asking->flags->quiet) {
            print(run, result);
        }
    } else if (result->error_status == UVSNMP_STATUS_NO_SUCH_NAME && asking->query->end_is_ok) {
        text_append(&run->out.text, "End of MIB.\n");
    } else {
        asking->status = report_error_status(run, result, &asking->query->style);
        ask_without(asking, result->error_index);
    }
}

static void ask(struct asking *asking)
{
    struct uvsnmp_request_options options = {
        .type = asking->query->type,
        .varbinds = asking->operands.varbinds,
        .count = asking->operands.count,
        .non_repeaters = asking->flags->non_repeaters,
        .max_repetitions = asking->flags->max_repetitions,
    };
    int rc = uvsnmp_request_send(asking->run->session, &options, on_result, asking, NULL);
    if (rc < 0) {
        asking->status = report_not_sent(asking->run, rc);
    }
}

enum app_status query_run(struct app_run *run, const struct query *query)
{
    struct asking asking = {.run = run, .query = query, .flags = run->own};
    if (run->operand_count == 0) {
        return app_usage_error(run, "Missing object name");
    }
    enum app_status status = query->type == UVSNMP_PDU_SET ? operands_values(run, &asking.operands)
                                                           : operands_names(run, &asking.operands);
    if (status != APP_OK) {
        return status;
    }
    if ((size_t)asking.flags->non_repeaters > asking.operands.count) {
        fprintf(stderr, "%s: need more objects than <nonrep>\n", run->app->name);
        return APP_FAILED;
    }
    status = target_open(run);
    if (status != APP_OK) {
        return status;
    }
    ask(&asking);
    target_run(run);
    return asking.status;
}
