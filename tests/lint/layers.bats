# SPDX-License-Identifier: BSD-3-Clause
# The arrows between the layers.

check_layers()
{
    run sh "$top_srcdir/tests/lint/layers.sh" "$1"
    printf '%s\n' "$output"
}

# plant FILE INCLUDE-LINE: a source tree of one file, in which the check must find something wrong.
plant()
{
    mkdir -p "$BATS_TEST_TMPDIR/lib" "$BATS_TEST_TMPDIR/apps" "$BATS_TEST_TMPDIR/$(dirname "$1")"
    printf '%s\n' "$2" >"$BATS_TEST_TMPDIR/$1"
    check_layers "$BATS_TEST_TMPDIR"
}

@test "includes follow the arrows" {
    check_layers "$top_srcdir"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "an upward include is found" {
    plant lib/msg/planted.c '#include "engine/stats.h"'
    [ "$status" -ne 0 ]
    [[ "$output" == "lib/msg/planted.c:1: msg may not include engine/stats.h" ]]
}

@test "an upward include through a public header is found" {
    plant lib/io/planted.c '#include <uvsnmp/value.h>'
    [ "$status" -ne 0 ]
    [[ "$output" == *"io may not include uvsnmp/value.h" ]]
}

@test "a sideways include is found" {
    plant lib/vacm/planted.h '  #  include   "msg/pdu.h"'
    [ "$status" -ne 0 ]
    [[ "$output" == *"vacm may not include msg/pdu.h" ]]
}

@test "a tool that reaches for the agent is found" {
    plant apps/snmpget.c '#include "agent/registry.h"'
    [ "$status" -ne 0 ]
    [[ "$output" == *"apps may not include agent/registry.h" ]]
}

@test "the agent's program may use the agent, and every app apps/common" {
    plant apps/snmpd-lite/planted.c '#include "agent/registry.h"'
    [ "$status" -eq 0 ]
    plant apps/snmpget.c '#include "apps/common/app.h"'
    [ "$status" -eq 0 ]
}

@test "a layer may include what the layers below it stand on" {
    plant lib/engine/planted.c '#include "base/text.h"'
    [ "$status" -eq 0 ]
}

@test "a folder that is no layer is found" {
    plant lib/misc/planted.c '#include <stdio.h>'
    [ "$status" -ne 0 ]
    [[ "$output" == *"no layer is called misc" ]]
}

@test "an include with ../ is found" {
    plant lib/msg/planted.c '#include "../ber/reader.h"'
    [ "$status" -ne 0 ]
    [[ "$output" == *"not with ../"* ]]
}

@test "each dependency outside its room is found" {
    for planted in 'lib/session/x.c:<uv.h>' 'apps/snmpget.c:<popt.h>' 'lib/engine/x.c:<openssl/evp.h>' \
        'lib/io/x.c:<libmnl/libmnl.h>'; do
        plant "${planted%%:*}" "#include ${planted#*:}"
        [ "$status" -ne 0 ]
        [[ "$output" == *"${planted#*:} belongs to "* ]]
        rm "$BATS_TEST_TMPDIR/${planted%%:*}"
    done
}

@test "libuv's functions are called in lib/io alone" {
    run grep -rnE '\<uv_[a-z_]+\(' "$top_srcdir/lib" "$top_srcdir/apps" --include='*.c' --exclude-dir=io
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
}
