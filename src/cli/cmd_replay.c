/* gridwatch replay: what another profile or configuration would have said of a
 * grid's recorded slots. Reads the record and changes nothing in it; the
 * position of a slot is the recorded one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/command.h"
#include "cli/evaluations.h"
#include "cli/replay_json.h"
#include "cli/replay_tally.h"
#include "config/for_grid.h"
#include "replay/reel.h"
#include "run/edit.h"
#include "sys/xmalloc.h"

struct replaying {
    const struct context *context;
    struct store *store;
    struct grid grid;              /* as its file is today */
    struct grid then;              /* as the slot at hand read it */
    char then_blob[STORE_ID_SIZE]; /* of `then`, or "": it is today's */
    struct config_grid strategy;
    struct exit_memory memory;
    struct evaluation now;
    struct replay_tally tally;
    size_t slots, changes;
    size_t by_today;               /* slots whose own file cannot be read */
    size_t in[STATE_COUNT];        /* slots in each state, */
    size_t regimes[REGIME_LABELS]; /* with each regime, */
    size_t gates[GATE_GROUPS + 1]; /* with each gate passed, */
    size_t open;                   /* with all of them passed */
    struct text evaluations;
    struct error failed; /* why they cannot be written */
};

enum { OPT_PROFILE, OPT_EVALUATIONS };

static const char *given(const struct context *c, int option)
{
    return c->args->value[1][option];
}

static int choose(struct replaying *p, struct error *err)
{
    const struct context *c = p->context;
    const char *word = given(c, OPT_PROFILE);

    if (config_for_grid(c->config, &p->grid, &p->strategy, err))
        return -1;
    if (!word)
        return 0;
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (strcmp(word, profile_name((enum profile)i)) != 0)
            continue;
        p->strategy.exit.profile = (enum profile)i;
        return 0;
    }
    return error_set(err, FAULT_USAGE,
                     "--profile is '%.40s', but must be calibrated or seed",
                     word);
}

static void put_reasons(const struct verdict *v, struct text *out)
{
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (v->triggers[i].answer == ANSWER_YES)
            text_printf(out, " %s", triggers[i].id);
    if (v->together.answer == ANSWER_YES)
        text_puts(out, " (warnings together)");
    if (v->held)
        text_puts(out, " (held)");
}

static void show_text(const struct evaluation *e)
{
    struct text out = TEXT_INIT(1024);
    char slot[MOMENT_TEXT];
    moment_format(e->slot_ms, slot);
    text_printf(&out, "%s  %-22s", slot, exit_state_name(e->verdict.state));
    if (value_usable(e->hazard.pi))
        text_printf(&out, "  pi %.4f", e->hazard.pi.v);
    text_printf(&out, "  %-10s ", regime_label_name(e->regime.pooled));
    put_reasons(&e->verdict, &out);
    printf("%s\n", text_str(&out));
    text_release(&out);
}

static void show_json(const struct evaluation *e)
{
    struct text out = TEXT_INIT(4096);
    replay_json(e, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

static void count(struct replaying *p)
{
    const struct evaluation *e = &p->now;
    p->slots++;
    p->in[e->verdict.state]++;
    p->regimes[e->regime.pooled]++;
    for (int g = 1; g <= GATE_GROUPS; g++)
        p->gates[g] += gate_group_pass(&e->gates, g) == ANSWER_YES;
    p->open += gates_open(&e->gates);
}

/* Range and stop of a life are those of its time: the slot names the file that
 * it read. */
static void take_grid(struct replaying *p, const char *blob)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };

    if (!p->then_blob[0] || strcmp(blob, p->then_blob) != 0) {
        bool read = store_read_blob(p->store, blob, &data, NULL) == 0 &&
                    document_parse(RECORD_GRID, text_str(&data), data.len,
                                   &p->then, &complaints) == 0;
        if (!read)
            p->then = p->grid;
        snprintf(p->then_blob, sizeof(p->then_blob), "%s", read ? blob : "");
    }
    p->by_today += !p->then_blob[0];
    text_release(&data);
}

static void step(struct replaying *p, const struct reel *r,
                 const struct reel_exit *x)
{
    struct position position = x->document.position.is;
    const struct evaluate_inputs in = {
        .now = &r->snapshot,
        .grid = &p->then,
        .position = &position,
        .outside = &x->document.inputs.outside,
        .memory = &p->memory,
        .config = &p->strategy.exit,
        .gates = &p->strategy.gate,
    };
    bool first = p->memory.slot_ms == MOMENT_NONE;

    position.reason = x->document.position.reason;
    take_grid(p, x->document.inputs.grid_blob);
    evaluate(&in, &p->now, &p->memory);
    if (given(p->context, OPT_EVALUATIONS) && p->failed.fault == FAULT_NONE)
        evaluations_add(&p->evaluations, r->symbol, &p->now, &p->then,
                        &p->strategy.exit, &p->failed);
    count(p);
    replay_tally_step(&p->tally, &p->now, &p->then, &x->document, &p->strategy,
                      &p->context->config->alert);
    if (!first && p->now.verdict.state == p->now.verdict.previous)
        return;
    p->changes++;
    if (p->context->json)
        show_json(&p->now);
    else
        show_text(&p->now);
}

static double percent(size_t part, size_t of)
{
    return of ? 100.0 * (double)part / (double)of : 0.0;
}

static void show_told(const struct replay_tally *t)
{
    size_t urgent = t->by_priority[PRIORITIES - 1];
    printf("  told    %zu messages in %.1f live grid-days", t->messages,
           replay_tally_days(t));
    if (t->live_slots)
        printf(", %.2f a day; %zu urgent, %.2f a day",
               replay_tally_rate(t, t->messages), urgent,
               replay_tally_rate(t, urgent));
    printf(t->messages ? "\n         " : "");
    for (int i = 0; i < ALERT_REASON_COUNT; i++)
        if (t->by_reason[i] && alert_reason_sends((enum alert_reason)i))
            printf(" %s %zu ", alert_reason_name((enum alert_reason)i),
                   t->by_reason[i]);
    printf("\n");
}

static void summarise_json(const struct replaying *p)
{
    struct text out = TEXT_INIT(4096);
    replay_summary_json(p->grid.id, p->strategy.exit.profile, p->slots,
                        p->by_today, &p->tally, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

static void summarise(const struct replaying *p)
{
    if (p->context->json)
        summarise_json(p);
    if (p->context->json || p->context->quiet)
        return;
    printf("%s, profile %s: %zu slots, %zu changes\n  state  ", p->grid.id,
           profile_name(p->strategy.exit.profile), p->slots,
           p->changes ? p->changes - 1 : 0);
    for (int i = 0; i < STATE_COUNT; i++)
        if (p->in[i])
            printf(" %s %.1f h ", exit_state_name((enum exit_state)i),
                   (double)p->in[i] / 4.0);
    printf("\n  regime ");
    for (int i = 0; i < REGIME_LABELS; i++)
        if (p->regimes[i])
            printf(" %s %.0f %% ", regime_label_name((enum regime_label)i),
                   percent(p->regimes[i], p->slots));
    printf("\n  gates  ");
    for (int g = 1; g <= GATE_GROUPS; g++)
        printf(" G%d %.0f %% ", g, percent(p->gates[g], p->slots));
    printf(" all %.0f %%\n", percent(p->open, p->slots));
    show_told(&p->tally);
    if (p->by_today)
        printf("  %zu slots by the range of today: the grid's file that they "
               "read is lost\n",
               p->by_today);
}

static int wind(struct replaying *p, struct error *err)
{
    struct reel *r;
    int rc = reel_open_grid(p->store, &p->grid, &r, err);

    if (rc)
        return -1;
    while ((rc = reel_next(r, err)) == 1)
        for (size_t i = 0; i < r->exit_count; i++)
            if (r->exits[i].there &&
                strcmp(r->exits[i].grid, p->grid.id) == 0) {
                reel_regard(r, &r->exits[i]);
                step(p, r, &r->exits[i]);
            }
    reel_close(r);
    return rc;
}

static int write_evaluations(const struct replaying *p, struct error *err)
{
    const char *path = given(p->context, OPT_EVALUATIONS);

    if (!path)
        return 0;
    if (p->failed.fault == FAULT_NONE)
        return text_write_file(&p->evaluations, path, err);
    *err = p->failed;
    return -1;
}

enum run_exit cmd_replay(const struct context *c, struct error *err)
{
    struct replaying *p = xcalloc(1, sizeof(*p));
    p->context = c;
    p->memory = exit_memory_new();
    p->tally = replay_tally_new();
    p->evaluations = (struct text)TEXT_INIT(EVALUATIONS_MAX);

    int rc = run_open_store(c->config, false, &p->store, err);
    if (!rc)
        rc = edit_read_grid(p->store, c->args->words[0], &p->grid, err);
    if (!rc)
        rc = choose(p, err);
    if (!rc)
        rc = wind(p, err);
    if (!rc)
        rc = write_evaluations(p, err);
    if (!rc)
        summarise(p);
    text_release(&p->evaluations);
    store_free(p->store);
    free(p);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
