/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/reverse.h"

#include <netdb.h>
#include <stdlib.h>

struct lookup {
    uv_getnameinfo_t request;
    io_reverse_fn *found;
    void *arg;
};

static void on_found(uv_getnameinfo_t *request, int status, const char *name, const char *service)
{
    struct lookup *lookup = request->data;
    (void)service;
    lookup->found(status == 0 ? name : NULL, lookup->arg);
    free(lookup);
}

int io_reverse_find(uv_loop_t *loop, const struct uvsnmp_address *address, io_reverse_fn *found, void *arg)
{
    if (address->at.any.sa_family == AF_UNIX) {
        return UVSNMP_EBAD_ADDRESS;
    }
    struct lookup *lookup = calloc(1, sizeof(*lookup));
    if (!lookup) {
        return UVSNMP_ENO_MEMORY;
    }
    lookup->request.data = lookup;
    lookup->found = found;
    lookup->arg = arg;
    int failed = uv_getnameinfo(loop, &lookup->request, on_found, &address->at.any, NI_NAMEREQD);
    if (failed < 0) {
        free(lookup);
        return failed == UV_ENOMEM ? UVSNMP_ENO_MEMORY : UVSNMP_EBAD_ADDRESS;
    }
    return 0;
}
