#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""inform_receiver.py PORT-FILE LOG [DEAF]: receives informs of version 2c by the community "public" and answers each.
PORT-FILE gets the port, LOG a line for each one: what in it fits PATTERN of the environment, "<...>" where that is
not set. Then it runs the shell command MEANWHILE, where that is set. The first DEAF of
them are not answered, and then it ends."""
import os
import re
import socket
import subprocess
import sys

port_file, log = sys.argv[1:3]
deaf = int(sys.argv[3]) if len(sys.argv) > 3 else 0
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", int(os.environ.get("PORT", "0"))))
with open(port_file + ".new", "w") as file:
    file.write("%d\n" % receiver.getsockname()[1])
os.rename(port_file + ".new", port_file)
while True:
    inform, sender = receiver.recvfrom(65535)
    text = re.search(os.environ.get("PATTERN", "<[a-z0-9]+>").encode(), inform).group().decode()
    with open(log, "a") as file:
        file.write(text + "\n")
    subprocess.call(os.environ.get("MEANWHILE", ":"), shell=True)
    if deaf > 0:
        deaf -= 1
        if deaf == 0:
            sys.exit(0)
        continue
    response = bytearray(inform)
    response[inform.index(b"public\xa6") + 6] = 0xA2
    if b"<refuse" in inform:
        response[inform.index(b"\x02\x01\x00\x02\x01\x00") + 2] = 5
    receiver.sendto(response, sender)
