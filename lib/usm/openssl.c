/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/openssl.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/err.h"

static const struct function {
    const char *name;
    size_t offset;
} functions[] = {
#define XX(name) {#name, offsetof(struct usm_openssl, name)},
    USM_OPENSSL_FUNCTIONS(XX)
#undef XX
};

int usm_openssl_open(struct usm_openssl *openssl, const char *name, struct uvsnmp_error *err)
{
    memset(openssl, 0, sizeof(*openssl));
    openssl->handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL | RTLD_NOLOAD);
    openssl->was_mapped = openssl->handle != NULL;
    if (!openssl->handle) {
        /* Never unmapped: it leaves handlers behind for the ends of threads and of the program. */
        openssl->handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    }
    if (!openssl->handle) {
        const char *reason = dlerror();
        return err_set(err, UVSNMP_EUNSUPPORTED, "SNMPv3 with keys needs OpenSSL's libcrypto 3: %s",
                       reason ? reason : name);
    }
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        void *address = dlsym(openssl->handle, functions[i].name);
        if (!address) {
            usm_openssl_close(openssl);
            return err_set(err, UVSNMP_EUNSUPPORTED,
                           "SNMPv3 with keys needs OpenSSL's libcrypto 3.0 or later: %s has no %s", name,
                           functions[i].name);
        }
        memcpy((char *)openssl + functions[i].offset, &address, sizeof(address));
    }
    return 0;
}

void usm_openssl_close(struct usm_openssl *openssl)
{
    if (openssl->handle) {
        dlclose(openssl->handle);
    }
    memset(openssl, 0, sizeof(*openssl));
}

struct usm_openssl_mark usm_openssl_begin(const struct usm_openssl *openssl)
{
    return (struct usm_openssl_mark){.is_alone = !openssl->ERR_set_mark()};
}

void usm_openssl_end(const struct usm_openssl *openssl)
{
    openssl->ERR_pop_to_mark();
}

int usm_openssl_failed(const struct usm_openssl *openssl, struct usm_openssl_mark mark,
                       struct uvsnmp_error *err, const char *what)
{
    const char *data = "";
    int flags = 0;
    /* The first error says what happened, the ones after it who was concerned. */
    unsigned long code = mark.is_alone ? openssl->ERR_peek_error_all(NULL, NULL, NULL, &data, &flags)
                                       : openssl->ERR_peek_last_error_all(NULL, NULL, NULL, &data, &flags);
    const char *reason = code ? openssl->ERR_reason_error_string(code) : NULL;
    bool has_data = code && (flags & ERR_TXT_STRING) != 0 && *data;
    int result =
        code && ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE ? UVSNMP_ENO_MEMORY : UVSNMP_EUNSUPPORTED;
    err_set(err, result, "%s: %s%s%s%s", what, reason ? reason : "OpenSSL gives no reason",
            has_data ? " (" : "", has_data ? data : "", has_data ? ")" : "");
    usm_openssl_end(openssl);
    return result;
}
