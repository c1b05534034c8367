#include "alert/why.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

#define PIECE     400  /* bytes of one reason */
#define WHY_BYTES 1400 /* of all */

static const char held[] =
    "MANDATORY_EXIT is held until hourly closes in a row are free of its cause";
static const char more[] = ", and 99 more";

int warnings_of(enum profile profile)
{
    int n = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        n += triggers[i].together && triggers[i].rule[profile].ask;
    return n;
}

void warnings_put(struct draft *d, const struct evaluation *e)
{
    const struct together *t = &e->verdict.together;
    const char *bars = t->held == 1 ? "bar" : "bars";
    draft_put(d, "%" PRId64 " of %d warnings", t->yes, warnings_of(e->profile));
    if (t->answer == ANSWER_YES)
        draft_put(d, " for %" PRId64 " %s", t->held, bars);
    else if (t->answer == ANSWER_UNKNOWN)
        draft_put(d, ", %" PRId64 " unknown", t->unknown);
    else if (t->held > 0)
        draft_put(d, ", for %" PRId64 " %s only", t->held, bars);
    else
        draft_put(d, ", not enough");
}

struct why {
    struct draft *d;
    const struct evaluation *e;
    const struct grid *grid;
    enum reason_form form;
    const struct zone *zone; /* that closes are told in; NULL: UTC alone */
    struct reason_closes closes;
    size_t left; /* code points, what must follow already taken off */
    int said, skipped;
    bool warned; /* the warnings have begun */
};

static const char *lead(const struct why *w)
{
    return w->e->verdict.state == STATE_NORMAL ? "Still true: " : "Why: ";
}

static void say(struct why *w, int id)
{
    char text[PIECE] = "";
    struct draft piece = { text, sizeof(text), 0, w->d->now_ms, w->d->zone };
    struct reason_closes closes = w->closes;
    bool warning = triggers[id].together;
    const struct reason r = { w->e, w->grid, (enum trigger_id)id,
                              warning ? REASON_SHORT : w->form };

    draft_put(&piece, "%s", !w->said ? lead(w) : w->warned ? ", " : "; ");
    if (warning && !w->warned) {
        warnings_put(&piece, w->e);
        draft_put(&piece, ": ");
    }
    reason_put(&piece, &r, &closes);
    size_t points = utf8_count(text);
    if (w->skipped || points > w->left) {
        w->skipped++;
        return;
    }
    draft_put(w->d, "%s", text);
    w->left -= points;
    w->closes = closes;
    w->warned = warning;
    w->said++;
}

static void say_all(struct why *w, bool together)
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (w->e->verdict.triggers[i].answer == ANSWER_YES &&
            triggers[i].together == together)
            say(w, i);
    }
}

/* As why_put(); `said` is how many rows are named. */
static int put_rows(struct draft *d, const struct evaluation *e,
                    const struct grid *grid, enum reason_form form,
                    size_t points, int *said)
{
    struct why w = { .d = d, .e = e, .grid = grid, .form = form };
    size_t tail = strlen(more) + strlen(".\n");
    if (e->verdict.held)
        tail += strlen("Why: ") + strlen(held);
    w.left = points > tail ? points - tail : 0;

    say_all(&w, false);
    say_all(&w, true);
    if (w.skipped)
        draft_put(d, w.said ? ", and %d more" : "Why: %d triggers say yes",
                  w.skipped);
    if (e->verdict.held)
        draft_put(d, "%s%s", w.said || w.skipped ? "; " : "Why: ", held);
    if (w.said || w.skipped || e->verdict.held)
        draft_put(d, ".\n");
    *said = w.said;
    return w.skipped;
}

int why_put(struct draft *d, const struct evaluation *e,
            const struct grid *grid, enum reason_form form, size_t points)
{
    int said;
    return put_rows(d, e, grid, form, points, &said);
}

void why_put_literal(struct draft *d, const struct evaluation *e,
                     bool short_form)
{
    int count = 0;
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!e->verdict.literal[i] ||
            e->verdict.triggers[i].answer == ANSWER_YES)
            continue;
        if (!count++)
            draft_put(d, "Literal rules true: ");
        else if (!short_form)
            draft_put(d, ", ");
        draft_put(d, "%s", short_form ? "" : triggers[i].id);
    }
    if (count && short_form)
        draft_put(d, "%d", count);
    if (count)
        draft_put(d, ".\n");
}

/* One way to say it. Returns how many rows found no room. */
static int try_to_say(struct why *how, bool short_literal, size_t points,
                      char reasons[WHY_BYTES], char rules[PIECE])
{
    struct draft why = { reasons, WHY_BYTES, 0, how->d->now_ms, how->zone };
    struct draft literal = { rules, PIECE, 0, how->d->now_ms, how->zone };
    reasons[0] = rules[0] = '\0';
    why_put_literal(&literal, how->e, short_literal);
    if (utf8_count(rules) > points / 3) { /* they are not the reason */
        literal.len = 0;
        why_put_literal(&literal, how->e, true);
    }
    size_t taken = utf8_count(rules);
    size_t room = points > taken ? points - taken : 0;
    return put_rows(&why, how->e, how->grid, how->form, room, &how->said);
}

bool why_put_all(struct draft *d, const struct evaluation *e,
                 const struct grid *grid, size_t points)
{
    char reasons[WHY_BYTES], rules[PIECE];
    struct why how = {
        .d = d, .e = e, .grid = grid, .form = REASON_FULL, .zone = d->zone
    };

    int skipped = try_to_say(&how, false, points, reasons, rules);
    how.form = REASON_SHORT;
    if (skipped)
        skipped = try_to_say(&how, false, points, reasons, rules);
    if (skipped && how.zone) {
        how.zone = NULL;
        skipped = try_to_say(&how, false, points, reasons, rules);
    }
    /* The names of the rules go only if a row comes in for them. */
    if (skipped && try_to_say(&how, true, points, reasons, rules) >= skipped)
        try_to_say(&how, false, points, reasons, rules);
    draft_put(d, "%s%s", reasons, rules);
    return how.said > 0 || !skipped;
}
