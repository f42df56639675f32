/* SPDX-License-Identifier: BSD-3-Clause */
/* The variables that the MIB says a notification has, their values in the order of its OBJECTS. */
#include <stdio.h>
#include <string.h>

#include "apps/common/report.h"
#include "apps/snmptrap/snmptrap.h"
#include "format/input.h"
#include "mib/mib.h"

static bool find_notification(const struct app_run *run, struct uvsnmp_oid oid, struct mib_object *out)
{
    return mib_find_exact(run->mibs.mib, oid, out) &&
           (out->kind == MIB_KIND_NOTIFICATION_TYPE || out->kind == MIB_KIND_TRAP_TYPE);
}

/* An object of the notification's own module, of one that it imports, or of any other. */
static bool find_object(const struct mib *mib, const struct mib_object *notification, const char *name,
                        struct mib_object *out, struct uvsnmp_oid_buf *oid)
{
    const char *module = notification->module;
    size_t length = strlen(name);
    for (size_t next = 0; module; next++) {
        if (mib_find_name(mib, module, name, length, out, oid)) {
            return true;
        }
        module = mib_module_import(mib, notification->module, next);
    }
    return mib_find_name(mib, NULL, name, length, out, oid);
}

/* A column has the index given; what is no column has but one instance. */
static const char *index_of(const struct app_run *run, const struct uvsnmp_oid_buf *oid, const char *given)
{
    const struct uvsnmp_oid above = {oid->ids, oid->count - 1};
    struct mib_object row;
    return mib_find_exact(run->mibs.mib, above, &row) && row.is_row ? given : "0";
}

static bool take_object(struct app_run *run, const struct mib_object *notification, const char *name,
                        const char *value, struct uvsnmp_varbind *out)
{
    const struct trap_options *own = run->own;
    struct mib_object object;
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    struct text text;
    if (!find_object(run->mibs.mib, notification, name, &object, &oid)) {
        fprintf(stderr, "%s: the object %s of %s is not known\n", run->name, name, notification->name);
        return false;
    }
    text_init(&text, 0);
    text_append_format(&text, "%s::%s.%s", object.module, object.name, index_of(run, &oid, own->index));
    enum app_status status = operands_oid(run, text_string(&text), &out->name);
    const struct format_input input = {.name = out->name, .type = "=", .value = value};
    if (status == APP_OK &&
        format_input_value(&input, &run->options.input, &run->arena, &out->value, &err) < 0) {
        report_operand(text_string(&text), &err);
        status = APP_FAILED;
    }
    text_fini(&text);
    return status == APP_OK;
}

static void refuse_count(const struct app_run *run, const struct mib_object *notification, size_t count)
{
    struct text text;
    text_init(&text, 0);
    for (size_t i = 0; i < notification->object_count; i++) {
        text_append_format(&text, " %s", mib_object_name(notification, i));
    }
    fprintf(stderr, "%s: %s has %zu objects, and %zu values are given:%s\n", run->name, notification->name,
            notification->object_count, count, text_string(&text));
    text_fini(&text);
}

enum app_status trap_objects_read(struct app_run *run, size_t skip, struct uvsnmp_oid trap_oid,
                                  struct operands *out)
{
    struct mib_object notification;
    size_t count = run->operand_count - skip;
    if (!find_notification(run, trap_oid, &notification)) {
        fprintf(stderr, "%s: %s is no notification that the MIB knows: what are its objects?\n", run->name,
                run->operands[skip - 1]);
        return APP_FAILED;
    }
    if (count != notification.object_count) {
        refuse_count(run, &notification, count);
        return APP_FAILED;
    }
    *out = (struct operands){.varbinds = arena_array(&run->arena, count + 1, sizeof(out->varbinds[0])),
                             .count = count};
    if (!out->varbinds) {
        fprintf(stderr, "%s: out of memory\n", run->app->name);
        return APP_FAILED;
    }
    for (size_t i = 0; i < count; i++) {
        if (!take_object(run, &notification, mib_object_name(&notification, i), run->operands[skip + i],
                         &out->varbinds[i])) {
            return APP_FAILED;
        }
    }
    return APP_OK;
}
