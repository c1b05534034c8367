/* Children that do their work, fail, hang, die and talk too much. */
#include "sys/errand.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/xmalloc.h"
#include "test.h"

static struct text out;
static struct error err;

static int sent(int (*work)(void *, struct text *, struct error *),
                void *payload, int64_t budget_ms, size_t data_max)
{
    const struct errand e = { work, payload, budget_ms, data_max };
    text_release(&out);
    out = (struct text)TEXT_INIT(300000);
    text_puts(&out, "before ");
    err = (struct error){ FAULT_NONE, "" };
    return errand_run(&e, &out, &err);
}

/* Nothing came, and no child is left. */
static void nothing_came(const char *why)
{
    ASSERT_STR(text_str(&out), "before ");
    ASSERT(strstr(err.msg, why) != NULL);
    ASSERT(waitpid(-1, NULL, WNOHANG) < 0);
}

static int count_up(void *payload, struct text *t, struct error *e)
{
    int *n = payload;
    *n += 1;
    (void)e;
    return text_printf(t, "made %d", *n);
}

static void what_it_made_comes_back_and_nothing_else(void)
{
    int n = 1;
    ASSERT_INT(sent(count_up, &n, 5000, 0), 0);
    ASSERT_STR(text_str(&out), "before made 2");
    ASSERT_INT(n, 1);
    ASSERT(waitpid(-1, NULL, WNOHANG) < 0);
}

static int make_much(void *payload, struct text *t, struct error *e)
{
    size_t n = *(size_t *)payload;
    for (size_t i = 0; i < n; i++)
        if (text_append(t, i % 7 ? "a" : "\0", 1))
            return error_set(e, FAULT_DATA, "full at %zu", i);
    return 0;
}

/* More than a pipe holds, zero bytes in it. */
static void all_of_it_comes_back(void)
{
    size_t n = 290000;
    ASSERT_INT(sent(make_much, &n, 10000, 0), 0);
    ASSERT_INT(out.len, 7 + 290000);
    ASSERT_INT(out.data[7], 0);
    ASSERT_INT(out.data[8], 'a');
    ASSERT_INT(out.data[7 + 289996], 0); /* 7 x 41428 */
}

static void its_own_error_is_told(void)
{
    size_t n = 299994; /* one more than there is room for */
    ASSERT_INT(sent(make_much, &n, 10000, 0), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    nothing_came("full at 299993");
}

static int hang(void *payload, struct text *t, struct error *e)
{
    (void)payload;
    (void)e;
    text_puts(t, "half");
    while (pause()) /* it never returns 0 */
        continue;
    return 0;
}

static void one_that_hangs_is_ended(void)
{
    int64_t began_ms = clock_monotonic_ms();
    ASSERT_INT(sent(hang, NULL, 200, 0), -1);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    nothing_came("more than 200 ms");
    ASSERT(clock_monotonic_ms() - began_ms < 3000);
    ASSERT_INT(sent(hang, NULL, 0, 0), -1);
    nothing_came("no time");
}

static int die(void *payload, struct text *t, struct error *e)
{
    (void)payload;
    (void)t;
    (void)e;
    raise(SIGKILL);
    return 0;
}

static void one_that_dies_dies_alone(void)
{
    ASSERT_INT(sent(die, NULL, 5000, 0), -1);
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
    nothing_came("ended before it was done");
}

#if !defined(__SANITIZE_ADDRESS__)
static int take_memory(void *payload, struct text *t, struct error *e)
{
    size_t n = *(size_t *)payload;
    char *room = xcalloc(n, 1);
    for (size_t i = 0; i < n; i += 4096)
        room[i] = 1;
    (void)e;
    return text_printf(t, "%d", room[0]);
}

/* 16 MB fit into 1 GB, 2 GB do not. */
static void memory_has_a_bound(void)
{
    size_t little = (size_t)16 << 20, much = (size_t)2 << 30;
    ASSERT_INT(sent(take_memory, &little, 10000, (size_t)1 << 30), 0);
    ASSERT_STR(text_str(&out), "before 1");
    ASSERT_INT(sent(take_memory, &much, 10000, (size_t)1 << 30), -1);
    nothing_came("ended before it was done");
}
#else
static void memory_has_a_bound(void)
{
    test_skip("a sanitizer's own memory counts as well");
}
#endif

void errand_test(void);
void errand_test(void)
{
    TEST_SUITE("sys/errand");
    TEST(what_it_made_comes_back_and_nothing_else);
    TEST(all_of_it_comes_back);
    TEST(its_own_error_is_told);
    TEST(one_that_hangs_is_ended);
    TEST(one_that_dies_dies_alone);
    TEST(memory_has_a_bound);
    text_release(&out);
}
