#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""trap_socket.py COUNT SECONDS COMMAND...: runs COMMAND, with HOST replaced by the address of a UDP socket that answers
nothing, and prints what arrived there, up to COUNT datagrams in hexadecimal, and the command's status. The command's
messages are passed on."""
import socket
import subprocess
import sys

count, seconds, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
receiver.settimeout(seconds)
host = "127.0.0.1:%d" % receiver.getsockname()[1]
status = subprocess.run([word.replace("HOST", host) for word in command], stdin=subprocess.DEVNULL).returncode
for _ in range(count):
    try:
        print(receiver.recvfrom(65535)[0].hex())
    except socket.timeout:
        break
print("status", status)
