/* gridwatch kpi: the lives of one grid, read back from the record. */
#include "cli/kpi_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backtest/cohort.h"
#include "cli/story_read.h"
#include "replay/open_document.h"
#include "replay/reel.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

/* One life while it is read. */
struct telling {
    struct grid grid; /* as its first slot read it */
    bool changed;
    struct past_slot *slots; /* owned */
    size_t count;
};

struct reading {
    struct kpi_record *k;
    struct kpi_message *messages; /* owned, as the rest: */
    struct past_message *past;    /* the same ones */
    size_t message_count;
    struct kpi_act *acts;
    size_t act_count;
    struct telling *lives;
    size_t life_count;
    struct grid grid; /* of the newest slot */
    char blob[STORE_ID_SIZE];
    struct exit_document document; /* of the newest slot */
};

void kpi_record_init(struct kpi_record *k, const struct context *c)
{
    k->now_ms = c->at_ms == MOMENT_NONE ? clock_wall_ms() : c->at_ms;
    for (int i = 0; i < SERVICE_COUNT; i++)
        k->service[i].how = kpi_service_table[i].how;
}

void kpi_record_release(struct kpi_record *k)
{
    for (int i = 0; i < SERVICE_COUNT; i++)
        free(k->service[i].list);
    free(k->lives);
    *k = (struct kpi_record){ 0 };
}

/* --- The story -------------------------------------------------------------
 */

static void add_act(struct reading *r, int64_t at_ms, enum kpi_act_kind kind)
{
    r->acts = xrealloc(r->acts, r->act_count + 1, sizeof(*r->acts));
    r->acts[r->act_count++] = (struct kpi_act){ at_ms, kind };
}

static void take_hand(struct reading *r, const struct story_event *e)
{
    if (e->hand_event == GRID_STOPPED || e->hand_event == GRID_EXITED)
        add_act(r, e->at_ms, ACT_LEFT);
    else if (e->hand_event == GRID_ACKNOWLEDGED)
        add_act(r, e->at_ms, ACT_ACKNOWLEDGED);
}

/* The account shows an exit later than it was: its last sale tells when. */
static void take_act(struct reading *r, const struct story_event *e)
{
    const struct operator_document *d = &e->of.operator_act;
    int64_t sold_ms = d->sale.until_ms;

    if (e->by_hand)
        take_hand(r, e);
    else if (d->action == OPERATOR_STOP)
        add_act(r, d->at_ms, ACT_LEFT);
    else if (d->action == OPERATOR_EXITED)
        add_act(r, sold_ms != MOMENT_NONE && sold_ms > 0 ? sold_ms : d->seen_ms,
                ACT_LEFT);
    else if (d->action == OPERATOR_RETURNED)
        add_act(r, d->at_ms, ACT_RETURNED);
    else if (d->action == OPERATOR_ACKNOWLEDGE)
        add_act(r, d->at_ms, ACT_ACKNOWLEDGED);
}

static void take_message(struct reading *r, const struct story_event *e)
{
    const struct intent *i = &e->of.intent.intent;
    struct kpi_message m = { e->at_ms, i->state, "" };
    size_t room = r->message_count + 1;

    if (i->reason == ALERT_FAULT || i->reason == ALERT_MENDED)
        return;
    memcpy(m.tag, i->tag, sizeof(m.tag));
    r->messages = xrealloc(r->messages, room, sizeof(*r->messages));
    r->past = xrealloc(r->past, room, sizeof(*r->past));
    r->past[r->message_count] = (struct past_message){ i->slot_ms, i->state };
    r->messages[r->message_count++] = m;
}

static void take_event(const struct story_event *e, void *payload)
{
    struct reading *r = payload;

    kpi_service_message(r->k, e);
    if (e->kind == STORY_OPERATOR)
        take_act(r, e);
    if (e->kind == STORY_MESSAGE)
        take_message(r, e);
}

static int read_story(struct reading *r, struct store *store,
                      const struct grid *g, struct error *err)
{
    struct story_wish wish = { .grid = g->id,
                               .span = { INT64_MIN, INT64_MAX } };
    struct story_reader reader = { .store = NULL };

    wish.kinds[STORY_MESSAGE] = wish.kinds[STORY_OPERATOR] = true;
    int rc = story_open(store, &wish, &reader, err);
    for (size_t i = 0; !rc && i < reader.days.count; i++)
        rc = story_day(&reader, i, take_event, r, err);
    story_close(&reader);
    return rc;
}

/* --- The slots -------------------------------------------------------------
 */

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* The KPIs know one range, one stop and one capital of a life. */
static bool is_same(const struct grid *a, const struct grid *b)
{
    return same(a->lower, b->lower) && same(a->upper, b->upper) &&
           same(a->stop.below, b->stop.below) &&
           same(a->stop.above, b->stop.above) && same(a->capital, b->capital);
}

static struct telling *life_at(struct reading *r, int64_t life_ms)
{
    struct telling *newest =
        r->life_count ? &r->lives[r->life_count - 1] : NULL;

    if (newest && grid_life_ms(&newest->grid) == life_ms)
        return newest;
    r->lives = xrealloc(r->lives, r->life_count + 1, sizeof(*r->lives));
    newest = &r->lives[r->life_count++];
    *newest = (struct telling){ .grid = r->grid };
    return newest;
}

static double number(struct value v)
{
    return value_usable(v) ? v.v : NO_VALUE;
}

static void tell(struct telling *t, const struct exit_document *d)
{
    const struct evaluation *e = &d->evaluation;
    const struct position *p = &d->position.is;

    t->slots = xrealloc(t->slots, t->count + 1, sizeof(*t->slots));
    t->slots[t->count++] = (struct past_slot){
        .word = { e->slot_ms, e->verdict.state, e->side,
                  trial_reason(e, d->mode), -1 },
        .e = number(p->pnl.e.nominal),
        .realised = number(p->realised.nominal),
        .peak = number(p->pnl.peak.nominal),
        .backfilled = d->backfilled,
    };
}

/* All of what the slot said: the reel itself reads what entered it alone. */
static int read_verdict(struct reading *r, const struct reel_exit *x,
                        struct error *err)
{
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];

    if (!document_parse(RECORD_EXIT, text_str(&x->bytes), x->bytes.len,
                        &r->document, &complaints))
        return 0;
    complaint_format(&complaints.list[0], why);
    return error_set(err, FAULT_DATA, "'%s': %s", x->path, why);
}

static int take_slot(struct reading *r, struct store *store,
                     const struct reel_exit *x, struct error *err)
{
    const struct exit_document *d = &r->document;

    if (read_verdict(r, x, err))
        return -1;
    if (strcmp(r->blob, d->inputs.grid_blob) != 0 &&
        open_grid_blob(store, d->inputs.grid_blob, &r->grid, err))
        return -1;
    memcpy(r->blob, d->inputs.grid_blob, sizeof(r->blob));
    int64_t life_ms = grid_life_ms(&r->grid);
    if (life_ms == MOMENT_NONE)
        return 0;
    struct telling *t = life_at(r, life_ms);
    t->changed = t->changed || !is_same(&t->grid, &r->grid);
    if (d->inputs.acknowledged_ms > 0)
        add_act(r, d->inputs.acknowledged_ms, ACT_ACKNOWLEDGED);
    tell(t, d);
    return 0;
}

/* --- Lives -----------------------------------------------------------------
 */

static int64_t next_start(const struct reading *r, size_t i)
{
    return i + 1 < r->life_count ? grid_life_ms(&r->lives[i + 1].grid)
                                 : INT64_MAX;
}

static int64_t left_ms(const struct reading *r, size_t i)
{
    int64_t from_ms = grid_life_ms(&r->lives[i].grid), left = MOMENT_NONE;

    for (size_t a = 0; a < r->act_count; a++) {
        const struct kpi_act *act = &r->acts[a];
        if (act->at_ms < from_ms || act->at_ms >= next_start(r, i))
            continue;
        if (act->kind == ACT_RETURNED)
            left = MOMENT_NONE;
        else if (act->kind == ACT_LEFT && left == MOMENT_NONE)
            left = act->at_ms;
    }
    return left;
}

/* A slot is due once it is over, while the grid is not left. */
static void count_slots(const struct reading *r, size_t i)
{
    const struct telling *t = &r->lives[i];
    int64_t start_ms = grid_life_ms(&t->grid), end_ms = left_ms(r, i);
    double due = 0, is[3] = { 0 };

    if (end_ms == MOMENT_NONE)
        end_ms = next_start(r, i);
    if (end_ms > r->k->now_ms - MS_PER_SLOT)
        end_ms = r->k->now_ms - MS_PER_SLOT;
    int64_t first_ms = moment_floor(start_ms, MS_PER_SLOT) + MS_PER_SLOT;
    if (end_ms >= first_ms)
        due = (double)((end_ms - first_ms) / MS_PER_SLOT + 1);
    for (size_t s = 0; s < t->count; s++) {
        const struct past_slot *x = &t->slots[s];
        if (x->word.slot_ms < first_ms || x->word.slot_ms > end_ms)
            continue;
        is[0]++;
        is[1] += !x->backfilled;
        is[2] += x->word.state != STATE_UNKNOWN;
    }
    for (int j = 0; j < 3 && due > 0; j++)
        kpi_cases_add(&r->k->service[SERVICE_RECORDED + j],
                      &(struct kpi_case){ is[j], due, life_week(start_ms) });
}

/* The grid as of the slot of its start, of the bars that are known now. */
static void plan_of(const struct grid *g, const struct series series[TF_COUNT],
                    int32_t symbol, struct trial_plan *out)
{
    const struct market_facts facts = { MARKET_OPEN, false, false, NO_VALUE,
                                        MOMENT_NONE };
    struct market_view *view = xcalloc(1, sizeof(*view));
    struct measure_work *work = xcalloc(1, sizeof(*work));
    struct snapshot *now = xcalloc(1, sizeof(*now));

    measure_work_init(work);
    market_view_advance(series, moment_floor(grid_life_ms(g), MS_PER_SLOT),
                        &facts, 0, view);
    snapshot_take(view, work, now);
    cohort_adopt(g, now, out);
    out->symbol = symbol;
    free(now);
    free(work);
    free(view);
}

static void add_life(struct reading *r, size_t i,
                     const struct series series[TF_COUNT])
{
    struct kpi_record *k = r->k;
    const struct telling *t = &r->lives[i];
    int64_t start_ms = grid_life_ms(&t->grid);
    struct trial_plan plan;
    struct life life;

    if (start_ms < k->span.from_ms || start_ms >= k->span.to_ms)
        return;
    count_slots(r, i);
    if (t->changed) {
        k->changed++;
        return;
    }
    plan_of(&t->grid, series, k->number, &plan);
    const struct past past = { .plan = &plan,
                               .window_ms = KPI_WINDOW_MS,
                               .left_ms = left_ms(r, i),
                               .slots = t->slots,
                               .slot_count = t->count,
                               .messages = r->past,
                               .message_count = r->message_count,
                               .fifteen = series[TF_15M],
                               .hours = series[TF_1H] };
    if (!past_life(&past, &life)) {
        k->without_bars++;
        return;
    }
    k->lives = xrealloc(k->lives, k->life_count + 1, sizeof(*k->lives));
    k->lives[k->life_count++] = life;
}

static void add_lives(struct reading *r, const struct reel *reel)
{
    struct series series[TF_COUNT];

    tape_series(&reel->tape, series);
    for (size_t i = 0; i < r->life_count; i++)
        add_life(r, i, series);
}

static int read_slots(struct reading *r, struct store *store,
                      const struct grid *g, struct error *err)
{
    struct reel *reel;
    int rc = reel_open_grid(store, g, &reel, err);

    if (rc)
        return -1;
    while ((rc = reel_next(reel, err)) == 1)
        for (size_t i = 0; i < reel->exit_count && rc == 1; i++)
            if (reel->exits[i].there &&
                strcmp(reel->exits[i].grid, g->id) == 0 &&
                take_slot(r, store, &reel->exits[i], err))
                rc = -1;
    if (!rc)
        add_lives(r, reel);
    reel_close(reel);
    return rc < 0 ? -1 : 0;
}

int kpi_record_add(struct kpi_record *k, struct store *store,
                   const struct grid *g, struct error *err)
{
    struct reading *r = xcalloc(1, sizeof(*r));

    r->k = k;
    int rc = read_story(r, store, g, err);
    if (!rc)
        rc = read_slots(r, store, g, err);
    if (!rc)
        kpi_service_acknowledged(k, r->messages, r->message_count, r->acts,
                                 r->act_count);
    k->grids++;
    k->number++;
    for (size_t i = 0; i < r->life_count; i++)
        free(r->lives[i].slots);
    free(r->lives);
    free(r->messages);
    free(r->past);
    free(r->acts);
    free(r);
    return rc ? error_wrap(err, "grid '%s'", g->id) : 0;
}
