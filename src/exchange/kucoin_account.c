/* All of an account, in two goes: what can be asked for at once, and then the
 * sub-accounts, whose ids stand in a list of the first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "exchange/kucoin_reader.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

#define SUBS_MAX 16

static int refuse_symbol(const char *symbol, struct error *err)
{
    return error_set(err, FAULT_CONFIG,
                     "symbol '%.40s': not of the form 'BTC-USDT'", symbol);
}

static void refuse_part(const char *symbol, struct kucoin_account_part *part)
{
    refuse_symbol(symbol, &part->orders_err);
    part->stops_err = part->fills_err = part->orders_err;
}

/* Moves what `from` holds behind the orders of the part. */
static size_t append_orders(struct kucoin_account_part *part,
                            const struct kucoin_orders *from, size_t at)
{
    if (from->count) {
        part->orders =
            xrealloc(part->orders, at + from->count, sizeof(*part->orders));
        memcpy(part->orders + at, from->items,
               from->count * sizeof(*part->orders));
    }
    return from->count;
}

static bool conclude(const struct reader *r, struct error *err)
{
    *err = r->err;
    if (r->err.fault == FAULT_NONE)
        return true;
    if (r->want)
        error_wrap(err, "symbol '%s'", r->want->symbol);
    return false;
}

/* Three readers of a symbol, in the order of plan_part(). */
static void take_part(struct reader *r, struct kucoin_account_part *part)
{
    struct reader *fills = &r[2];
    part->orders_ok = conclude(&r[0], &part->orders_err);
    part->stops_ok = conclude(&r[1], &part->stops_err);
    if (part->orders_ok)
        part->order_count = append_orders(part, &r[0].orders, 0);
    if (part->stops_ok)
        part->stop_count = append_orders(part, &r[1].orders, part->order_count);
    if (fills->want->fills_from_ms == MOMENT_NONE)
        return;
    part->fills_ok = conclude(fills, &part->fills_err);
    if (!part->fills_ok)
        return;
    part->fills = fills->fills.items;
    part->fill_count = fills->fills.count;
    part->fills_cut = read_fills_cut(
        fills, clock_wall_ms() + fills->session->login.offset_ms);
    fills->fills = (struct kucoin_fills){ 0 };
}

static void plan_part(struct reader *r, const struct kucoin_books_want *want,
                      struct kucoin_session *session)
{
    static const struct reader_kind *const kinds[] = { &read_open_orders,
                                                       &read_stop_orders,
                                                       &read_fills };
    bool sound = kucoin_is_symbol(want->symbol);
    for (int i = 0; i < 3; i++)
        r[i] = (struct reader){
            .kind = kinds[i], .session = session, .want = want, .ended = !sound
        };
    if (want->fills_from_ms == MOMENT_NONE ||
        want->fills_from_ms >= want->fills_until_ms)
        r[2].ended = r[2].walk.reached = true;
}

static const struct kucoin_sub_name *find_name(
    const struct kucoin_sub_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i].name, name))
            return &names->items[i];
    return NULL;
}

/* The only one of a robot; NULL when there are none or several. */
static const struct kucoin_sub_name *find_robot(
    const struct kucoin_sub_names *names)
{
    const struct kucoin_sub_name *found = NULL;
    size_t robots = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (!names->items[i].robot)
            continue;
        found = &names->items[i];
        robots++;
    }
    return robots == 1 ? found : NULL;
}

static const struct kucoin_sub_name *find_sub(
    const struct kucoin_sub_names *names, const char *asked)
{
    const struct kucoin_sub_name *found = find_name(names, asked);
    return found || strcmp(asked, "robot") != 0 ? found : find_robot(names);
}

static void refuse_sub(const struct kucoin_sub_names *names, const char *asked,
                       struct error *err)
{
    if (strcmp(asked, "robot") == 0)
        error_set(err, FAULT_CONFIG,
                  "of %zu sub-accounts none or several are a robot's: name "
                  "the one that is meant; the key must be the master "
                  "account's",
                  names->count);
    else
        error_set(err, FAULT_CONFIG,
                  "no sub-account of %zu is named '%.40s': check its "
                  "spelling; the key must be the master account's",
                  names->count, asked);
}

/* The first of several complaints stays. */
static void complain(struct kucoin_account *a, const struct error *err)
{
    if (a->subs_err.fault == FAULT_NONE)
        a->subs_err = *err;
}

static enum kucoin_mode mode_of(const struct kucoin_unified *u, int64_t uid)
{
    for (size_t i = 0; i < u->count; i++)
        if (u->uids[i] == uid)
            return KUCOIN_MODE_UNIFIED;
    bool none = u->known && !u->count;
    return none || (u->known && uid) ? KUCOIN_MODE_CLASSIC
                                     : KUCOIN_MODE_UNKNOWN;
}

static void plan_sub(const struct kucoin_sub_name *found, const char *asked,
                     struct kucoin_session *session, struct reader *reader,
                     struct kucoin_account *a, struct kucoin_sub *sub)
{
    struct error err;
    snprintf(sub->asked, sizeof(sub->asked), "%s", asked);
    memcpy(sub->name, found->name, sizeof(sub->name));
    sub->robot = found->robot;
    sub->mode = mode_of(&a->unified, found->uid);
    *reader = (struct reader){ .kind = &read_sub,
                               .session = session,
                               .sub_id = found->id,
                               .sub = sub,
                               .ended = sub->mode == KUCOIN_MODE_UNIFIED };
    if (!reader->ended)
        return;
    error_set(&err, FAULT_CONFIG,
              "sub-account '%s': it is a unified one, which is not supported "
              "yet: its money is not seen",
              sub->name);
    complain(a, &err);
}

/* Readers of those that the list knows; the others are complained about. */
static size_t plan_subs(const struct kucoin_sub_names *names,
                        const char *const *subs, struct kucoin_session *session,
                        struct reader *readers, struct kucoin_account *a)
{
    size_t n = 0;
    struct error err;
    for (size_t i = 0; subs[i]; i++) {
        const struct kucoin_sub_name *found = find_sub(names, subs[i]);
        if (n == SUBS_MAX) {
            error_set(&err, FAULT_CONFIG, "more than %d sub-accounts are named",
                      SUBS_MAX);
            complain(a, &err);
            break;
        }
        if (!found) {
            refuse_sub(names, subs[i], &err);
            complain(a, &err);
            continue;
        }
        plan_sub(found, subs[i], session, &readers[n], a, &a->subs[n]);
        n++;
    }
    return n;
}

static int fetch_subs(const struct reader *list, const char *const *subs,
                      struct kucoin_session *session, struct kucoin_account *a,
                      struct error *err)
{
    int rc = 0;
    a->subs_err = list->err;
    if (list->err.fault != FAULT_NONE)
        return 0;
    struct reader *readers = xcalloc(SUBS_MAX, sizeof(*readers));
    a->subs = xcalloc(SUBS_MAX, sizeof(*a->subs));
    size_t n = plan_subs(&list->names, subs, session, readers, a);
    if (n)
        rc = readers_run(readers, n, err);
    for (size_t i = 0; !rc && i < n; i++) {
        if (readers[i].err.fault == FAULT_NONE) {
            a->subs[a->sub_count++] = a->subs[i];
            continue;
        }
        error_wrap(&readers[i].err, "'%s'", a->subs[i].name);
        complain(a, &readers[i].err);
    }
    a->subs_ok = !rc && a->subs_err.fault == FAULT_NONE;
    free(readers);
    return rc;
}

static int fetch_all(struct kucoin_session *session, const char *const *subs,
                     const struct kucoin_books_want *wants, size_t n,
                     struct reader *readers, struct kucoin_account *a,
                     struct kucoin_account_part *parts, struct error *err)
{
    bool ask_subs = subs && subs[0];
    readers[0] = (struct reader){ .kind = &read_balances,
                                  .session = session,
                                  .balances = a->balances };
    readers[1] = (struct reader){ .kind = &read_sub_list,
                                  .session = session,
                                  .ended = !ask_subs };
    for (size_t i = 0; i < n; i++)
        plan_part(&readers[2 + 3 * i], &wants[i], session);
    if (readers_run(readers, 2 + 3 * n, err))
        return -1;
    a->balances_ok = conclude(&readers[0], &a->balances_err);
    a->balance_count = a->balances_ok ? readers[0].balance_count : 0;
    for (size_t i = 0; i < n; i++) {
        if (kucoin_is_symbol(wants[i].symbol))
            take_part(&readers[2 + 3 * i], &parts[i]);
        else
            refuse_part(wants[i].symbol, &parts[i]);
    }
    /* What was read stays, whatever comes of these. */
    if (ask_subs && fetch_subs(&readers[1], subs, session, a, &a->subs_err))
        a->subs_ok = false;
    return 0;
}

int kucoin_fetch_account(struct kucoin *k, const struct kucoin_login *login,
                         const char *const *subs,
                         const struct kucoin_books_want *wants, size_t n,
                         struct kucoin_account *account,
                         struct kucoin_account_part *parts, int64_t deadline_ms,
                         struct error *err)
{
    struct kucoin_session session;
    account->balances_ok = account->subs_ok = false;
    account->balances_err = account->subs_err = (struct error){ 0 };
    account->balance_count = account->sub_count = 0;
    account->subs = NULL;
    for (size_t i = 0; i < n; i++)
        parts[i] = (struct kucoin_account_part){ 0 };
    if (kucoin_session_begin(&session, k, login, deadline_ms, err))
        return -1;
    struct reader *readers = xcalloc(2 + 3 * n, sizeof(*readers));
    int rc = fetch_all(&session, subs, wants, n, readers, account, parts, err);
    for (size_t i = 0; i < 2 + 3 * n; i++)
        reader_release(&readers[i]);
    free(readers);
    return rc;
}

void kucoin_account_release(struct kucoin_account *account)
{
    if (!account)
        return;
    free(account->subs);
    account->subs = NULL;
    account->sub_count = 0;
}

void kucoin_account_part_release(struct kucoin_account_part *part)
{
    if (!part)
        return;
    free(part->orders);
    free(part->fills);
    part->orders = NULL;
    part->fills = NULL;
    part->order_count = part->stop_count = part->fill_count = 0;
}
