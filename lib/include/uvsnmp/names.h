/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of OIDs and the printed form of values, as the command-line tools have them: "IF-MIB::ifDescr.3" and
 * "IF-MIB::ifOperStatus.3 = INTEGER: up(1)". The usual modules are built in; others come from MIB files.
 * Nothing here touches the network, and nothing but uvsnmp_names_new() and uvsnmp_names_parse() reads a file.
 */
#ifndef UVSNMP_NAMES_H
#define UVSNMP_NAMES_H

#include <stddef.h>

#include <uvsnmp/error.h>
#include <uvsnmp/oid.h>
#include <uvsnmp/value.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uvsnmp_names;

/* Zero-initialise it; texts are copied. The syntax is that of snmpcmd(1). */
struct uvsnmp_names_options {
    const char *modules; /* -m: modules between colons, "ALL", "+MODULE", "" for none; NULL: the usual ones */
    const char *directories; /* -M: directories of MIB files between colons; NULL: none, no file is read */
    /* What is wrong with modules and files, a line without newline, valid during the call; NULL: not told.
     * May be called by uvsnmp_names_new() and uvsnmp_names_parse(). */
    void (*problem)(const char *text, void *arg);
    void *arg;
};

/*
 * `options` may be NULL. Modules that are missing or bad are told through `problem`, and are no error.
 * Errors: UVSNMP_ENO_MEMORY, UVSNMP_ELIMIT.
 */
UVSNMP_API int uvsnmp_names_new(const struct uvsnmp_names_options *options, struct uvsnmp_names **out,
                                struct uvsnmp_error *err);
UVSNMP_API void uvsnmp_names_free(struct uvsnmp_names *names); /* NULL is fine */

/*
 * How things are printed from now on: letters of -O ("n", "Qs"), on top of those given before. What a device
 * sends is printed as it is, control characters too. UVSNMP_EBAD_ARGUMENT.
 */
UVSNMP_API int uvsnmp_names_set_output(struct uvsnmp_names *names, const char *letters,
                                       struct uvsnmp_error *err);

/*
 * Reads "sysUpTime.0", "IF-MIB::ifDescr.3", "system.sysName.0", ".1.3.6.1"; a module that is not visible yet
 * is looked for in the directories. UVSNMP_EBAD_OID, UVSNMP_ENO_MEMORY.
 */
UVSNMP_API int uvsnmp_names_parse(struct uvsnmp_names *names, const char *text, struct uvsnmp_oid_buf *out,
                                  struct uvsnmp_error *err);

/*
 * Print an OID, a value, and both as one line without newline, into `text` of `size` octets, cut to fit, with
 * a NUL if `size` is not 0. Values are printed by the syntax of the object that `name` belongs to. They
 * return the length that the whole has without the NUL, as snprintf() does, or UVSNMP_ENO_MEMORY.
 */
UVSNMP_API ptrdiff_t uvsnmp_names_print_oid(const struct uvsnmp_names *names, struct uvsnmp_oid oid,
                                            char *text, size_t size);
UVSNMP_API ptrdiff_t uvsnmp_names_print_value(const struct uvsnmp_names *names,
                                              const struct uvsnmp_varbind *varbind, char *text, size_t size);
UVSNMP_API ptrdiff_t uvsnmp_names_print(const struct uvsnmp_names *names,
                                        const struct uvsnmp_varbind *varbind, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
