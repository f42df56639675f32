/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/report.h"

#include <stdarg.h>
#include <stdio.h>

#define TEXT_MAX 512

void mib_report(const struct mib_report *report, enum mib_problem problem, const char *file, unsigned line,
                const char *format, ...)
{
    char text[TEXT_MAX];
    va_list args;
    if (!report || !report->say) {
        return;
    }
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    report->say(report->arg, problem, file, line, text);
}
