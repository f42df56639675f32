/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/actions.h"

#include <string.h>

#include "apps/snmptrapd-lite/json.h"
#include "base/log.h"
#include "format/value.h"
#include "msg/notification.h"

int actions_init(struct actions *actions)
{
    text_init(&actions->text, 0);
    arena_init(&actions->arena, 0, 0);
    for (size_t i = 0; i < 2; i++) {
        actions->print[i] = pattern_new(actions->format ? actions->format : pattern_default(i == 0));
    }
    return actions->print[0] && actions->print[1] ? 0 : UVSNMP_ENO_MEMORY;
}

void actions_fini(struct actions *actions)
{
    pattern_free(actions->print[0]);
    pattern_free(actions->print[1]);
    text_fini(&actions->text);
    arena_fini(&actions->arena);
}

void actions_configure(struct actions *actions, struct settings *settings, const struct mib *mib)
{
    settings->output.mib = mib;
    actions->settings = settings;
    actions->quick = settings->output;
    actions->quick.quick = true;
    pattern_printer_init(&actions->printer, &settings->output);
    pattern_printer_init(&actions->quick_printer, &actions->quick);
}

static bool is_auth_failure(const struct notice *notice)
{
    return uvsnmp_oid_compare(notice_trap_oid(notice->received), UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 5)) ==
           0;
}

/* ---- the log ---- */

static void print(struct actions *actions, const struct notice *notice)
{
    const size_t version = notice->received->trap ? 0 : 1;
    const struct pattern *configured = actions->settings->formats[SETTINGS_PRINT][version];
    bool use_configured = configured && !actions->format;
    text_reset(&actions->text);
    if (actions->json) {
        json_print(notice, &actions->settings->output, &actions->text);
    } else {
        pattern_print(use_configured ? configured : actions->print[version], &actions->printer, notice,
                      &actions->text);
    }
}

static void log_notice(struct actions *actions, const struct notice *notice)
{
    const struct settings *settings = actions->settings;
    if (actions->no_log || settings->no_log ||
        ((actions->ignore_auth_failures || settings->ignore_auth_failures) && is_auth_failure(notice))) {
        return;
    }
    print(actions, notice);
    if (text_failed(&actions->text)) {
        log_write(LOG_LEVEL_ERR, "a notification could not be logged: out of memory");
    } else {
        journal_append(actions->journal, text_string(&actions->text), actions->text.size);
    }
}

/* ---- programs ---- */

/* As version 2 has it, with what else a Trap-PDU of version 1 says behind it. */
static const struct uvsnmp_varbind *handed_varbinds(struct actions *actions,
                                                    const struct uvsnmp_received *received, size_t *count)
{
    const struct msg_pdu pdu = {
        .type = UVSNMP_PDU_TRAP_V1,
        .trap = received->trap,
        .varbinds = received->varbinds + 2,
        .count = received->count - 2,
    };
    *count = received->count;
    return received->trap ? msg_notification_forward(&pdu, received->community, &actions->arena, count)
                          : received->varbinds;
}

static bool has_no_address(const struct uvsnmp_trap_v1 *trap)
{
    static const uint8_t none[sizeof(trap->agent_address)];
    return trap && memcmp(trap->agent_address, none, sizeof(none)) == 0;
}

/* A line for the host, one for its address, and one for each variable. */
static void print_input(struct actions *actions, const struct notice *notice)
{
    const struct uvsnmp_received *received = notice->received;
    const struct pattern *format = actions->settings->formats[SETTINGS_EXECUTE][received->trap ? 0 : 1];
    struct text *text = &actions->text;
    text_reset(text);
    if (format) {
        pattern_print(format, &actions->quick_printer, notice, text);
        return;
    }
    size_t count;
    const struct uvsnmp_varbind *varbinds = handed_varbinds(actions, received, &count);
    pattern_append_host(text, notice);
    text_append_char(text, '\n');
    pattern_append_path(text, received);
    text_append_char(text, '\n');
    for (size_t i = 0; varbinds && i < count; i++) {
        if (i == received->count && has_no_address(received->trap)) {
            continue; /* its snmpTrapAddress would say nothing */
        }
        format_varbind(text, &varbinds[i], &actions->quick);
        text_append_char(text, '\n');
    }
    text->failed = text->failed || !varbinds;
}

/* A notification with the actions, for the rules. */
struct taking {
    struct actions *actions;
    const struct notice *notice;
    bool is_printed;
};

static void hand_over(struct taking *taking, const char *command)
{
    struct actions *actions = taking->actions;
    if (!taking->is_printed) {
        taking->is_printed = true;
        print_input(actions, taking->notice);
    }
    if (text_failed(&actions->text) ||
        handlers_add(actions->handlers, command, text_string(&actions->text), actions->text.size) < 0) {
        log_write(LOG_LEVEL_ERR, "traphandle %s: a notification was not handled: out of memory", command);
    }
}

static void follow_rule(const struct rule *rule, void *arg)
{
    struct taking *taking = arg;
    if (!rule->forwards && (taking->notice->types & NOTICE_EXECUTE)) {
        hand_over(taking, rule->target);
    }
    if (rule->forwards && (taking->notice->types & NOTICE_NET)) {
        forwards_send(taking->actions->forwards, rule->target, taking->notice->received);
    }
}

void actions_take(struct actions *actions, const struct notice *notice)
{
    struct taking taking = {.actions = actions, .notice = notice};
    if (notice->types & NOTICE_LOG) {
        log_notice(actions, notice);
    }
    if (notice->types & (NOTICE_EXECUTE | NOTICE_NET)) {
        rules_find(&actions->settings->rules, notice_trap_oid(notice->received), follow_rule, &taking);
        arena_reset(&actions->arena);
    }
}

bool actions_are_full(struct actions *actions)
{
    return journal_is_full(actions->journal) || handlers_are_full(actions->handlers);
}

const char *actions_obstacle(struct actions *actions)
{
    return journal_is_full(actions->journal)      ? "the log is not written"
           : handlers_are_full(actions->handlers) ? "the programs of traphandle are too slow"
                                                  : "names of senders are looked up";
}
