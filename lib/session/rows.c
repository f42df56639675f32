/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/rows.h"

#include <stdlib.h>
#include <string.h>

struct rows_copy {
    struct rows_copy *next;
    uint32_t data[];
};

void rows_init(struct rows *rows, size_t cell_count, size_t made_limit, size_t memory_limit)
{
    memset(rows, 0, sizeof(*rows));
    rows->cell_count = cell_count;
    rows->made_limit = made_limit;
    rows->memory_limit = memory_limit;
}

void rows_fini(struct rows *rows)
{
    while (rows->first) {
        rows_remove_first(rows);
    }
}

/* Memory that counts as the row's; `row` NULL: the row itself. */
static int claim(struct rows *rows, struct rows_row *row, size_t size, void **out)
{
    *out = NULL;
    if (size > rows->memory_limit - rows->memory) {
        return UVSNMP_ELIMIT;
    }
    *out = malloc(size);
    if (!*out) {
        return UVSNMP_ENO_MEMORY;
    }
    rows->memory += size;
    if (row) {
        row->memory += size;
    }
    return 0;
}

/* A row of holes. */
static int row_new(struct rows *rows, struct uvsnmp_oid index, struct rows_row **out)
{
    size_t cells_size = rows->cell_count * sizeof(struct uvsnmp_value);
    size_t size = sizeof(struct rows_row) + cells_size + index.count * sizeof(index.ids[0]);
    void *memory;
    int rc = claim(rows, NULL, size, &memory);
    if (rc < 0) {
        return rc;
    }
    struct rows_row *row = memory;
    uint32_t *ids = (uint32_t *)(void *)((char *)memory + sizeof(*row) + cells_size);
    memset(row, 0, sizeof(*row));
    row->memory = size;
    row->cells = (struct uvsnmp_value *)(void *)(row + 1);
    for (size_t i = 0; i < rows->cell_count; i++) {
        row->cells[i] = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    }
    if (index.count > 0) {
        memcpy(ids, index.ids, index.count * sizeof(ids[0]));
    }
    row->view.index = (struct uvsnmp_oid){ids, index.count};
    row->view.cells = row->cells;
    row->view.cell_count = rows->cell_count;
    *out = row;
    return 0;
}

static void row_free(struct rows *rows, struct rows_row *row)
{
    while (row->copies) {
        struct rows_copy *copy = row->copies;
        row->copies = copy->next;
        free(copy);
    }
    rows->memory -= row->memory;
    free(row);
}

static void set_next(struct rows_row *row, struct rows_row *next)
{
    row->next = next;
    row->view.next = next ? &next->view : NULL;
}

/* A copy of `size` octets that goes with the row. */
static int keep(struct rows *rows, struct rows_row *row, const void *data, size_t size, void **out)
{
    void *memory;
    int rc = claim(rows, row, sizeof(struct rows_copy) + size, &memory);
    if (rc < 0) {
        return rc;
    }
    struct rows_copy *copy = memory;
    copy->next = row->copies;
    row->copies = copy;
    *out = copy->data;
    if (size > 0) {
        memcpy(*out, data, size);
    }
    return 0;
}

static int set_cell(struct rows *rows, struct rows_row *row, size_t cell, const struct uvsnmp_value *value)
{
    struct uvsnmp_value copy = *value;
    void *kept;
    int rc = 0;
    if (value->type == UVSNMP_OBJECT_IDENTIFIER) {
        rc = keep(rows, row, value->as.oid.ids, value->as.oid.count * sizeof(uint32_t), &kept);
        if (rc == 0) {
            copy.as.oid.ids = kept;
        }
    } else if (value->type == UVSNMP_OCTET_STRING || value->type == UVSNMP_OPAQUE ||
               value->type == UVSNMP_NSAPADDRESS) {
        rc = keep(rows, row, value->as.bytes.data, value->as.bytes.size, &kept);
        if (rc == 0) {
            copy.as.bytes.data = kept;
        }
    }
    if (rc == 0) {
        row->cells[cell] = copy;
    }
    return rc;
}

static void insert(struct rows *rows, struct rows_row *before, struct rows_row *row)
{
    set_next(row, before ? before->next : rows->first);
    if (before) {
        set_next(before, row);
    } else {
        rows->first = row;
    }
    rows->count++;
    rows->made++;
}

int rows_put(struct rows *rows, struct rows_row **near, struct uvsnmp_oid index, size_t cell,
             const struct uvsnmp_value *value)
{
    struct rows_row *before = *near, *at = before ? before->next : rows->first;
    int order = 1;
    while (at && (order = uvsnmp_oid_compare(at->view.index, index)) < 0) {
        before = at;
        at = at->next;
    }
    struct rows_row *row = at;
    bool is_new = !at || order > 0;
    if (is_new && rows->made_limit > 0 && rows->made == rows->made_limit) {
        return UVSNMP_ELIMIT;
    }
    int rc = is_new ? row_new(rows, index, &row) : 0;
    if (rc < 0) {
        return rc;
    }
    rc = set_cell(rows, row, cell, value);
    if (rc == 0) {
        if (is_new) {
            insert(rows, before, row);
        }
        *near = row;
    } else if (is_new) {
        row_free(rows, row);
    }
    return rc;
}

void rows_remove_first(struct rows *rows)
{
    struct rows_row *row = rows->first;
    rows->first = row->next;
    rows->count--;
    row_free(rows, row);
}
