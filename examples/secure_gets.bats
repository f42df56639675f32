#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-3-Clause
# The example of version 3, against our agent under two names.

load ../tests/support/daemon.bash

setup() {
    daemon_setup
    {
        echo 'sysname the agent'
        echo 'createUser anna SHA-256 annas-password AES annas-privacy'
        echo 'createUser bert MD5 berts-password'
        echo 'rouser anna priv'
        echo 'rouser bert auth'
    } >"$conf"
    start_agent
}

teardown() {
    daemon_teardown
}

@test "secure_gets asks as several users at once" {
    "$top_builddir/examples/secure_gets" >"$work/out" 2>"$work/err" <<END
$agent anna SHA-256 annas-password AES annas-privacy
localhost:$port bert MD5 berts-password
END
    [ ! -s "$work/err" ]
    [ "$(sort -u "$work/out")" = "udp:$agent is the agent" ]
    [ "$(wc -l <"$work/out")" -eq 2 ]
}

@test "secure_gets says what is wrong with each" {
    run "$top_builddir/examples/secure_gets" <<END
$agent anna SHA-256 another-password AES annas-privacy
$agent carl MD5 carls-password
$agent bert MD5 short
$agent bert MD5 berts-password
$agent bert
END
    [ "$status" -eq 1 ]
    [[ "$output" == *"udp:$agent: the agent reports: authentication failure"* ]]
    [[ "$output" == *"udp:$agent: the agent reports: unknown user name"* ]]
    [[ "$output" == *"$agent: the passphrase has less than 8 characters"* ]]
    [[ "$output" == *"udp:$agent is the agent"* ]]
    [[ "$output" == *"secure_gets: AGENT USER AUTH-PROTOCOL"* ]]
}
