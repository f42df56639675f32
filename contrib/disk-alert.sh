#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: disk-alert.sh PERCENT FILE-SYSTEM...
# For cron: tells the managers by inform which of the file systems are filled to PERCENT or more. An alarm that a
# manager does not acknowledge is kept, and sent again by the next call, or by the flush between them:
#
#   SNMPCONFPATH=/etc/disk-alert
#   */30 * * * *  /usr/local/lib/disk-alert.sh 90 / /var
#   */5  * * * *  snmpinform --spool /var/spool/disk-alert --flush
#
# The spool is a directory of cron's user, mode 0700, made beforehand: a flush takes one that is missing for an error.
#
# /etc/disk-alert has two files of cron's user, mode 0600. snmp.conf says who speaks, so that no secret stands on a
# command line:
#
#   defVersion 3
#   defSecurityName alerts
#   defSecurityLevel authPriv
#   defAuthType SHA-256
#   defPrivType AES
#   defAuthPassphrase ...
#   defPrivPassphrase ...
#
# and managers has an address a line. cron mails what is written, which is nothing while all is acknowledged.
set -eu
SPOOL=${SPOOL:-/var/spool/disk-alert}
MANAGERS=${MANAGERS:-/etc/disk-alert/managers}
percent=$1
shift

# mteTriggerFired has five objects: trigger, target, context, and what was found to have which value.
alert() {
    snmpinform --spool "$SPOOL" --to-file "$MANAGERS" --objects 0 '' DISMAN-EVENT-MIB::mteTriggerFired \
        "disk full: $1" '' '' UCD-SNMP-MIB::dskPercent "$2"
}

df -P -- "$@" | sed 1d | {
    status=0
    while read -r _ _ _ _ used mount; do
        if [ "${used%\%}" -ge "$percent" ]; then
            alert "$mount" "${used%\%}" || status=1
        fi
    done
    exit "$status"
}
