#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""trap_socket.py [-a ERROR-STATUS] COUNT SECONDS COMMAND...: runs COMMAND, with HOST replaced by the address of a UDP
socket, and prints what arrived there, up to COUNT datagrams in hexadecimal, and the command's status. The command's
messages are passed on. With -a the first datagram, an inform of version 2c by the community "public", is answered at
once; else none is."""
import socket
import subprocess
import sys

words = sys.argv[1:]
error_status = None
if words[0] == "-a":
    error_status = int(words[1])
    words = words[2:]
count, seconds, command = int(words[0]), float(words[1]), words[2:]
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
host = "127.0.0.1:%d" % receiver.getsockname()[1]
tool = subprocess.Popen([word.replace("HOST", host) for word in command], stdin=subprocess.DEVNULL)
if error_status is not None:
    receiver.settimeout(5)
    inform, sender = receiver.recvfrom(65535)
    response = bytearray(inform)
    response[inform.index(b"public\xa6") + 6] = 0xA2
    response[inform.index(b"\x02\x01\x00\x02\x01\x00") + 2] = error_status
    receiver.sendto(response, sender)
tool.wait()
receiver.settimeout(seconds)
for _ in range(count):
    try:
        print(receiver.recvfrom(65535)[0].hex())
    except socket.timeout:
        break
print("status", tool.returncode)
