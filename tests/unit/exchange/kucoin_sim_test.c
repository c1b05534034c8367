/* The client against the simulated exchange: two readings of one contract, by
 * different hands. Over a real socket on loopback. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "exchange/kucoin_private.h"
#include "sim/server.h"
#include "sim/sim_bot_world.h"
#include "sys/clock.h"
#include "test.h"

static volatile sig_atomic_t stop;
static struct sim world;
static struct sim_server *server;
static pthread_t thread;
static struct http_pool *pool;
static struct kucoin client;
static struct error err;
static char base[64];

/* The clock of the simulated exchange is of another day: the first request is
 * late, and is sent again. */
static const struct kucoin_login login = { .key = SIGN_KEY,
                                           .secret = SIGN_SECRET,
                                           .passphrase = SIGN_PHRASE };

static void *serve(void *arg)
{
    struct error ignored = { 0 };
    sim_server_run(arg, &stop, &ignored);
    return NULL;
}

/* The bot has run through four bars. */
static void begin(void)
{
    struct http_pool_options pool_options = { .seed = 3 };
    struct kucoin_options options = KUCOIN_OPTIONS_INIT;
    world = sim_bot_world(3);
    sim_bot_world_add(&world, ",\"stop\":90");
    server = sim_server_open(&world, 0, &err);
    ASSERT_FATAL(server != NULL);
    stop = 0;
    ASSERT_FATAL(pthread_create(&thread, NULL, serve, server) == 0);
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    snprintf(base, sizeof(base), "http://127.0.0.1:%d",
             (int)sim_server_port(server));
    options.base_url = base;
    options.timeout_ms = 5000;
    kucoin_init(&client, pool, &options);
}

static void halt(void)
{
    stop = 1;
    pthread_join(thread, NULL);
    sim_server_close(server);
}

static void end(void)
{
    http_pool_free(pool);
    sim_world_end(&world);
}

static bool is(struct decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    decimal_format(d, text);
    return test_same(text, want);
}

static void the_simulated_exchange_takes_the_key(void)
{
    struct kucoin_key key;
    struct kucoin_unified unified;
    begin();
    kucoin_ask_key(&client, &login, false, clock_monotonic_ms() + 20000, &key);
    ASSERT_STR(key.err.msg, "");
    ASSERT_INT(key.state, KUCOIN_KEY_USABLE);
    ASSERT_STR(key.permissions, "General");
    ASSERT_INT(client.management_used, 40);
    ASSERT_INT(kucoin_ask_mode(&client, &login, clock_monotonic_ms() + 20000,
                               &unified, &err),
               KUCOIN_MODE_CLASSIC);
    ASSERT(unified.known && unified.count == 0);
    struct kucoin_login wrong = login;
    wrong.secret = "11111111-2222-4333-8444-555566667778";
    kucoin_ask_key(&client, &wrong, false, clock_monotonic_ms() + 20000, &key);
    ASSERT_INT(key.state, KUCOIN_KEY_REFUSED);
    halt();
    end();
}

static void the_simulated_account_is_read_in_full(void)
{
    struct kucoin_books_want want = { .symbol = "BTC-USDT",
                                      .fills_from_ms = T0,
                                      .fills_until_ms = T0 + 3600000 };
    static const char *const subs[] = { "normalsub", NULL };
    struct kucoin_account a = { 0 };
    struct kucoin_account_part p;
    begin();
    ASSERT_INT(kucoin_fetch_account(&client, &login, subs, &want, 1, &a, &p,
                                    clock_monotonic_ms() + 20000, &err),
               0);
    halt();
    ASSERT_STR(a.balances_err.msg, "");
    ASSERT_STR(a.subs_err.msg, "");
    ASSERT_STR(p.orders_err.msg, "");
    ASSERT_STR(p.stops_err.msg, "");
    ASSERT_STR(p.fills_err.msg, "");
    ASSERT(a.balances_ok && a.subs_ok && p.orders_ok && p.stops_ok);
    ASSERT_INT(p.order_count, 3);
    ASSERT_FATAL(p.stop_count == 1);
    ASSERT(is(p.orders[3].stop, "90"));
    ASSERT_FATAL(p.fills_ok && p.fill_count > 1);
    const struct fill *first = NULL;
    struct decimal held = DECIMAL_ZERO;
    for (size_t i = 0; i < p.fill_count; i++) {
        const struct fill *f = &p.fills[i];
        held = f->side == FILL_BUY ? decimal_add(held, f->size)
                                   : decimal_sub(held, f->size);
        if (f->id == INT64_C(1795176900000010001))
            first = f;
    }
    ASSERT_FATAL(first != NULL);
    ASSERT(is(first->price, "100"));
    ASSERT(is(first->size, "3.08333641"));
    ASSERT(is(first->fee, "0.308333641"));
    ASSERT_INT(first->at_ms, T0 + 900000);
    char text[DECIMAL_TEXT];
    decimal_format(held, text);
    ASSERT_STR(text, sim_bot_world_book(&world, "base"));
    kucoin_account_release(&a);
    kucoin_account_part_release(&p);
    end();
}

void kucoin_sim_test(void);
void kucoin_sim_test(void)
{
    TEST_SUITE("exchange/kucoin and the simulated one");
    TEST(the_simulated_exchange_takes_the_key);
    TEST(the_simulated_account_is_read_in_full);
}
