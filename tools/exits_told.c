#include "tools/exits_told.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"

#define DRAWS 1000
#define SEED  1

void exits_release(struct exits *x)
{
    for (size_t i = 0; i < x->count; i++)
        exits_market_release(&x->markets[i]);
    free(x->markets);
    *x = (struct exits){ 0 };
}

struct exits_part exits_part_of(double width, int period)
{
    struct exits_part p = { width, INT64_MIN, INT64_MAX };
    if (period == 0)
        p.until_ms = EXITS_SPLIT_MS;
    if (period == 1)
        p.from_ms = EXITS_SPLIT_MS;
    return p;
}

const char *exits_period_name(int period)
{
    static const char *const names[EXITS_PERIODS] = { "before 2022",
                                                      "from 2022", "all" };
    return names[period];
}

/* --- Choosing ------------------------------------------------------------- */

static bool is_in(const struct exits_grid *g, const struct exits_part *p)
{
    int64_t start_ms = g->plan.grid.started_at_ms;
    return (isnan(p->width) || g->plan.half_width_atr == p->width) &&
           start_ms >= p->from_ms && start_ms < p->until_ms;
}

struct exits_lives exits_choice(const struct exits *x,
                                const struct exits_part *part,
                                exits_choose *choose, const void *what)
{
    struct exits_lives out = { 0 };
    size_t most = 0;

    for (size_t m = 0; m < x->count; m++)
        most += x->markets[m].count;
    out.at = xcalloc(most, sizeof(*out.at));
    for (size_t m = 0; m < x->count; m++)
        for (size_t i = 0; i < x->markets[m].count; i++) {
            const struct exits_grid *g = &x->markets[m].grids[i];
            const struct life *l = is_in(g, part) ? choose(g, what) : NULL;
            if (!l)
                continue;
            out.at[out.count] = *l;
            out.at[out.count++].symbol = (int32_t)m;
        }
    return out;
}

static size_t index_of(const void *what)
{
    size_t i;
    memcpy(&i, what, sizeof(i));
    return i;
}

const struct life *exits_of_policy(const struct exits_grid *g, const void *what)
{
    return &g->by[index_of(what)];
}

const struct life *exits_of_delay(const struct exits_grid *g, const void *what)
{
    return &g->engine[index_of(what)];
}

const struct life *exits_of_limit(const struct exits_grid *g, const void *what)
{
    return &g->by_limit[index_of(what)];
}

/* --- Numbers -------------------------------------------------------------- */

static struct kpi_room room_for(size_t count)
{
    return (struct kpi_room){
        xcalloc(4 * count + 1, sizeof(struct statistic_row)),
        xcalloc(count + 1, sizeof(double)), xcalloc(count + 1, sizeof(int32_t)),
        xcalloc(DRAWS, sizeof(double))
    };
}

static void room_release(struct kpi_room *room)
{
    free(room->rows);
    free(room->weight);
    free(room->week);
    free(room->draw);
}

struct kpi_result exits_kpi_difference(enum kpi_id id,
                                       const struct exits_lives *lives,
                                       const struct exits_lives *other)
{
    const struct kpi_ask ask = { lives->at, lives->count, LIFE_BOTH, DRAWS,
                                 SEED };
    struct kpi_room room = room_for(lives->count);
    struct kpi_result r = other ? kpi_difference(id, &ask, other->at, &room)
                                : kpi_of(id, &ask, &room);
    room_release(&room);
    return r;
}

struct kpi_result exits_kpi(enum kpi_id id, const struct exits_lives *lives)
{
    return exits_kpi_difference(id, lives, NULL);
}

double exits_share_left(const struct exits_lives *l)
{
    size_t left = 0;
    for (size_t i = 0; i < l->count; i++)
        left += l->at[i].exit_ms != MOMENT_NONE;
    return l->count ? (double)left / (double)l->count : NO_VALUE;
}

/* Three decimals below ten, without the zero before the point; one above. */
const char *exits_number(double v, char out[EXITS_CELL])
{
    char text[32];
    if (isnan(v))
        return "-";
    snprintf(text, sizeof(text), fabs(v) < 9.9995 ? "%.3f" : "%.1f", fabs(v));
    const char *digits = text[0] == '0' ? text + 1 : text;
    bool zero = strspn(text, "0.") == strlen(text);
    snprintf(out, EXITS_CELL, "%s%s", v < 0 && !zero ? "-" : "", digits);
    return out;
}

const char *exits_cell(const struct kpi_result *r, char out[EXITS_CELL])
{
    char value[EXITS_CELL], lo[EXITS_CELL], hi[EXITS_CELL];

    if (!value_usable(r->value))
        return "-";
    exits_number(r->value.v, value);
    if (value_usable(r->lo) && value_usable(r->hi))
        snprintf(out, EXITS_CELL, "%.12s [%.12s, %.12s]", value,
                 exits_number(r->lo.v, lo), exits_number(r->hi.v, hi));
    else
        snprintf(out, EXITS_CELL, "%.12s [-]", value);
    return out;
}
