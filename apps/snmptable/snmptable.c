/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <string.h>

#include "apps/common/operands.h"
#include "apps/common/report.h"
#include "apps/common/target.h"
#include "apps/snmptable/columns.h"
#include "apps/snmptable/flags.h"
#include "apps/snmptable/layout.h"
#include "format/oid.h"
#include "format/value.h"

#define MEMORY_MAX ((size_t)256 << 20)
#define ROWS_PER_PRINT 10 /* where rows come one by one, widths are those of so many */

static const struct report_style style = {.dot_after_packet = true, .dot_after_timeout = false};

struct tabling {
    struct app_run *run;
    const struct flags *flags;
    struct columns columns;
    struct format_options values; /* how cells are printed */
    struct layout layout;
    struct text text; /* of the cell at hand */
    bool uses_getnext;
    int32_t unprinted;
    int error; /* of our own */
    enum app_status status;
};

/* ---- rows into the layout ---- */

static struct uvsnmp_oid name_of(const struct tabling *tabling, size_t column, struct uvsnmp_oid index,
                                 struct uvsnmp_oid_buf *out)
{
    /* the agent sent this name, so that it is not too long */
    (void)uvsnmp_oid_copy(out, tabling->columns.oids[column]);
    (void)uvsnmp_oid_append(out, index);
    return uvsnmp_oid_of(out);
}

/* What is printed of a variable's name behind that of its column. */
static const char *index_text(struct tabling *tabling, size_t column, struct uvsnmp_oid index)
{
    const struct format_options *options = &tabling->run->options.output;
    struct uvsnmp_oid_buf name;
    struct text *text = &tabling->text;
    text_reset(text);
    format_oid(text, tabling->columns.oids[column], options);
    size_t size = text->size;
    text_reset(text);
    format_oid(text, name_of(tabling, column, index, &name), options);
    const char *tail = text_string(text) + (size < text->size ? size : text->size);
    return tail[0] == '.' ? tail + 1 : tail;
}

/* A value in one line. */
static const char *cell_text(struct tabling *tabling, size_t column, const struct uvsnmp_row *row)
{
    struct uvsnmp_oid_buf name;
    const struct uvsnmp_varbind varbind = {.name = name_of(tabling, column, row->index, &name),
                                           .value = row->cells[column]};
    text_reset(&tabling->text);
    format_varbind(&tabling->text, &varbind, &tabling->values);
    for (size_t i = 0; i < tabling->text.size; i++) {
        if (tabling->text.data[i] == '\n') {
            tabling->text.data[i] = ' ';
        }
    }
    return text_string(&tabling->text);
}

static bool has_cell(const struct uvsnmp_row *row, size_t column)
{
    return row->cells[column].type != UVSNMP_NO_SUCH_INSTANCE;
}

/* Every row has a cell, for it was one that brought it. */
static size_t first_cell(const struct uvsnmp_row *row)
{
    size_t column = 0;
    while (column + 1 < row->cell_count && !has_cell(row, column)) {
        column++;
    }
    return column;
}

static int add_row(struct tabling *tabling, const struct uvsnmp_row *row)
{
    struct layout *layout = &tabling->layout;
    struct layout_row *printed = layout_add_row(layout);
    int rc = printed ? 0 : UVSNMP_ENO_MEMORY;
    if (rc == 0) {
        rc = layout_set_index(layout, printed, index_text(tabling, first_cell(row), row->index));
    }
    for (size_t i = 0; rc == 0 && i < row->cell_count; i++) {
        if (has_cell(row, i)) {
            rc = layout_set_cell(layout, printed, i, cell_text(tabling, i, row));
        }
    }
    return rc < 0 || !text_failed(&tabling->text) ? rc : UVSNMP_ENO_MEMORY;
}

static void print(struct tabling *tabling)
{
    layout_print(&tabling->layout, &tabling->run->out.text);
    (void)output_flush(&tabling->run->out);
    tabling->unprinted = 0;
}

/* A table that comes row by row is printed so, a few at a time, unless it is in parts. */
static int on_row(const struct uvsnmp_row *row, void *arg)
{
    struct tabling *tabling = arg;
    const struct flags *flags = tabling->flags;
    int32_t rows = flags->repetitions ? flags->repetitions : ROWS_PER_PRINT;
    bool is_in_parts = flags->line_width != 0 && flags->column_width == 0;
    tabling->error = add_row(tabling, row);
    if (tabling->error == 0 && ++tabling->unprinted >= rows && !is_in_parts) {
        print(tabling);
    }
    return tabling->error || tabling->run->out.error;
}

/*
 * Net-SNMP walks column by column, and prints rows in the order in which it meets them: those that the first
 * column has not come behind those that it has.
 */
static int add_rows_as_walked(struct tabling *tabling, const struct uvsnmp_row *rows)
{
    size_t left = 0;
    int rc = 0;
    for (const struct uvsnmp_row *row = rows; row; row = row->next) {
        left++;
    }
    for (size_t column = 0; left > 0 && rc == 0; column++) {
        for (const struct uvsnmp_row *row = rows; row && rc == 0; row = row->next) {
            if (first_cell(row) == column) {
                rc = add_row(tabling, row);
                left--;
            }
        }
    }
    return rc;
}

/* ---- the end ---- */

static enum app_status report_no_memory(const struct app_run *run)
{
    fprintf(stderr, "%s: out of memory\n", run->app->name);
    return APP_FAILED;
}

static enum app_status report_order(struct app_run *run, const struct uvsnmp_varbind *varbind)
{
    struct text text;
    text_init(&text, 0);
    format_oid(&text, varbind->name, &run->options.output);
    (void)output_flush(&run->out);
    fprintf(stderr, "OID not increasing: %s\n", text_string(&text));
    text_fini(&text);
    return APP_ERROR_STATUS;
}

/* As ever, the object that failed is named where it was asked for with GETNEXT only. */
static enum app_status report_status(const struct tabling *tabling, const struct uvsnmp_result *last)
{
    struct uvsnmp_result result = *last;
    result.error_index = tabling->uses_getnext ? result.error_index : 0;
    return report_error_status(tabling->run, &result, &style);
}

static enum app_status report_failed(struct app_run *run, const struct uvsnmp_table_result *result)
{
    const struct uvsnmp_result *last = result->last;
    int status = last->status;
    if (status == UVSNMP_ENOT_INCREASING && result->stopped_by) {
        return report_order(run, result->stopped_by);
    }
    if (status == UVSNMP_ENO_MEMORY || status == UVSNMP_ELIMIT || status == UVSNMP_EEMPTY_RESPONSE ||
        status == UVSNMP_EUNEXPECTED_RESPONSE) {
        (void)output_flush(&run->out);
        fprintf(stderr, "%s: %s\n", run->app->name,
                status == UVSNMP_ELIMIT ? "the table is too large" : last->detail);
        return APP_FAILED;
    }
    return report_failure(run, last, &style);
}

/* Prints what there is, and is not yet. */
static void conclude(struct tabling *tabling, const struct uvsnmp_row *rows)
{
    struct text *out = &tabling->run->out.text;
    int rc = add_rows_as_walked(tabling, rows);
    if (rc < 0) {
        tabling->status = report_no_memory(tabling->run);
    } else if (tabling->layout.has_rows) {
        print(tabling);
    } else {
        text_append_format(out, "%s: No entries\n", tabling->layout.name);
    }
}

static void on_end(struct uvsnmp_session *session, const struct uvsnmp_table_result *result, void *arg)
{
    struct tabling *tabling = arg;
    struct app_run *run = tabling->run;
    (void)session;
    if (tabling->error) {
        tabling->status = report_no_memory(run);
    } else if (result->end == UVSNMP_TABLE_ERROR_STATUS) {
        tabling->status = report_status(tabling, result->last);
    } else if (result->end == UVSNMP_TABLE_FAILED) {
        tabling->status = report_failed(run, result);
    } else if (result->end == UVSNMP_TABLE_COMPLETE) {
        if (result->no_such_name) {
            text_append(&run->out.text, "End of MIB\n");
        }
        conclude(tabling, result->rows);
    }
    (void)output_flush(&run->out);
}

/* ---- the beginning ---- */

static enum app_status ask(struct tabling *tabling)
{
    struct app_run *run = tabling->run;
    const struct flags *flags = tabling->flags;
    bool getnext = flags->getnext || run->options.version == UVSNMP_V1;
    const struct uvsnmp_table_options options = {
        .columns = tabling->columns.oids,
        .column_count = tabling->columns.count,
        .max_repetitions = getnext ? 0 : flags->repetitions,
        .getnext = getnext,
        .max_memory = MEMORY_MAX,
        .each = getnext ? on_row : NULL,
        .done = on_end,
        .arg = tabling,
    };
    enum app_status status = target_open(run);
    if (status != APP_OK) {
        return status;
    }
    tabling->uses_getnext = getnext;
    int rc = uvsnmp_table(run->session, &options, NULL);
    if (rc < 0) {
        return report_not_sent(run, rc);
    }
    target_run(run);
    return tabling->status;
}

static enum app_status print_labels(struct tabling *tabling)
{
    struct text *out = &tabling->run->out.text;
    layout_print(&tabling->layout, out);
    text_append_format(out, "%s: No entries\n", tabling->layout.name); /* for none was asked for */
    return APP_OK;
}

static enum app_status find_columns(struct tabling *tabling, struct uvsnmp_oid table, const char *name)
{
    if (columns_find(tabling->run, table, &tabling->columns) < 0) {
        return report_no_memory(tabling->run);
    }
    if (tabling->columns.count == 0) {
        fprintf(stderr, "Was that a table? %s\n", name);
        return APP_FAILED;
    }
    if (tabling->flags->brief) {
        columns_shorten(&tabling->columns);
    }
    return APP_OK;
}

static enum app_status tabulate(struct tabling *tabling, const char *name)
{
    const struct columns *columns = &tabling->columns;
    int rc = layout_init(&tabling->layout, tabling->flags, name, columns->labels, columns->count);
    enum app_status status;
    if (rc < 0) {
        status = report_no_memory(tabling->run);
    } else {
        status = tabling->flags->header_only ? print_labels(tabling) : ask(tabling);
    }
    layout_fini(&tabling->layout);
    return status;
}

static enum app_status run(struct app_run *run)
{
    struct tabling tabling = {.run = run, .flags = run->own, .values = run->options.output};
    struct operands operands;
    struct text name;
    if (run->operand_count != 1) {
        return app_usage_error(run, "Must have exactly one table name");
    }
    enum app_status status = operands_names(run, &operands);
    if (status != APP_OK) {
        return status;
    }
    tabling.values.value_only = true;
    text_init(&name, 0);
    text_init(&tabling.text, 0);
    format_oid(&name, operands.varbinds[0].name, &run->options.output);
    status = find_columns(&tabling, operands.varbinds[0].name, text_string(&name));
    if (status == APP_OK) {
        status = tabulate(&tabling, text_string(&name));
    }
    text_fini(&tabling.text);
    text_fini(&name);
    return status;
}

static bool asks_nobody(const struct app_run *run)
{
    const struct flags *flags = run->own;
    return flags->header_only;
}

static const struct option_row options[] = {
    {OPTION_APP, 'C', NULL, "LETTERS", false, flags_apply, "of these:", flags_words, flags_letters},
    {.apply = NULL},
};

static const struct app snmptable = {
    .name = "snmptable",
    .operands = "AGENT TABLE-OID",
    .options = options,
    .quick = true,
    .asks_nobody = asks_nobody,
    .run = run,
};

int main(int argc, char **argv)
{
    struct flags own = {0};
    return app_main(argc, argv, &snmptable, &own);
}
