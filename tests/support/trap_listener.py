#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""trap_listener.py PORTS OUTPUT: listens on several UDP ports of the loopback, which it writes to the file PORTS, one a
line, and appends each datagram to OUTPUT as a line: the number of the port in that file (from 0), and the fields of the
message without lengths, request-ids and times, so that those of two agents can be compared. Ends with SIGTERM."""
import os
import select
import socket
import sys

COUNT = 8
CONSTRUCTED = 0x20
INTEGER, TIMETICKS = 0x02, 0x43
ID_OCTETS = 3  # numbers as long as that are request-ids


def fields(data):
    texts = []
    while data:
        tag, size, at = data[0], data[1], 2
        if size & 0x80:
            at += size & 0x7F
            size = int.from_bytes(data[2:at], "big")
        value, data = data[at:at + size], data[at + size:]
        if tag & CONSTRUCTED:
            texts.append("%02x(%s)" % (tag, " ".join(fields(value))))
        elif tag == TIMETICKS or (tag == INTEGER and len(value) >= ID_OCTETS):
            texts.append("%02x:*" % tag)
        else:
            texts.append("%02x:%s" % (tag, value.hex()))
    return texts


def main():
    sockets = []
    for _ in range(COUNT):
        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        receiver.bind(("127.0.0.1", 0))
        sockets.append(receiver)
    with open(sys.argv[1] + ".new", "w", encoding="ascii") as ports:
        ports.writelines("%d\n" % receiver.getsockname()[1] for receiver in sockets)
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    with open(sys.argv[2], "a", encoding="ascii") as output:
        while True:
            for receiver in select.select(sockets, [], [])[0]:
                message = receiver.recv(65535)
                output.write("%d %s\n" % (sockets.index(receiver), " ".join(fields(message))))
                output.flush()


main()
