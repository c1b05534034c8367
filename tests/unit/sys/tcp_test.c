#include "sys/tcp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "test.h"

static const unsigned char loopback[4] = { 127, 0, 0, 1 };

static void a_free_port_is_found(void)
{
    int fd = tcp_listen(loopback, 0);
    ASSERT_FATAL(fd >= 0);
    ASSERT(tcp_port(fd) > 0);
    ASSERT(fcntl(fd, F_GETFL) & O_NONBLOCK);
    ASSERT(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
}

static void it_says_why_an_address_cannot_be_had(void)
{
    static const unsigned char nobodys[4] = { 192, 0, 2, 1 }; /* RFC 5737 */
    int fd = tcp_listen(loopback, 0);
    ASSERT_FATAL(fd >= 0);
    errno = 0;
    ASSERT_INT(tcp_listen(loopback, tcp_port(fd)), -1);
    ASSERT_INT(errno, EADDRINUSE);
    ASSERT_INT(tcp_listen(nobodys, 0), -1);
    ASSERT_INT(errno, EADDRNOTAVAIL);
    close(fd);
}

static void a_port_is_free_again_at_once(void)
{
    int fd = tcp_listen(loopback, 0);
    ASSERT_FATAL(fd >= 0);
    uint16_t port = tcp_port(fd);
    close(fd);
    ASSERT_INT(tcp_port(fd), 0);
    fd = tcp_listen(loopback, port);
    ASSERT(fd >= 0);
    ASSERT_INT(tcp_port(fd), port);
    close(fd);
}

void tcp_test(void);
void tcp_test(void)
{
    TEST_SUITE("sys/tcp");
    TEST(a_free_port_is_found);
    TEST(it_says_why_an_address_cannot_be_had);
    TEST(a_port_is_free_again_at_once);
}
