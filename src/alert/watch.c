#include "alert/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alert/draft.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/utf8.h"

#define LIST_POINTS 420 /* of the grids; those beyond are counted */
#define LIST_FAULTS 3   /* named one by one */
#define CURRENCIES  3

bool watch_is_due(const struct watch *w, int64_t last_ms)
{
    const struct zone *z = w->quiet->zone;
    int at = 0;
    if (!quiet_clock_parse(w->all_clear_at, &at))
        return false;
    at -= at % 15; /* the slot that the time is in */
    return zone_minute(z, w->slot_ms) >= at &&
           (!last_ms || zone_day(z, w->slot_ms) > zone_day(z, last_ms));
}

static void begin(const struct watch *w, enum alert_reason reason,
                  struct intent *out)
{
    const char *name = alert_reason_name(reason);
    char stamp[INTENT_STAMP];
    uint32_t h = hash_feed(HASH_START, "run", sizeof("run"));

    *out = (struct intent){ .grid = "run",
                            .slot_ms = w->slot_ms,
                            .reason = reason,
                            .state = STATE_UNKNOWN };
    h = hash_feed(h, name, strlen(name));
    intent_stamp(w->slot_ms, stamp);
    snprintf(out->id, sizeof(out->id), "%s-%08" PRIx32, stamp, h);
    snprintf(out->tag, sizeof(out->tag), "run-%s", stamp);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static const char *zone_of(const struct watch *w)
{
    const struct zone *z = w->quiet->zone;
    return z && z->count ? z->name : "UTC";
}

/* Why nobody hears of its state. */
static const char *silence_of(const struct watch_grid *g)
{
    if (grid_status(g->grid) == GRID_IS_PAUSED)
        return " (paused: not told)";
    return g->left ? " (looks left: not told)" : "";
}

/* "btc-a BTC-USDT NORMAL, position: model" */
static void put_grid(struct draft *d, const struct watch_grid *g, bool full)
{
    draft_put(d, "%s %s%s%s%s", g->grid->id, full ? g->grid->symbol : "",
              full ? " " : "", exit_state_name(g->state), silence_of(g));
    if (full)
        draft_put(d, ", position: %s",
                  g->position->source == POSITION_NONE
                      ? "unknown"
                      : position_source_name(g->position->source));
}

static void put_grids(struct draft *d, const struct watch *w, bool full)
{
    size_t left = LIST_POINTS, i = 0;
    for (; i < w->count; i++) {
        char text[160] = "";
        struct draft piece = { text, sizeof(text), 0, w->slot_ms, NULL };
        put_grid(&piece, &w->grids[i], full);
        size_t points = utf8_count(text) + 2;
        if (points > left)
            break;
        draft_put(d, "%s%s", i ? "; " : "", text);
        left -= points;
    }
    if (i < w->count)
        draft_put(d, "; and %zu more", w->count - i);
    if (w->count)
        draft_put(d, ".\n");
}

/* What no run of this configuration can know. */
static void put_unseen(struct draft *d, const struct watch *w)
{
    if (!w->has_key)
        draft_put(d, "Not seen: your account (no key of the exchange), so that "
                     "positions are modelled from candles.\n");
    if (!w->has_calendar || !w->has_signal)
        draft_put(d, "Not asked: %s%s%s.\n",
                  w->has_calendar ? "" : "a calendar (W_EVENT)",
                  w->has_calendar || w->has_signal ? "" : ", ",
                  w->has_signal ? "" : "an external signal (W_SIGNAL)");
}

static void put_peace(struct draft *d, const struct watch *w)
{
    draft_put(d, "Messages come by %s.",
              w->channels[0] ? w->channels : "no channel yet");
    if (w->channels[0] && !w->has_phone)
        draft_put(d, " Nothing rings until it is answered: Pushover is not set "
                     "up.");
    if (w->quiet->hours[0])
        draft_put(d, " Quiet hours: %s %s.", w->quiet->hours, zone_of(w));
    draft_put(d, "\n");
}

void watch_installed(const struct watch *w, struct intent *out)
{
    begin(w, ALERT_INSTALLED, out);
    out->priority = quiet_at(w->quiet, w->slot_ms) ? -1 : 0;
    snprintf(out->title, sizeof(out->title), "gridwatch watches %zu grid%s",
             w->count, plural(w->count));
    struct draft d = { out->body, sizeof(out->body), 0, w->slot_ms,
                       w->quiet->zone };
    draft_put(&d,
              "Nothing to do, but look whether these are all your grids.\n");
    put_grids(&d, w, true);
    put_unseen(&d, w);
    put_peace(&d, w);
    draft_put(&d, "Next: a verdict every 15 min, and a message when a state "
                  "gets worse.");
    if (w->all_clear_at[0])
        draft_put(&d,
                  " All-clear each day at %s %s: without it, nobody watches.",
                  w->all_clear_at, zone_of(w));
    draft_put(&d, "\n");
}

static size_t count_calm(const struct watch *w)
{
    size_t calm = 0;
    for (size_t i = 0; i < w->count; i++)
        calm += w->grids[i].state == STATE_NORMAL;
    return calm;
}

struct sum {
    const char *quote;
    double at_risk;
};

/* Currencies are not added up; a grid whose money is not known is counted. */
static void put_money(struct draft *d, const struct watch *w)
{
    struct sum sums[CURRENCIES] = { { NULL, 0 } };
    size_t kinds = 0, unknown = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct watch_grid *g = &w->grids[i];
        size_t k = 0;
        while (k < kinds && strcmp(sums[k].quote, grid_quote(g->grid)) != 0)
            k++;
        if (!value_usable(g->at_risk) || k == CURRENCIES) {
            unknown++;
            continue;
        }
        if (k == kinds)
            sums[kinds++].quote = grid_quote(g->grid);
        sums[k].at_risk += g->at_risk.v;
    }
    draft_put(d, "At risk to the stops: ");
    for (size_t k = 0; k < kinds; k++) {
        draft_put(d, "%s", k ? " and " : "");
        draft_amount(d, sums[k].at_risk);
        draft_put(d, " %s", sums[k].quote);
    }
    if (unknown)
        draft_put(d, "%sunknown in %zu grid%s", kinds ? ", " : "", unknown,
                  plural(unknown));
    draft_put(d, ".\n");
}

static void put_faults(struct draft *d, const struct watch *w)
{
    const struct fault_list *l = w->faults;
    draft_put(d, "Open faults: ");
    for (size_t i = 0; i < l->count && i < LIST_FAULTS; i++) {
        draft_put(d, "%s%s %s since ", i ? "; " : "", l->list[i].subject,
                  fault_class_name(l->list[i].class));
        draft_clock(d, l->list[i].since_ms);
    }
    if (l->count > LIST_FAULTS)
        draft_put(d, "; and %zu more", l->count - LIST_FAULTS);
    draft_put(d, l->count ? ".\n" : "none.\n");
}

void watch_all_clear(const struct watch *w, struct intent *out)
{
    size_t calm = count_calm(w);
    bool all = calm == w->count;

    begin(w, ALERT_ALL_CLEAR, out);
    out->priority = -2;
    if (all)
        snprintf(out->title, sizeof(out->title),
                 "gridwatch runs: %zu grid%s NORMAL", w->count,
                 plural(w->count));
    else
        snprintf(out->title, sizeof(out->title),
                 "gridwatch runs: %zu of %zu grids not NORMAL", w->count - calm,
                 w->count);
    struct draft d = { out->body, sizeof(out->body), 0, w->slot_ms,
                       w->quiet->zone };
    draft_put(&d, all ? "Nothing to do: every grid is NORMAL.\n"
                      : "Nothing new: what is not NORMAL has messages of its "
                        "own.\n");
    put_grids(&d, w, false);
    draft_put(&d, "Slots evaluated: %zu of %zu since ", w->evaluated, w->due);
    draft_clock(&d, w->since_ms);
    draft_put(&d, ".\n");
    put_money(&d, w);
    put_faults(&d, w);
    draft_put(&d,
              "Next: the same tomorrow at %s %s; without it, nobody "
              "watches.\n",
              w->all_clear_at, zone_of(w));
}
