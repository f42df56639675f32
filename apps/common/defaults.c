/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/defaults.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/num.h"
#include "conf/directive.h"
#include "conf/files.h"
#include "conf/token.h"

#define TIMEOUT_MAX_MS ((uint64_t)INT32_MAX)
#define WORD_MAX 1024

/* What a directive works on. */
struct reading {
    struct app_run *run;
    struct conf_files *files; /* NULL: one line of the command line */
    unsigned errors;          /* so far */
};

int defaults_version(const char *text)
{
    static const struct {
        const char *name;
        enum uvsnmp_version version;
    } versions[] = {{"1", UVSNMP_V1}, {"2c", UVSNMP_V2C}, {"3", UVSNMP_V3}};
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        if (strcasecmp(versions[i].name, text) == 0) {
            return (int)versions[i].version;
        }
    }
    return -1;
}

static int read_bool(const char *text, bool *out, struct uvsnmp_error *err)
{
    static const char *const words[] = {"no", "false", "0", "yes", "true", "1"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *out = i >= 3;
            return 0;
        }
    }
    return err_set(err, UVSNMP_EBAD_VALUE, "Should be yes|no|true|false|0|1");
}

static int read_number(const char *text, int64_t min, int64_t max, int64_t *out, struct uvsnmp_error *err)
{
    return num_parse_i64(text, min, max, out) ? 0 : err_set(err, UVSNMP_EBAD_NUMBER, "Bad integer value");
}

/* One word, its quotes taken off, kept as long as the run. */
static int read_text(const char *text, struct app_run *run, const char **out, struct uvsnmp_error *err)
{
    char word[WORD_MAX];
    ptrdiff_t size = conf_word(&text, word, sizeof(word));
    if (size < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "Bad or missing value");
    }
    *out = arena_copy(&run->arena, word, strlen(word) + 1);
    return *out ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
}

/* ---- directives that set one bool ---- */

#define BOOLS(XX)                                                                                            \
    XX(printNumericEnums, options.output.numeric_enums)                                                      \
    XX(dontBreakdownOids, options.output.numeric_index)                                                      \
    XX(escapeQuotes, options.output.escape_quotes)                                                           \
    XX(quickPrinting, options.output.quick)                                                                  \
    XX(printValueOnly, options.output.value_only)                                                            \
    XX(dontPrintUnits, options.output.no_units)                                                              \
    XX(numericTimeticks, options.output.numeric_timeticks)                                                   \
    XX(printHexText, options.output.hex_text)                                                                \
    XX(extendedIndex, options.output.extended_index)                                                         \
    XX(noDisplayHint, options.input.no_hint)                                                                 \
    XX(noRangeCheck, options.input.no_check)                                                                 \
    XX(dumpPacket, options.dump)                                                                             \
    XX(doDebugging, options.debug)                                                                           \
    XX(logTimestamp, log.timestamps)                                                                         \
    XX(noTokenWarnings, options.quiet_tokens)                                                                \
    XX(commentToEOL, mibs.parse.comments_end_at_newline)                                                     \
    XX(strictCommentTerm, mibs.parse.comments_end_at_newline)                                                \
    XX(mibAllowUnderline, mibs.parse.replace_underlines)                                                     \
    XX(disableSNMPv1, options.no_version[UVSNMP_V1])                                                         \
    XX(disableSNMPv2c, options.no_version[UVSNMP_V2C])                                                       \
    XX(disableSNMPv3, options.no_version[UVSNMP_V3])

#define BOOL_HELP "(1|yes|true|0|no|false)"

#define XX(name, member)                                                                                     \
    static int set_##name(const char *text, const struct conf_place *place, void *arg,                       \
                          struct uvsnmp_error *err)                                                          \
    {                                                                                                        \
        (void)place;                                                                                         \
        return read_bool(text, &((struct reading *)arg)->run->member, err);                                  \
    }
BOOLS(XX)
#undef XX

/* ---- the others ---- */

#define SETTER(name)                                                                                         \
    static int name(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)

#define READING(run_name)                                                                                    \
    struct app_run *run_name = ((struct reading *)arg)->run;                                                 \
    (void)place

SETTER(set_numeric_oids)
{
    bool on = false;
    READING(run);
    int rc = read_bool(text, &on, err);
    if (on) {
        run->options.output.oid_style = FORMAT_OID_NUMERIC;
    }
    return rc;
}

SETTER(set_oid_style)
{
    int64_t number;
    READING(run);
    int rc = read_number(text, FORMAT_OID_SUFFIX, FORMAT_OID_NONE, &number, err);
    if (rc == 0) {
        run->options.output.oid_style = (enum format_oid_style)number;
    }
    return rc;
}

SETTER(set_suffix_printing)
{
    int64_t number;
    READING(run);
    int rc = read_number(text, 0, 2, &number, err);
    if (rc == 0) {
        run->options.output.oid_style = number ? (enum format_oid_style)number : FORMAT_OID_MODULE;
    }
    return rc;
}

SETTER(set_hex_length)
{
    int64_t number;
    READING(run);
    int rc = read_number(text, 0, INT32_MAX, &number, err);
    if (rc == 0) {
        run->options.output.hex_per_line = (unsigned)number;
    }
    return rc;
}

SETTER(set_precision)
{
    READING(run);
    /* The command line has the last word on this one. */
    return run->options.output.precision[0] ? 0 : format_options_precision(&run->options.output, text, err);
}

SETTER(set_version)
{
    READING(run);
    int version = defaults_version(text);
    if (version < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "Unknown version specification");
    }
    run->defaults.version = version;
    return 0;
}

SETTER(set_community)
{
    READING(run);
    return read_text(text, run, &run->defaults.community, err);
}

SETTER(set_port)
{
    int64_t number;
    READING(run);
    int rc = read_number(text, 0, UINT16_MAX, &number, err);
    if (rc == 0) {
        run->options.default_port = (uint16_t)number;
    }
    return rc;
}

SETTER(set_local)
{
    READING(run);
    return read_text(text, run, &run->options.local, err);
}

SETTER(set_receive_buffer)
{
    int64_t number;
    READING(run);
    int rc = read_number(text, 0, INT32_MAX, &number, err);
    if (rc == 0) {
        run->options.receive_buffer = (int)number;
    }
    return rc;
}

SETTER(set_timeout)
{
    READING(run);
    if (!num_parse_seconds(text, TIMEOUT_MAX_MS, &run->defaults.timeout_ms)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "Bad integer value");
    }
    return 0;
}

SETTER(set_retries)
{
    READING(run);
    return read_number(text, 0, INT32_MAX, &run->defaults.retries, err);
}

SETTER(set_debug_tokens)
{
    READING(run);
    return read_text(text, run, &run->options.debug_tokens, err);
}

SETTER(set_log_option)
{
    READING(run);
    return app_log_parse(&run->log, text, run->app->name, err);
}

SETTER(set_mibs)
{
    READING(run);
    return mibs_conf_modules(&run->mibs, text) < 0 ? err_set(err, UVSNMP_ENO_MEMORY, "out of memory") : 0;
}

SETTER(set_mib_directories)
{
    READING(run);
    return mibs_conf_directories(&run->mibs, text) < 0 ? err_set(err, UVSNMP_ENO_MEMORY, "out of memory") : 0;
}

SETTER(set_mib_file)
{
    READING(run);
    return mibs_conf_file(&run->mibs, text) < 0 ? err_set(err, UVSNMP_ENO_MEMORY, "out of memory") : 0;
}

SETTER(set_mib_errors)
{
    bool on = false;
    READING(run);
    int rc = read_bool(text, &on, err);
    if (rc == 0) {
        run->mibs.errors = on ? MIBS_ERRORS_ALL : MIBS_ERRORS_NONE;
    }
    return rc;
}

SETTER(set_mib_warnings)
{
    READING(run);
    return read_number(text, INT32_MIN, INT32_MAX, &run->mibs.warnings, err);
}

SETTER(set_persistent_dir)
{
    struct reading *reading = arg;
    const char *path = NULL;
    (void)place;
    int rc = read_text(text, reading->run, &path, err);
    if (rc == 0 && reading->files && strlen(path) < sizeof(reading->files->persistent_dir)) {
        memcpy(reading->files->persistent_dir, path, strlen(path) + 1);
    }
    if (rc == 0) {
        reading->run->persistent_dir = path;
    }
    return rc;
}

SETTER(set_alias)
{
    READING(run);
    struct app_alias *alias = arena_alloc(&run->arena, sizeof(*alias));
    char word[WORD_MAX];
    if (!alias) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    if (conf_word(&text, word, sizeof(word)) < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "NAME ADDRESS is wanted");
    }
    alias->name = arena_copy(&run->arena, word, strlen(word) + 1);
    int rc = alias->name ? read_text(text, run, &alias->address, err) : UVSNMP_ENO_MEMORY;
    if (rc == 0) {
        alias->next = run->aliases;
        run->aliases = alias;
    }
    return rc;
}

/* Belongs to what these tools do not do yet, and changes nothing of what they do. */
SETTER(set_for_later)
{
    (void)text;
    (void)place;
    (void)arg;
    (void)err;
    return 0;
}

/* The same, but what cannot be right is said. */
SETTER(check_bool)
{
    bool ignored;
    (void)place;
    (void)arg;
    return read_bool(text, &ignored, err);
}

SETTER(check_number)
{
    int64_t ignored;
    (void)place;
    (void)arg;
    return read_number(text, INT32_MIN, INT32_MAX, &ignored, err);
}

/* ---- version 3 ---- */

SETTER(set_auth)
{
    READING(run);
    const char *name = NULL;
    int rc = read_text(text, run, &name, err);
    return rc < 0 || v3_auth_find(name, &run->defaults.v3.auth)
               ? rc
               : err_set(err, UVSNMP_EBAD_VALUE, "Unknown authentication type");
}

SETTER(set_priv)
{
    READING(run);
    const char *name = NULL;
    int rc = read_text(text, run, &name, err);
    return rc < 0 || v3_priv_find(name, &run->defaults.v3.priv)
               ? rc
               : err_set(err, UVSNMP_EBAD_VALUE, "Unknown privacy type");
}

SETTER(set_level)
{
    READING(run);
    return v3_level_find(text, true, &run->defaults.v3.level)
               ? 0
               : err_set(err, UVSNMP_EBAD_VALUE, "Unknown security level: %s", text);
}

SETTER(set_user)
{
    READING(run);
    return read_text(text, run, &run->defaults.v3.user, err);
}

SETTER(set_context)
{
    READING(run);
    return read_text(text, run, &run->defaults.v3.context, err);
}

SETTER(set_auth_passphrase)
{
    READING(run);
    return read_text(text, run, &run->defaults.v3.auth_secret.passphrase, err);
}

SETTER(set_priv_passphrase)
{
    READING(run);
    return read_text(text, run, &run->defaults.v3.priv_secret.passphrase, err);
}

/* For those of the two that have none of their own. */
SETTER(set_passphrase)
{
    READING(run);
    return read_text(text, run, &run->defaults.passphrase, err);
}

#define KEY_SETTER(name, member)                                                                             \
    SETTER(name)                                                                                             \
    {                                                                                                        \
        READING(run);                                                                                        \
        return v3_key_read(text, &run->defaults.v3.member)                                                   \
                   ? 0                                                                                       \
                   : err_set(err, UVSNMP_EBAD_VALUE, "not a key in hexadecimal");                            \
    }
KEY_SETTER(set_auth_master, auth_secret.master)
KEY_SETTER(set_priv_master, priv_secret.master)
KEY_SETTER(set_auth_localized, auth_secret.localized)
KEY_SETTER(set_priv_localized, priv_secret.localized)

SETTER(set_security_model)
{
    (void)place;
    (void)arg;
    return strcasecmp(text, "usm") == 0
               ? 0
               : err_set(err, UVSNMP_EUNSUPPORTED, "the only security model is usm, not %s", text);
}

/* Would change what these tools do, and cannot yet. */
SETTER(set_not_built)
{
    (void)text;
    (void)place;
    (void)arg;
    return err_set(err, UVSNMP_EUNSUPPORTED, "this directive is not built yet");
}

/* clang-format off */
static const struct conf_directive directives[] = {
#define XX(name, member) {#name, set_##name, BOOL_HELP},
    BOOLS(XX)
#undef XX
    {"printNumericOids", set_numeric_oids, BOOL_HELP},
    {"oidOutputFormat", set_oid_style, "1|2|3|4|5|6"},
    {"suffixPrinting", set_suffix_printing, "0|1|2"},
    {"hexOutputLength", set_hex_length, "OCTETS"},
    {"outputPrecision", set_precision, "PRECISION"},
    {"defVersion", set_version, "1|2c|3"},
    {"defCommunity", set_community, "COMMUNITY"},
    {"defSecurityName", set_user, "NAME"},
    {"defSecurityLevel", set_level, "noAuthNoPriv|authNoPriv|authPriv"},
    {"defSecurityModel", set_security_model, "usm"},
    {"defContext", set_context, "CONTEXT"},
    {"defAuthType", set_auth, "MD5|SHA|SHA-224|SHA-256|SHA-384|SHA-512"},
    {"defPrivType", set_priv, "DES|3DES|AES|AES-192|AES-256|AES-192-C|AES-256-C"},
    {"defPassphrase", set_passphrase, "PASSPHRASE"},
    {"defAuthPassphrase", set_auth_passphrase, "PASSPHRASE"},
    {"defPrivPassphrase", set_priv_passphrase, "PASSPHRASE"},
    {"defAuthMasterKey", set_auth_master, "0xKEY"},
    {"defPrivMasterKey", set_priv_master, "0xKEY"},
    {"defAuthLocalizedKey", set_auth_localized, "0xKEY"},
    {"defPrivLocalizedKey", set_priv_localized, "0xKEY"},
    {"defaultPort", set_port, "PORT"},
    {"clientaddr", set_local, "[TRANSPORT:]ADDRESS"},
    {"clientRecvBuf", set_receive_buffer, "OCTETS"},
    {"timeout", set_timeout, "SECONDS"},
    {"retries", set_retries, "NUMBER"},
    {"debugTokens", set_debug_tokens, "TOKEN[,TOKEN...]"},
    {"logOption", set_log_option, "as -L"},
    {"alias", set_alias, "NAME ADDRESS"},
    {"persistentDir", set_persistent_dir, "DIRECTORY"},
    {"mibs", set_mibs, "[+|-]MODULE[:...]"},
    {"mibdirs", set_mib_directories, "[+|-]DIRECTORY[:...]"},
    {"mibfile", set_mib_file, "FILE"},
    {"showMibErrors", set_mib_errors, BOOL_HELP},
    {"mibWarningLevel", set_mib_warnings, "NUMBER"},
    {"defDomain", set_not_built, "not built yet"},
    {"defTarget", set_not_built, "not built yet"},
    {"transport", set_not_built, "not built yet"},
#define LATER(name) {name, set_for_later, NULL}
#define CHECKED(name, check) {name, check, NULL}
    CHECKED("mibReplaceWithLatest", check_bool),
    CHECKED("noContextEngineIDDiscovery", check_bool),
    CHECKED("tsmUseTransportPrefix", check_bool), CHECKED("reverseEncodeBER", check_bool),
    CHECKED("16bitIDs", check_bool), CHECKED("clientaddrUsesPort", check_bool),
    CHECKED("clientSendBuf", check_number), CHECKED("serverSendBuf", check_number),
    CHECKED("serverRecvBuf", check_number), CHECKED("sendMessageMaxSize", check_number),
    CHECKED("noPersistentLoad", check_bool), CHECKED("noPersistentSave", check_bool),
    CHECKED("dontLoadHostConfig", check_bool),
    LATER("extraX509SubDir"), LATER("x509CRLFile"), LATER("tlsAlgorithms"), LATER("localCert"),
    LATER("peerCert"), LATER("trustCert"), LATER("tempFilePattern"), LATER("debugLogLevel"),
    LATER("engineID"), LATER("engineIDType"), LATER("engineIDNic"), LATER("sshtosnmpsocketperms"),
    LATER("defSecretType"),
    {NULL, NULL, NULL},
};
/* clang-format on */

static void problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    char text[1024];
    struct reading *reading = arg;
    reading->errors += !warning;
    if (!warning || !reading->run->options.quiet_tokens) {
        log_write(warning ? LOG_LEVEL_WARNING : LOG_LEVEL_ERR, "%s",
                  conf_problem_text(place, warning, message, text, sizeof(text)));
    }
}

static struct conf_reader reader_for(struct reading *reading)
{
    struct conf_reader reader = {
        .type = "snmp", .directives = directives, .problem = problem, .arg = reading};
    return reader;
}

void defaults_read_files(struct app_run *run)
{
    struct conf_files files;
    struct reading reading = {run, &files, 0};
    struct conf_reader reader = reader_for(&reading);
    conf_files_init(&files, "snmp");
    conf_files_read(&files, &reader, NULL);
    if (!run->persistent_dir) {
        run->persistent_dir =
            arena_text(&run->arena, files.persistent_dir, strlen(files.persistent_dir));
    }
    if (reading.errors) {
        log_write(LOG_LEVEL_ERR, "net-snmp: %u error(s) in config file(s)", reading.errors);
    }
}

void defaults_read_line(struct app_run *run, const char *line)
{
    static const struct conf_place place = {.file = "command line"};
    struct reading reading = {run, NULL, 0};
    struct conf_reader reader = reader_for(&reading);
    size_t token = strcspn(line, " \t=");
    char *copy = line[token] == '=' ? arena_copy(&run->arena, line, strlen(line) + 1) : NULL;
    if (copy) {
        copy[token] = ' ';
    }
    (void)conf_read_line(&reader, copy ? copy : line, &place);
}

const char *defaults_alias(const struct app_run *run, const char *host)
{
    static const char scheme[] = "alias:";
    if (strncmp(host, scheme, sizeof(scheme) - 1) != 0) {
        return host;
    }
    for (const struct app_alias *alias = run->aliases; alias; alias = alias->next) {
        if (strcmp(alias->name, host + sizeof(scheme) - 1) == 0) {
            return alias->address;
        }
    }
    return NULL;
}

void defaults_help(struct text *text, const char *indent)
{
    for (const struct conf_directive *row = directives; row->name; row++) {
        if (row->help) {
            text_append_format(text, "%s%-24s %s\n", indent, row->name, row->help);
        }
    }
}
