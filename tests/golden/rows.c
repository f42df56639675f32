/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "golden/rows.h"

/* ---- reading ---- */

static char *copy(const char *text)
{
    char *copied = strdup(text);
    if (!copied) {
        abort();
    }
    return copied;
}

static struct row *append_row(struct rows *rows)
{
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? rows->capacity * 2 : 256;
        struct row *grown = realloc(rows->rows, capacity * sizeof(*grown));
        if (!grown) {
            abort();
        }
        rows->rows = grown;
        rows->capacity = capacity;
    }
    struct row *row = &rows->rows[rows->count++];
    memset(row, 0, sizeof(*row));
    text_init(&row->out, 0);
    text_init(&row->err, 0);
    return row;
}

/* Undoes the escapes of a line and ends it. */
static bool append_line(struct text *text, const char *line)
{
    static const char letters[] = "ntr\\", meanings[] = "\n\t\r\\";
    for (; *line; line++) {
        const char *letter = *line == '\\' && line[1] ? strchr(letters, line[1]) : NULL;
        uint8_t octet = 0;
        if (*line != '\\') {
            text_append_char(text, *line);
        } else if (letter) {
            text_append_char(text, meanings[letter - letters]);
            line++;
        } else if (line[1] == '\0') {
            return true;
        } else if (line[1] == 'x' && line[2] && line[3] &&
                   hex_parse((const char[]){line[2], line[3], '\0'}, &octet, 1) == 1) {
            text_append_char(text, (char)octet);
            line += 3;
        } else {
            return false;
        }
    }
    text_append_char(text, '\n');
    return true;
}

/* What is being read: the row at hand, and what was said before it. */
struct reading {
    struct row *row;
    char *group, *reason;
};

static bool read_line(struct rows *rows, struct reading *reading, const char *line)
{
    bool has_blank = line[0] && line[1] == ' ';
    if (line[0] == '\0') {
        return true;
    }
    if (strncmp(line, "== ", 3) == 0) {
        free(reading->group);
        reading->group = copy(line + 3);
        return true;
    }
    if (line[0] == '#') {
        free(reading->reason);
        reading->reason = copy(line + (has_blank ? 2 : 1));
        return true;
    }
    if (line[0] == '$' && has_blank && reading->group) {
        reading->row = append_row(rows);
        reading->row->command = copy(line + 2);
        reading->row->group = copy(reading->group);
        reading->row->reason = reading->reason;
        reading->reason = NULL;
        return true;
    }
    if (line[0] == '?' && has_blank && reading->row) {
        reading->row->status = (int)strtol(line + 2, NULL, 10);
        return true;
    }
    return reading->row && (line[0] == '|' || line[0] == '!') &&
           append_line(line[0] == '|' ? &reading->row->out : &reading->row->err, line + 1);
}

bool rows_read(struct rows *rows, FILE *stream, const char *file)
{
    struct reading reading = {0};
    char *line = NULL;
    size_t capacity = 0;
    unsigned number = 0;
    bool is_right = true;
    while (is_right && getline(&line, &capacity, stream) >= 0) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        is_right = read_line(rows, &reading, line);
    }
    if (!is_right || ferror(stream)) {
        fprintf(stderr, "%s:%u: %s\n", file, number, is_right ? strerror(errno) : "no line of a row");
    }
    free(line);
    free(reading.group);
    free(reading.reason);
    return is_right && !ferror(stream);
}

struct row *rows_find(const struct rows *rows, const char *command)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (strcmp(rows->rows[i].command, command) == 0) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

void rows_fini(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct row *row = &rows->rows[i];
        free(row->group);
        free(row->command);
        free(row->reason);
        text_fini(&row->out);
        text_fini(&row->err);
    }
    free(rows->rows);
    *rows = (struct rows){0};
}

/* ---- writing ---- */

static void write_octet(FILE *stream, char c)
{
    unsigned octet = (unsigned char)c;
    if (c == '\\' || c == '\t' || c == '\r') {
        fprintf(stream, "\\%c", c == '\t' ? 't' : c == '\r' ? 'r' : '\\');
    } else if (octet < 0x20 || octet >= 0x7f) {
        fprintf(stream, "\\x%02x", octet);
    } else {
        fputc(c, stream);
    }
}

void rows_write_lines(FILE *stream, const char *mark, const struct text *output)
{
    bool is_open = false;
    for (size_t i = 0; i < output->size; i++) {
        if (!is_open) {
            fputs(mark, stream);
        }
        is_open = output->data[i] != '\n';
        if (is_open) {
            write_octet(stream, output->data[i]);
        } else {
            fputc('\n', stream);
        }
    }
    if (is_open) {
        fputs("\\\n", stream);
    }
}

void rows_write(FILE *stream, const struct rows *rows)
{
    const char *group = "";
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->rows[i];
        if (strcmp(group, row->group) != 0) {
            fprintf(stream, "\n== %s\n", row->group);
            group = row->group;
        }
        fputc('\n', stream);
        if (row->reason) {
            fprintf(stream, "# %s\n", row->reason);
        }
        fprintf(stream, "$ %s\n", row->command);
        rows_write_lines(stream, "|", &row->out);
        rows_write_lines(stream, "!", &row->err);
        if (row->status) {
            fprintf(stream, "? %d\n", row->status);
        }
    }
}
