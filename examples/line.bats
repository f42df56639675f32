# SPDX-License-Identifier: BSD-3-Clause
# The two examples of the transport roles, against each other.

setup() {
    work=$(mktemp -d)
    server=
}

teardown() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$work"
}

# Starts line_server on the given addresses and waits until it says where it listens.
start_server() {
    "$top_builddir/examples/line_server" "$@" >"$work/out" 2>"$work/err" 3>&- &
    server=$!
    for _ in $(seq 100); do
        [ "$(grep -c '^listening on ' "$work/out")" -eq $# ] && return 0
        sleep 0.05
    done
    cat "$work/err"
    return 1
}

# The address of the Nth interface.
address() {
    sed -n "${1}s/^listening on //p" "$work/out"
}

client() {
    "$top_builddir/examples/line_client" "$@"
}

@test "line_client gets its answers over udp, tcp and unix" {
    start_server udp:127.0.0.1:0 tcp:127.0.0.1:0 "unix:$work/socket"
    for i in 1 2 3; do
        run client "$(address $i)" "hello, world"
        [ "$status" -eq 0 ]
        [ "$output" = "1 HELLO, WORLD" ]
    done
}

@test "a slow answer does not hold up the others" {
    start_server udp:127.0.0.1:0 tcp:127.0.0.1:0
    for i in 1 2; do
        run client "$(address $i)" "slow one" two three
        [ "$status" -eq 0 ]
        [ "${lines[0]}" = "2 TWO" ]
        [ "${lines[1]}" = "3 THREE" ]
        [ "${lines[2]}" = "1 SLOW ONE" ]
    done
}

@test "line_server ends cleanly and takes its socket file away" {
    start_server "unix:$work/socket"
    [ -S "$work/socket" ]
    kill "$server"
    wait "$server"
    server=
    [ ! -e "$work/socket" ]
}

@test "line_client says why nobody answers" {
    run client "unix:$work/nobody" hello
    [ "$status" -eq 1 ]
    [ "$output" = "line_client: connection refused: cannot connect to unix:$work/nobody: No such file or directory" ]
    run client 127.0.0.1:x hello
    [ "$status" -eq 1 ]
    [ "$output" = "line_client: bad transport address '127.0.0.1:x': the port must be a number from 0 to 65535" ]
}

@test "line_server refuses an address that is in use" {
    start_server udp:127.0.0.1:0
    run "$top_builddir/examples/line_server" "$(address 1)"
    [ "$status" -eq 1 ]
    [ "$output" = "line_server: cannot bind to $(address 1): Address already in use" ]
}
