/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/report.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "apps/common/probe.h"
#include "format/oid.h"

static const struct {
    enum uvsnmp_status status;
    const char *text;
} reasons[] = {
    {UVSNMP_STATUS_NO_ERROR, "(noError) No Error"},
    {UVSNMP_STATUS_TOO_BIG, "(tooBig) Response message would have been too large."},
    {UVSNMP_STATUS_NO_SUCH_NAME, "(noSuchName) There is no such variable name in this MIB."},
    {UVSNMP_STATUS_BAD_VALUE, "(badValue) The value given has the wrong type or length."},
    {UVSNMP_STATUS_READ_ONLY,
     "(readOnly) The two parties used do not have access to use the specified SNMP PDU."},
    {UVSNMP_STATUS_GEN_ERR, "(genError) A general failure occured"},
    {UVSNMP_STATUS_NO_ACCESS, "noAccess"},
    {UVSNMP_STATUS_WRONG_TYPE, "wrongType (The set datatype does not match the data type the agent expects)"},
    {UVSNMP_STATUS_WRONG_LENGTH,
     "wrongLength (The set value has an illegal length from what the agent expects)"},
    {UVSNMP_STATUS_WRONG_ENCODING, "wrongEncoding"},
    {UVSNMP_STATUS_WRONG_VALUE, "wrongValue (The set value is illegal or unsupported in some way)"},
    {UVSNMP_STATUS_NO_CREATION,
     "noCreation (That table does not support row creation or that object can not ever be created)"},
    {UVSNMP_STATUS_INCONSISTENT_VALUE,
     "inconsistentValue (The set value is illegal or unsupported in some way)"},
    {UVSNMP_STATUS_RESOURCE_UNAVAILABLE,
     "resourceUnavailable (This is likely a out-of-memory failure within the agent)"},
    {UVSNMP_STATUS_COMMIT_FAILED, "commitFailed"},
    {UVSNMP_STATUS_UNDO_FAILED, "undoFailed"},
    {UVSNMP_STATUS_AUTHORIZATION_ERROR, "authorizationError (access denied to that object)"},
    {UVSNMP_STATUS_NOT_WRITABLE, "notWritable (That object does not support modification)"},
    {UVSNMP_STATUS_INCONSISTENT_NAME, "inconsistentName (That object can not currently be created)"},
};

static const char *reason(int32_t status)
{
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if ((int32_t)reasons[i].status == status) {
            return reasons[i].text;
        }
    }
    return "Unknown Error";
}

enum app_status report_error_status(struct app_run *run, const struct uvsnmp_result *result,
                                    const struct report_style *style)
{
    struct text text;
    int32_t index = result->error_index;
    (void)output_flush(&run->out);
    text_init(&text, 0);
    text_append_format(&text, "Error in packet%s\nReason: %s\n", style->dot_after_packet ? "." : "",
                       reason(result->error_status));
    if (index != 0) {
        text_append(&text, "Failed object: ");
        if (index > 0 && (size_t)index <= result->count) {
            format_oid(&text, result->varbinds[index - 1].name, &run->options.output);
            text_append_char(&text, '\n');
        }
        text_append_char(&text, '\n');
    }
    fputs(text_string(&text), stderr);
    text_fini(&text);
    return APP_ERROR_STATUS;
}

static bool is_stream(const struct uvsnmp_result *result)
{
    return result->from && result->from->transport != UVSNMP_UDP;
}

/* Failures that Net-SNMP meets before it has a session, and reports so. */
static bool has_no_session(const struct uvsnmp_result *result)
{
    return result->status == UVSNMP_EUNKNOWN_HOST || result->status == UVSNMP_EBAD_ADDRESS ||
           (is_stream(result) && uvsnmp_error_class(result->status) == UVSNMP_ETRANSPORT &&
            result->status != UVSNMP_EDISCONNECTED);
}

/* The system's own words at the end of a detail, "PEER: connection refused", as strerror() has them. */
static void append_system_reason(struct text *text, const char *detail)
{
    const char *colon = strrchr(detail, ':');
    const char *reason_text = colon && colon[1] == ' ' ? colon + 2 : detail;
    text_append_format(text, " (%c%s)", toupper((unsigned char)reason_text[0]),
                       reason_text[0] ? reason_text + 1 : "");
}

void report_unknown_host(const struct app_run *run, const char *detail, bool is_system_reason)
{
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "%s: Unknown host (%s)", run->name, run->host);
    if (is_system_reason) {
        append_system_reason(&text, detail);
    }
    log_write(LOG_LEVEL_WARNING, "%s", text_string(&text));
    if (!is_system_reason && detail[0]) {
        log_write(LOG_LEVEL_WARNING, "(%s)", detail);
    }
    text_fini(&text);
}

/* The system refused to send: there was no time to wait for an answer. Net-SNMP says so only of datagrams. */
static bool is_send_failure(const struct uvsnmp_result *result)
{
    static const char words[] = "cannot send to ";
    return uvsnmp_error_class(result->status) == UVSNMP_ETRANSPORT &&
           strncmp(result->detail, words, sizeof(words) - 1) == 0;
}

/* A connection that was there is not any more. */
static bool is_aborted(const struct uvsnmp_result *result)
{
    return is_stream(result) &&
           (result->status == UVSNMP_EDISCONNECTED || uvsnmp_error_class(result->status) == UVSNMP_EPROTOCOL);
}

/* What an agent's Report is to Net-SNMP's tools; of the others only a timeout becomes known there. */
static const struct {
    int status;
    const char *text;
    bool is_unclear; /* the text does not tell what the agent has said */
} security_failures[] = {
    {UVSNMP_EUNKNOWN_USER, "Unknown user name", false},
    {UVSNMP_EAUTHENTICATION, "Authentication failure (incorrect password, community or key)", false},
    {UVSNMP_EUNSUPPORTED_LEVEL, "Unsupported security level", false},
    {UVSNMP_EDECRYPTION, "Decryption error", false},
    {UVSNMP_ENOT_IN_TIME_WINDOW, "Not in time window", true},
    {UVSNMP_EUNKNOWN_CONTEXT, "Bad context specified", true},
    {UVSNMP_EUNAVAILABLE_CONTEXT, "Bad context specified", true},
    {UVSNMP_EUNKNOWN_HANDLER, "Bad version specified", true},
};

/* False: it was none of them. */
static bool report_security_failure(const struct app_run *run, const struct uvsnmp_result *result)
{
    for (size_t i = 0; i < sizeof(security_failures) / sizeof(security_failures[0]); i++) {
        if (security_failures[i].status == result->status) {
            fprintf(stderr, "%s: %s\n", run->name, security_failures[i].text);
            if (security_failures[i].is_unclear) {
                fprintf(stderr, "(%s)\n", result->detail);
            }
            return true;
        }
    }
    return false;
}

/* Net-SNMP finds out who the agent is before it has a session, and names nobody then. */
static bool is_undiscovered(const struct app_run *run)
{
    return run->options.version == UVSNMP_V3 && run->session &&
           uvsnmp_session_engine_id(run->session).size == 0;
}

enum app_status report_failure(struct app_run *run, const struct uvsnmp_result *result,
                               const struct report_style *style)
{
    (void)output_flush(&run->out);
    if (has_no_session(result)) {
        report_unknown_host(run, result->detail, is_stream(result));
        return APP_FAILED;
    }
    if (is_send_failure(result)) {
        struct text text;
        text_init(&text, 0);
        text_append_format(&text, "%s: Failure in sendto", run->name);
        append_system_reason(&text, result->detail);
        fprintf(stderr, "%s\n", text_string(&text));
        text_fini(&text);
        return APP_FAILED;
    }
    if (is_aborted(result)) {
        fprintf(stderr, "%s: Session abort failure\n(%s)\n", run->name, result->detail);
        return APP_FAILED;
    }
    if (report_security_failure(run, result)) {
        return APP_FAILED;
    }
    if (style->names_nobody || is_undiscovered(run)) {
        fprintf(stderr, "%s: Timeout\n", run->name);
    } else {
        fprintf(stderr, "Timeout: No Response from %s%s\n", run->host, style->dot_after_timeout ? "." : "");
    }
    if (run->deadline_passed) {
        fputs("(the deadline passed)\n", stderr);
    } else if (result->status != UVSNMP_ETIMEOUT || strchr(result->detail, ';')) {
        fprintf(stderr, "(%s)\n", result->detail[0] ? result->detail : uvsnmp_strerror(result->status));
    } else if (!style->names_nobody) {
        probe_start(run);
    }
    return APP_FAILED;
}

enum app_status report_not_sent(struct app_run *run, int error)
{
    const char *name = run->name;
    (void)output_flush(&run->out);
    if (error == UVSNMP_EUNSUPPORTED) {
        fprintf(stderr, "%s: Cannot send V2 PDU on V1 session\n", name);
    } else if (error == UVSNMP_EBAD_VALUE) {
        fprintf(stderr, "%s: Error building ASN.1 representation (Can't build OID for variable)\n", name);
    } else if (error == UVSNMP_EBAD_ADDRESS && run->options.local) {
        fprintf(stderr, "%s: %s cannot be reached from the local address %s\n", name, run->host,
                run->options.local);
    } else if (error == UVSNMP_EBAD_ADDRESS) { /* port 0 */
        fprintf(stderr, "%s: Failure in sendto (Invalid argument)\n", name);
    } else {
        fprintf(stderr, "%s: %s\n", name, uvsnmp_strerror(error));
    }
    return APP_FAILED;
}

void report_operand(const char *what, const struct uvsnmp_error *err)
{
    log_write(LOG_LEVEL_ERR, "%s: %s", what, err->detail);
}
