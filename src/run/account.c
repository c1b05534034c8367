#include "run/account.h"

#include <stdlib.h>
#include <string.h>

#include "run/faults.h"
#include "run/part.h"
#include "run/robot.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* The alert waits for the account no longer than this. */
#define ACCOUNT_MOST_MS 15000

bool account_is_own(const struct grid *g)
{
    if (g->account[0] == '\0')
        return g->source != GRID_SOURCE_ROBOT;
    return strcmp(g->account, "main") == 0;
}

const char *account_name(const struct grid *g)
{
    return g->account[0] ? g->account : "robot";
}

const char *account_no_key(const struct run *r)
{
    static const char *const keys[] = {
        [KUCOIN_KEY_NONE] = "no key of the exchange is configured",
        [KUCOIN_KEY_POWERFUL] = "the key may trade, so it is not used",
        [KUCOIN_KEY_REFUSED] = "the exchange refuses the key",
        [KUCOIN_KEY_UNKNOWN] = "the key could not be checked",
    };
    return keys[r->account->key.state];
}

bool account_is_asked(const struct run *r, const struct grid_run *g)
{
    return g->first_due_ms != MOMENT_NONE && g->grid.market == GRID_SPOT &&
           g->grid.source != GRID_SOURCE_MODEL &&
           grid_status_at(&g->grid, r->exchange_ms) != GRID_IS_STOPPED;
}

static bool anything_asked_for(struct run *r)
{
    for (size_t i = 0; i < r->grid_count; i++)
        if (account_is_asked(r, &r->grids[i]) || run_part_asks(r, &r->grids[i]))
            return true;
    return false;
}

static struct kucoin_login login_of(const struct run *r)
{
    const struct config_secrets *s = &r->config->secrets;
    return (struct kucoin_login){
        .key = s->kucoin_api_key.text,
        .secret = s->kucoin_api_secret.text,
        .passphrase = s->kucoin_api_passphrase.text,
        .offset_ms = r->sign_offset_ms,
    };
}

static void tell_key(struct run *r)
{
    const struct kucoin_key *key = &r->account->key;
    char text[LOG_VALUE_MAX];

    run_look(r, FAULT_CLASS_ACCOUNT);
    if (key->state != KUCOIN_KEY_UNKNOWN)
        run_look(r, FAULT_CLASS_KEY);
    if (key->state == KUCOIN_KEY_USABLE || key->state == KUCOIN_KEY_NONE)
        return;
    log_event(LOG_LEVEL_WARN, "key-unused", "state=%s what=%s",
              kucoin_key_state_name(key->state), log_value(key->err.msg, text));
    run_see(r,
            key->state == KUCOIN_KEY_UNKNOWN ? FAULT_CLASS_ACCOUNT
                                             : FAULT_CLASS_KEY,
            "run", kucoin_key_state_name(key->state), key->err.msg);
}

static int64_t now_ms(const struct run *r)
{
    bool named = r->options->at_ms != MOMENT_NONE;
    return named ? r->exchange_ms : clock_wall_ms() + r->sign_offset_ms;
}

/* Books that go on ask for fills that they know, too: one may have been listed
 * late, and an account that does not show the newest any more is not the one
 * that they were kept of. */
int64_t account_fills_from_ms(const struct run *r, const struct grid_run *g)
{
    if (g->holding.life_ms != grid_life_ms(&g->grid))
        return grid_life_ms(&g->grid);
    return holding_fills_from_ms(&g->holding,
                                 r->exchange_ms - ACCOUNT_REACH_MS);
}

static int by_time(const void *left, const void *right)
{
    const struct fill *a = left, *b = right;
    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static bool is_wanted(const size_t *whose, size_t n, size_t symbol)
{
    size_t k = 0;
    while (k < n && whose[k] != symbol)
        k++;
    return k < n;
}

/* The symbols of the grids that may be in the key's own account; of two grids
 * of one symbol run/hold.c tells. Then those of which only orders are asked. */
static size_t wants_of(struct run *r, struct kucoin_books_want *wants,
                       size_t *whose)
{
    size_t n = 0;
    for (int orders_only = 0; orders_only < 2; orders_only++) {
        for (size_t i = 0; i < r->grid_count; i++) {
            const struct grid_run *g = &r->grids[i];
            bool asked = orders_only
                             ? g->grid.market == GRID_SPOT &&
                                   g->grid.source != GRID_SOURCE_MODEL &&
                                   run_part_asks(r, g)
                             : account_is_asked(r, g) &&
                                   grid_life_ms(&g->grid) != MOMENT_NONE;
            if (!asked || !account_is_own(&g->grid) ||
                is_wanted(whose, n, g->symbol))
                continue;
            wants[n] = (struct kucoin_books_want){
                .symbol = r->symbols[g->symbol].symbol,
                .fills_from_ms =
                    orders_only ? MOMENT_NONE : account_fills_from_ms(r, g),
                .fills_until_ms = now_ms(r) + 1,
            };
            whose[n++] = g->symbol;
        }
    }
    return n;
}

static void tell_part(struct run *r, const char *what, const char *symbol,
                      bool ok, const struct error *err)
{
    char text[LOG_VALUE_MAX];
    if (ok)
        return;
    log_event(LOG_LEVEL_WARN, "account-unread", "part=%s symbol=%s what=%s",
              what, symbol, log_value(err->msg, text));
    run_see(r, FAULT_CLASS_ACCOUNT, symbol, what, err->msg);
}

static void fetch_parts(struct run *r, const struct kucoin_login *login,
                        int64_t deadline_ms)
{
    struct kucoin_books_want *wants = xcalloc(r->grid_count, sizeof(*wants));
    struct kucoin_account_part *parts = xcalloc(r->grid_count, sizeof(*parts));
    size_t *whose = xcalloc(r->grid_count, sizeof(*whose));
    const char **subs = xcalloc(r->grid_count + 1, sizeof(*subs));
    struct error err;

    robot_names(r, subs);
    size_t n = wants_of(r, wants, whose);
    if (kucoin_fetch_account(&r->kucoin, login, subs, wants, n, r->account,
                             parts, deadline_ms, &err)) {
        tell_part(r, "all", "run", false, &err);
        n = 0;
    }
    for (size_t k = 0; k < n; k++) {
        struct symbol_run *s = &r->symbols[whose[k]];
        s->account = parts[k];
        s->account_asked = true;
        if (parts[k].fill_count)
            qsort(parts[k].fills, parts[k].fill_count, sizeof(*parts[k].fills),
                  by_time);
        tell_part(r, "orders", s->symbol, parts[k].orders_ok,
                  &parts[k].orders_err);
        tell_part(r, "stops", s->symbol, parts[k].stops_ok,
                  &parts[k].stops_err);
        if (wants[k].fills_from_ms != MOMENT_NONE)
            tell_part(r, "fills", s->symbol, parts[k].fills_ok,
                      &parts[k].fills_err);
    }
    if (n)
        tell_part(r, "balances", "run", r->account->balances_ok,
                  &r->account->balances_err);
    if (subs[0])
        tell_part(r, "sub-accounts", "run", r->account->subs_ok,
                  &r->account->subs_err);
    free(subs);
    free(whose);
    free(parts);
    free(wants);
}

/* A unified account answers the classic questions with nothing, which must not
 * be taken for an empty one. Where the mode cannot be asked the newest known
 * fill still has to be shown (run/hold.c). */
static bool is_classic(struct run *r, const struct kucoin_login *login,
                       int64_t deadline_ms)
{
    struct error err;
    enum kucoin_mode mode = kucoin_ask_mode(&r->kucoin, login, deadline_ms,
                                            &r->account->unified, &err);
    if (err.fault != FAULT_NONE)
        tell_part(r, "mode", "run", false, &err);
    return mode != KUCOIN_MODE_UNIFIED;
}

void run_fetch_account(struct run *r, int64_t deadline_ms)
{
    const struct kucoin_login login = login_of(r);

    int64_t most_ms = clock_monotonic_ms() + ACCOUNT_MOST_MS;

    if (deadline_ms > most_ms)
        deadline_ms = most_ms;
    r->account = xcalloc(1, sizeof(*r->account));
    if (r->options->feed || !anything_asked_for(r))
        return;
    kucoin_ask_key(&r->kucoin, &login, r->config->exchange.allow_trading_key,
                   deadline_ms, &r->account->key);
    tell_key(r);
    if (r->account->key.state == KUCOIN_KEY_USABLE &&
        is_classic(r, &login, deadline_ms))
        fetch_parts(r, &login, deadline_ms);
    run_part_orders(r);
}

void run_account_release(struct run *r)
{
    for (size_t i = 0; i < r->symbol_count; i++)
        kucoin_account_part_release(&r->symbols[i].account);
    if (r->account)
        kucoin_account_release(r->account);
    free(r->account);
    r->account = NULL;
}
