/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/mibs/rows.h"

#include <string.h>

#include "agent/request.h"
#include "agent/table.h"
#include "base/random.h"

void rows_take_values(struct uvsnmp_query *query, const struct uvsnmp_object *columns, size_t count,
                      void *change, const struct uvsnmp_value **values)
{
    const struct uvsnmp_oid index = uvsnmp_query_index(query);
    struct uvsnmp_query *other;
    size_t at = 0;
    while ((other = query_of_set(query, &at))) {
        struct uvsnmp_oid suffix = uvsnmp_query_suffix(other);
        if (suffix.count != index.count + 1 ||
            memcmp(suffix.ids + 1, index.ids, index.count * sizeof(*index.ids)) != 0) {
            continue;
        }
        const struct uvsnmp_object *object = object_find(columns, count, suffix.ids[0]);
        const struct uvsnmp_value *value = uvsnmp_query_value(other);
        if (object && object->access == UVSNMP_READ_WRITE &&
            object_check(object, value) == UVSNMP_STATUS_NO_ERROR) {
            uvsnmp_query_set_data(other, change);
            values[object->id] = value;
        }
    }
}

bool rows_is_first(const struct uvsnmp_query *query)
{
    size_t at = 0;
    return query_of_set(query, &at) == query;
}

bool rows_is_last(const struct uvsnmp_query *query)
{
    const struct uvsnmp_query *other, *last = NULL;
    size_t at = 0;
    while ((other = query_of_set(query, &at))) {
        last = other;
    }
    return last == query;
}

int32_t rows_lock_start(void)
{
    return (int32_t)(random_u64() & INT32_MAX);
}

void rows_lock_test(struct uvsnmp_query *query, int32_t lock)
{
    if (uvsnmp_query_value(query)->as.integer != lock) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_INCONSISTENT_VALUE);
    } else {
        uvsnmp_query_done(query);
    }
}

int32_t rows_lock_next(int32_t lock)
{
    return lock == INT32_MAX ? 0 : lock + 1;
}
