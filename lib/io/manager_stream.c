/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/err.h"
#include "io/manager_impl.h"

int manager_stream_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err)
{
    (void)exchange;
    return err_set(err, UVSNMP_EUNSUPPORTED, "streams need a framing function");
}

void manager_stream_forget(struct uvsnmp_exchange *exchange)
{
    (void)exchange;
}

void manager_stream_close(struct uvsnmp_manager *manager)
{
    (void)manager;
}
