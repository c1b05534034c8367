#include "sim/account_bot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "sim/account_plan.h"
#include "sys/xmalloc.h"

static void begin_again(struct sim_bot *bot)
{
    bot->state = SIM_BOT_WAITING;
    bot->ended = false;
    bot->now_ms = INT64_MIN;
    bot->stopped_ms = INT64_MAX;
    bot->serial = 0;
    bot->fill_count = 0;
    bot->ledger = (struct sim_ledger){ 0 };
    bot->bar = 0;
    bot->leg = 0;
    bot->points_of = 0;
    for (int i = 0; i < bot->plan.cells; i++) {
        bot->cells[i].held = 0;
        bot->cells[i].resting = false;
    }
}

struct sim_bot *sim_bot_new(const struct sim_bot_plan *plan, int number,
                            int places, struct error *err)
{
    struct sim_bot *bot = xcalloc(1, sizeof(*bot));

    bot->number = number;
    bot->plan = *plan;
    if (sim_plan_cells(plan, places, bot->cells, err)) {
        free(bot);
        return NULL;
    }
    begin_again(bot);
    return bot;
}

void sim_bot_free(struct sim_bot *bot)
{
    if (bot)
        free(bot->fills);
    free(bot);
}

static struct sim_order new_order(struct sim_bot *bot, bool sell, int64_t price,
                                  int64_t size, int64_t at_ms)
{
    struct sim_order o = { .serial = ++bot->serial,
                           .sell = sell,
                           .price = price,
                           .size = size,
                           .created_ms = at_ms };
    uint64_t seed = (uint64_t)bot->number << 32 | (uint64_t)o.serial;
    snprintf(o.id, sizeof(o.id), "%08" PRIx32 "%016" PRIx64,
             (uint32_t)(at_ms / 1000), splitmix64(&seed));
    return o;
}

static void place(struct sim_bot *bot, struct sim_cell *cell, int64_t at_ms)
{
    bool sell = cell->held > 0;
    cell->order = new_order(bot, sell, sell ? cell->high : cell->low,
                            sell ? cell->held : bot->amount, at_ms);
    cell->resting = true;
}

static const struct sim_fill *enter(struct sim_bot *bot, int places,
                                    const struct sim_order *o, bool taker,
                                    int64_t at_ms)
{
    struct sim_fill f = { .at_ms = at_ms, .sell = o->sell, .taker = taker };
    int64_t again = 0; /* fills of the same moment */

    while ((size_t)again < bot->fill_count &&
           bot->fills[bot->fill_count - 1 - (size_t)again].at_ms == at_ms)
        again++;
    f.id = at_ms * 1000000 + bot->number * 10000 + 1 + again;
    f.trade_id = at_ms * 8000 + (bot->number - 1) * 500 + 1 + again;
    memcpy(f.order, o->id, sizeof(f.order));
    sim_plan_price(&bot->plan, places, o->price, o->size, &f);
    if (bot->fill_count == bot->fill_room) {
        bot->fill_room = bot->fill_room ? bot->fill_room * 2 : 64;
        bot->fills = xrealloc(bot->fills, bot->fill_room, sizeof(f));
    }
    bot->fills[bot->fill_count++] = f;
    sim_ledger_enter(&bot->ledger, &f);
    return &bot->fills[bot->fill_count - 1];
}

/* What a buy of `size` leaves to be sold, in whole steps. */
static int64_t came_in(const struct sim_fill *f)
{
    sim_money kept = f->fee_in == SIM_FEE_BASE ? f->fee : 0;
    return (int64_t)((f->size - kept) / sim_money_of(1, SIM_STEP_PLACES));
}

static void start(struct sim_bot *bot, int places, int64_t price, int64_t at_ms)
{
    struct sim_bot_plan *plan = &bot->plan;
    int64_t full = 0, each = 0;

    bot->state = SIM_BOT_RUNS;
    bot->amount = sim_plan_amount(plan, bot->cells, places, price);
    for (int i = 0; i < plan->cells; i++)
        full += sim_plan_is_full(plan, &bot->cells[i], price);
    if (full && bot->amount) {
        struct sim_order all =
            new_order(bot, false, price, full * bot->amount, at_ms);
        each = came_in(enter(bot, places, &all, true, at_ms)) / full;
    }
    for (int i = 0; i < plan->cells && bot->amount; i++) {
        if (sim_plan_is_full(plan, &bot->cells[i], price))
            bot->cells[i].held = each;
        place(bot, &bot->cells[i], at_ms);
    }
    if (plan->stop)
        bot->stop =
            new_order(bot, true, plan->stop, bot->amount * plan->cells, at_ms);
}

/* Whole steps of what is held and in no order. */
static int64_t free_steps(const struct sim_bot *bot)
{
    int64_t steps =
        (int64_t)(bot->ledger.base / sim_money_of(1, SIM_STEP_PLACES));
    for (int i = 0; i < bot->plan.cells; i++)
        if (bot->cells[i].resting && bot->cells[i].order.sell)
            steps -= bot->cells[i].order.size;
    return steps;
}

/* Cancels all orders but the first `zombies` and sells, if it is to, what is
 * then free, at once. */
static void halt(struct sim_bot *bot, int places, int zombies,
                 const struct sim_order *sale, int64_t at_ms)
{
    int left = zombies;

    bot->state = SIM_BOT_STOPPED;
    bot->stopped_ms = at_ms;
    for (int i = 0; i < bot->plan.cells; i++)
        bot->cells[i].resting = bot->cells[i].resting && left-- > 0;
    if (!sale)
        return;
    struct sim_order all = *sale;
    all.size = free_steps(bot);
    if (all.size > 0)
        enter(bot, places, &all, true, at_ms);
}

/* The order that a move to `to` touches next; NULL for none. */
static struct sim_cell *next_touched(struct sim_bot *bot, int64_t to)
{
    struct sim_cell *best = NULL;
    bool sell = to > bot->price;

    for (int i = 0; i < bot->plan.cells; i++) {
        struct sim_cell *cell = &bot->cells[i];
        if (!cell->resting || cell->order.sell != sell)
            continue;
        int64_t price = cell->order.price;
        if (sell ? price > to : price < to)
            continue;
        if (!best ||
            (sell ? price < best->order.price : price > best->order.price))
            best = cell;
    }
    return best;
}

static void fill_cell(struct sim_bot *bot, int places, struct sim_cell *cell,
                      int64_t at_ms)
{
    const struct sim_fill *f = enter(bot, places, &cell->order, false, at_ms);

    cell->held = f->sell ? 0 : came_in(f);
    cell->resting = false;
    if (bot->state == SIM_BOT_RUNS)
        place(bot, cell, at_ms);
}

/* When the price comes to one on its leg: not before the bot began, though it
 * may have stood there already. */
static int64_t touch_ms(const struct sim_bot *bot, const struct sim_leg *leg,
                        int64_t price)
{
    int64_t at_ms = sim_leg_time(leg, price);
    return at_ms > bot->plan.at_ms ? at_ms : bot->plan.at_ms;
}

/* The price goes from where it is to `to`, on a leg that goes at least there.
 */
static void follow(struct sim_bot *bot, int places, const struct sim_leg *leg,
                   int64_t to)
{
    while (to != bot->price) {
        struct sim_cell *cell = next_touched(bot, to);
        int64_t stop = bot->state == SIM_BOT_RUNS ? bot->plan.stop : 0;
        /* A stop lies below every buy. */
        bool stops = !cell && stop && to <= stop && to < bot->price;
        if (stops) {
            struct sim_order sale = bot->stop;
            sale.price = stop < bot->price ? stop : bot->price;
            halt(bot, places, 0, &sale, touch_ms(bot, leg, sale.price));
            bot->price = sale.price;
            continue;
        }
        if (!cell)
            break;
        bot->price = cell->order.price;
        fill_cell(bot, places, cell, touch_ms(bot, leg, bot->price));
    }
    bot->price = to;
}

static const int64_t *points_of(struct sim_bot *bot,
                                const struct sim_book *book)
{
    if (bot->points_of != bot->bar + 1)
        sim_path_points(book, bot->bar, bot->points);
    bot->points_of = bot->bar + 1;
    return bot->points;
}

/* One leg, as far as it goes until `now_ms`. */
static void walk_leg(struct sim_bot *bot, const struct sim_book *book,
                     const struct sim_leg *leg, int64_t now_ms)
{
    int64_t end_ms = leg->start_ms + leg->length_ms;
    int64_t at_ms = bot->plan.at_ms;

    if (bot->state == SIM_BOT_WAITING) {
        bool jump = leg->length_ms == 0;
        if (jump || at_ms >= end_ms || at_ms > now_ms)
            return; /* not before the price is there */
        int64_t from_ms = at_ms > leg->start_ms ? at_ms : leg->start_ms;
        bot->price = sim_leg_price(leg, from_ms);
        start(bot, book->places, bot->price, from_ms);
    }
    follow(bot, book->places, leg, sim_leg_price(leg, now_ms));
}

static void walk(struct sim_bot *bot, const struct sim_book *book,
                 int64_t now_ms)
{
    while (bot->bar < book->count && book->bars[bot->bar].open_ms <= now_ms) {
        struct sim_leg leg =
            sim_path_leg(book, bot->bar, points_of(bot, book), bot->leg);
        if (leg.start_ms > now_ms)
            return;
        walk_leg(bot, book, &leg, now_ms);
        if (leg.start_ms + leg.length_ms > now_ms)
            return;
        if (++bot->leg == SIM_PATH_LEGS) {
            bot->leg = 0;
            bot->bar++;
        }
    }
}

static void end(struct sim_bot *bot, int places)
{
    bot->ended = true;
    if (bot->state != SIM_BOT_RUNS) {
        bot->state = SIM_BOT_STOPPED;
        return;
    }
    struct sim_order sale =
        new_order(bot, true, bot->price, 0, bot->plan.end_ms);
    halt(bot, places, bot->plan.zombies, bot->plan.end_sells ? &sale : NULL,
         bot->plan.end_ms);
}

void sim_bot_advance(struct sim_bot *bot, const struct sim_book *book,
                     int64_t now_ms)
{
    if (now_ms < bot->now_ms || (!bot->ended && bot->plan.end_ms < bot->now_ms))
        begin_again(bot);
    bot->now_ms = now_ms;
    if (!bot->ended && bot->plan.end_ms <= now_ms) {
        walk(bot, book, bot->plan.end_ms);
        end(bot, book->places);
    }
    walk(bot, book, now_ms);
}
