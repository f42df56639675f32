/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * usage: echo REPLY-OCTETS
 * The floor that an agent is measured against: answers each datagram with so many octets, of which the first
 * four are the request's, from the address it was asked at. One datagram a system call, no SNMP at all.
 * Prints its port on 127.0.0.1, then works until it is ended.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

int main(int argc, char **argv)
{
    static char data[65536];
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int on = 1, octets = 4 << 20;
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof self;
    size_t reply = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (reply < 4 || reply > sizeof data) {
        fputs("usage: echo REPLY-OCTETS\n", stderr);
        return 2;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    if (fd < 0 || setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) < 0 ||
        bind(fd, (struct sockaddr *)&self, length) < 0 ||
        getsockname(fd, (struct sockaddr *)&self, &length) < 0) {
        perror("echo");
        return 1;
    }
    printf("%u\n", ntohs(self.sin_port));
    fflush(stdout);
    for (;;) {
        union {
            struct cmsghdr header;
            char space[CMSG_SPACE(sizeof(struct in_pktinfo))];
        } control;
        struct sockaddr_in peer;
        struct iovec part = {data, sizeof data};
        struct msghdr message = {.msg_name = &peer, .msg_namelen = sizeof peer, .msg_iov = &part,
                                 .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
        if (recvmsg(fd, &message, 0) < 0) {
            continue;
        }
        struct cmsghdr *arrived = CMSG_FIRSTHDR(&message);
        if (arrived != NULL && arrived->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(arrived), sizeof info);
            info.ipi_ifindex = 0; /* ipi_spec_dst is the address asked; the route may be any */
            memcpy(CMSG_DATA(arrived), &info, sizeof info);
        }
        part.iov_len = reply;
        message.msg_flags = 0;
        (void)sendmsg(fd, &message, 0);
    }
}
