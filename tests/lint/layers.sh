#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: layers.sh SOURCE-DIRECTORY
# Holds the #include lines of lib/ and apps/ against the arrows between the layers (uvsnmp-architecture(7)).
# Prints FILE:LINE: MESSAGE for each include that follows no arrow; status 1 when there was one.
set -eu
cd "$1"
find lib apps -name '*.[ch]' | sort | xargs awk '
    # "a > b c": a may include b and c, and all that b and c may include.
    function arrows(from, to,   list, n, i)
    {
        n = split(to, list, " ")
        for (i = 1; i <= n; i++) {
            may[from, list[i]] = 1
        }
        layers[from] = 1
    }

    function close_over(   a, b, c, grew)
    {
        do {
            grew = 0
            for (a in layers) for (b in layers) if ((a, b) in may) for (c in layers) {
                if (((b, c) in may) && !((a, c) in may)) {
                    may[a, c] = 1
                    grew = 1
                }
            }
        } while (grew)
    }

    # The layer that a public header speaks for, the lowest that knows its subject.
    function public_layer(name)
    {
        if (name ~ /^(error|export|log)$/) return "base"
        if (name ~ /^(address|manager|agent_role)$/) return "io"
        if (name ~ /^(oid|value)$/) return "ber"
        if (name == "pdu") return "msg"
        if (name == "names") return "format"
        if (name == "receiver") return "session"
        return name # session, agent
    }

    function layer_of(file,   part)
    {
        split(file, part, "/")
        if (file ~ /^lib\/include\/uvsnmp\//) {
            sub(/\.h$/, "", part[4])
            return public_layer(part[4])
        }
        if (part[1] == "lib") return part[2]
        if (part[2] == "common") return "apps/common"
        if (file ~ /^apps\/snmp(trap)?d-lite/) return "apps/" part[2]
        return "apps"
    }

    function complain(message)
    {
        printf "%s:%d: %s\n", FILENAME, FNR, message
        bad = 1
    }

    # Room of a dependency: only these may include its header.
    function room(header, pattern, who)
    {
        if (included == header && FILENAME !~ pattern) complain("<" header "> belongs to " who)
    }

    BEGIN {
        arrows("apps", "apps/common")
        arrows("apps/common", "session format mib conf")
        arrows("apps/snmpd-lite", "agent apps/common")
        arrows("apps/snmptrapd-lite", "identity apps/common")
        arrows("session", "engine usm io")
        arrows("identity", "engine conf")
        arrows("agent", "engine usm vacm io identity mib session")
        arrows("engine", "msg usm")
        arrows("usm", "msg")
        arrows("vacm", "smi")
        arrows("format", "mib")
        arrows("mib", "smi")
        arrows("msg", "smi")
        arrows("smi", "ber")
        arrows("ber", "base")
        arrows("io", "base")
        arrows("conf", "base")
        arrows("base", "")
        close_over()
    }

    FNR == 1 {
        self = layer_of(FILENAME)
        if (!(self in layers)) complain("no layer is called " self)
    }

    /^[ \t]*#[ \t]*include/ {
        included = $0
        quoted = included ~ /"/
        sub(/^[^<"]*[<"]/, "", included)
        sub(/[>"].*$/, "", included)

        if (included ~ /(^|\/)\.\.\//) complain("an include is written from the root of lib/, not with ../")
        split(included, part, "/")
        if (part[1] == "uvsnmp") {
            sub(/\.h$/, "", part[2])
            other = public_layer(part[2])
        } else if (quoted && included ~ /\//) {
            other = part[1] == "common" ? "apps/common" : layer_of((part[1] == "apps" ? "" : "lib/") included)
        } else {
            other = ""
            if (quoted && FILENAME ~ /^lib\//) complain("\"" included "\" names no layer")
        }
        if (other != "" && other != self && !((self, other) in may)) {
            complain(self " may not include " included)
        }

        room("uv.h", "^lib/(io|include/uvsnmp)/", "lib/io and the public signatures that take a loop")
        room("popt.h", "^apps/common/", "apps/common")
        if (included ~ /^openssl\// && FILENAME !~ /^lib\/(usm\/|io\/d?tls)/) {
            complain("<" included "> belongs to lib/usm and to tls")
        }
        if (included ~ /^libmnl\// && FILENAME !~ /^lib\/agent\/host\//) {
            complain("<" included "> belongs to lib/agent/host")
        }
    }

    END { exit bad }
'
