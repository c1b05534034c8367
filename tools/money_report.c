#include "tools/money_report.h"

#include <stdio.h>

#include "tools/study_doc.h"

#define UPPER_LEAST .99

static const struct {
    const char *key, *what;
} figures[MONEY_FIGURES] = {
    [MONEY_BOOKS] = { "books", "base, cash, cost, realised, fees; decimals" },
    [MONEY_AVERAGE] = { "average", "average cost; a decimal" },
    [MONEY_SHOWN] = { "shown", "the same figures of a position" },
    [MONEY_NET] = { "net", "net PnL, unrealised, peak, drawdown" },
    [MONEY_AT_RISK] = { "at_risk", "capital at risk, and its simple form" },
};

void money_report_grid(struct money_report *r, const struct money_grid *g)
{
    const struct bar *begins = &g->market->book.bars[g->first];
    double price = begins->close;
    int cells = g->bot.cells;

    r->cells_least =
        r->grids && r->cells_least < cells ? r->cells_least : cells;
    r->cells_most = r->cells_most > cells ? r->cells_most : cells;
    r->price_least =
        r->grids && r->price_least < price ? r->price_least : price;
    r->price_most = r->price_most > price ? r->price_most : price;
    r->grids++;
    r->recorded += g->market->recorded;
    r->geometric += g->bot.geometric;
    r->stops += g->bot.stop > 0;
    r->inside += g->inside;
    r->base += g->other == SIM_FEE_BASE;
    r->other += g->other == SIM_FEE_OTHER;
}

long money_report_failures(const struct money_report *r)
{
    const struct money_modelled *m = &r->modelled;
    long n =
        r->refused + m->sure.inventory + m->sure.lower + m->unpaid.inventory;
    for (int i = 0; i < MONEY_FIGURES; i++)
        n += r->found.wrong[i];
    return n;
}

static bool is_empty(const struct money_report *r)
{
    return !r->fills || !r->modelled.sure.bars ||
           !r->found.compared[MONEY_AT_RISK];
}

/* --- The table ------------------------------------------------------------ */

static void say_exchange(struct text *t, const struct money_report *r)
{
    study_say(t, "| by the fills | compared | different | farthest |");
    study_say(t, "|---|---|---|---|");
    for (int i = 0; i < MONEY_FIGURES; i++)
        study_say(t, "| %s | %ld | %ld | %.1e |", figures[i].what,
                  r->found.compared[i], r->found.wrong[i],
                  r->found.farthest[i]);
    text_puts(t, "\n");
}

static void say_outside(struct text *t, const char *what,
                        const struct money_outside *o)
{
    study_say(t, "| %s | %ld | %ld | %ld |", what, o->bars, o->inventory,
              o->lower);
}

static void say_model(struct text *t, const struct money_report *r)
{
    const struct money_modelled *m = &r->modelled;

    study_say(t,
              "| by the model | slots | inventory outside | net PnL below |");
    study_say(t, "|---|---|---|---|");
    say_outside(t, "start price known, rounds pay their fees", &m->sure);
    say_outside(t, "start price known, a round does not pay", &m->unpaid);
    text_puts(t, "\n");
    study_say(t,
              "Capital at risk lay below its lower end at %ld, above its upper "
              "end at %ld of %ld slots; at %ld slots the model did not stand "
              "at the newest bar.",
              m->risk_low, m->risk_high, m->risks, m->late);
    text_puts(t, "\n");
}

static void say_widths(struct text *t, const struct money_report *r)
{
    study_say(t,
              "| slots | n | grids | inventory: mean, 95 %% | net PnL: mean, "
              "95 %% | upper end held | in all of a grid's slots |");
    study_say(t, "|---|---|---|---|---|---|---|");
    for (const struct money_class *k = money_classes; k->name; k++) {
        struct money_widths w = money_cover_of(&r->cover, k);
        if (!w.bars)
            continue;
        study_say(t,
                  "| %s | %zu | %zu | %.2f %%, %.2f %% | %.3f %%, %.3f %% | "
                  "%.3f %% [%.2f, %.2f] | %.1f %% [%.1f, %.1f] |",
                  k->name, w.bars, w.grids, 100 * w.base_mean, 100 * w.base_95,
                  100 * w.e_mean, 100 * w.e_95, 100 * w.bars_held.share,
                  100 * w.bars_held.low, 100 * w.bars_held.high,
                  100 * w.grids_held.share, 100 * w.grids_held.low,
                  100 * w.grids_held.high);
    }
    text_puts(t, "\n");
}

static void say_all(struct text *t, const struct money_report *r)
{
    study_say(t,
              "%ld grids, %ld of them in recorded bars of %d files; %ld "
              "geometric, %ld with a stop, %ld begun inside a bar; %d to %d "
              "levels, prices of %.4g to %.6g. %ld closes of a bot and %ld "
              "fills compared: half of them with fees in quote, %ld grids' "
              "others in base, %ld in a third currency.",
              r->grids, r->recorded, r->files, r->geometric, r->stops,
              r->inside, r->cells_least, r->cells_most, r->price_least,
              r->price_most, r->bars, r->fills, r->base, r->other);
    text_puts(t, "\n");
    say_exchange(t, r);
    say_model(t, r);
    say_widths(t, r);
}

/* --- JSON ----------------------------------------------------------------- */

static void json_outside(FILE *f, const char *key,
                         const struct money_outside *o)
{
    fprintf(f,
            "    \"%s\": { \"slots\": %ld, \"inventory\": %ld, "
            "\"lower\": %ld },\n",
            key, o->bars, o->inventory, o->lower);
}

static void json_share(FILE *f, const char *key, struct money_share s)
{
    fprintf(f, ", \"%s\": { \"share\": %.9g, \"low\": %.9g, \"high\": %.9g }",
            key, s.share, s.low, s.high);
}

static void json_classes(FILE *f, const struct money_cover *c)
{
    const char *comma = "";
    fprintf(f, "  \"classes\": [");
    for (const struct money_class *k = money_classes; k->name; k++) {
        struct money_widths w = money_cover_of(c, k);
        if (!w.bars)
            continue;
        fprintf(f,
                "%s\n    { \"key\": \"%s\", \"slots\": %zu, \"grids\": %zu, "
                "\"inventory_mean\": %.9g, \"inventory_95\": %.9g, "
                "\"net_mean\": %.9g, \"net_95\": %.9g, \"grids_short\": %zu",
                comma, k->key, w.bars, w.grids, w.base_mean, w.base_95,
                w.e_mean, w.e_95, w.grids_short);
        json_share(f, "upper", w.bars_held);
        json_share(f, "upper_by_grid", w.grids_held);
        fprintf(f, " }");
        comma = ",";
    }
    fprintf(f, "\n  ]\n");
}

static bool write_json(const struct money_report *r, const char *path)
{
    const struct money_modelled *m = &r->modelled;
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    fprintf(f,
            "{\n  \"grids\": %ld, \"recorded\": %ld, \"closes\": %ld, "
            "\"fills\": %ld, \"failures\": %ld,\n  \"exchange\": {\n",
            r->grids, r->recorded, r->bars, r->fills, money_report_failures(r));
    for (int i = 0; i < MONEY_FIGURES; i++)
        fprintf(f,
                "    \"%s\": { \"compared\": %ld, \"different\": %ld, "
                "\"farthest\": %.9g }%s\n",
                figures[i].key, r->found.compared[i], r->found.wrong[i],
                r->found.farthest[i], i + 1 < MONEY_FIGURES ? "," : "");
    fprintf(f, "  },\n  \"model\": {\n");
    json_outside(f, "sure", &m->sure);
    json_outside(f, "unpaid", &m->unpaid);
    fprintf(f,
            "    \"late\": %ld, \"risks\": %ld, \"risk_low\": %ld, "
            "\"risk_high\": %ld\n  },\n",
            m->late, m->risks, m->risk_low, m->risk_high);
    json_classes(f, &r->cover);
    fprintf(f, "}\n");
    bool fine = !ferror(f);
    return !fclose(f) && fine;
}

int money_report_end(const struct money_report *r, const char *json,
                     const char *doc)
{
    struct text t = STUDY_TEXT;
    struct error err = { FAULT_NONE, "" };
    struct money_widths all = money_cover_of(&r->cover, &money_classes[0]);
    int rc = money_report_failures(r) || is_empty(r) ||
             all.bars_held.share < UPPER_LEAST;

    say_all(&t, r);
    fputs(text_str(&t), stdout);
    if (!r->files)
        printf("SKIPPED recorded bars: no file was given\n");
    if (doc && r->files && study_doc_write(&t, doc, &err)) {
        fprintf(stderr, "check_money: %s\n", err.msg);
        rc = 74;
    }
    if (json && !write_json(r, json)) {
        fprintf(stderr, "check_money: cannot write '%s'\n", json);
        rc = 74;
    }
    text_release(&t);
    printf("check-money: %s\n", rc ? "FAILED" : "all that must hold holds");
    return rc;
}
