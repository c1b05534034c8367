#include "sys/tcp.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 128

static int bind_and_listen(int fd, const unsigned char address[4],
                           uint16_t port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
    int yes = 1;

    memcpy(&at.sin_addr.s_addr, address, sizeof(at.sin_addr.s_addr));
    /* Connections of a server that has just ended do not keep its port. */
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
        bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0)
        return -1;
    return listen(fd, BACKLOG);
}

int tcp_listen(const unsigned char address[4], uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind_and_listen(fd, address, port) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

uint16_t tcp_port(int fd)
{
    struct sockaddr_in at = { 0 };
    socklen_t size = sizeof(at);

    if (getsockname(fd, (struct sockaddr *)&at, &size) != 0)
        return 0;
    return ntohs(at.sin_port);
}
