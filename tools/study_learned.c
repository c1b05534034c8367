#include "tools/study_learned.h"

#include <math.h>

#include "tools/study_doc.h"

/* What a sigma toward the edge, or a unit of excitement, adds to the logit. */
static void say_terms(struct text *t, const struct learned *l)
{
    study_say(t,
              "\n| try | lessons | own 1 h | 4 h | 24 h | market 1 h | 4 h | "
              "excited |");
    study_say(t, "|---|---|---|---|---|---|---|---|");
    for (int k = TRIES_PLAIN; k < TRIES; k++) {
        text_printf(t, "| %s | %zu |", tries[k].name, l->lessons[k]);
        for (int i = 0; i < AROUND_TERMS; i++)
            if (tries[k].more & TERM(i))
                text_printf(t, " %+.4f |", l->logit[k].c[i]);
            else
                text_puts(t, " - |");
        text_puts(t, "\n");
    }
}

static void say_sigmas(struct text *t, const struct learned *l)
{
    study_say(t,
              "\n| sigma | level | 1 h | 4 h | 1 d | 1 w | 30 d | EWMA 24 h | "
              "fast | slow |");
    study_say(t, "|---|---|---|---|---|---|---|---|---|---|");
    for (int v = VOL_THREE; v < VOL_KINDS; v++) {
        const struct slopes *s = &l->vol[v];
        const struct har_kind *kind = &vol_kinds[v];
        double lo = HUGE_VAL, hi = -HUGE_VAL;
        for (int h = 0; h < (kind->by_hour ? FIT_GROUPS : 1); h++) {
            lo = fmin(lo, s->level[h]);
            hi = fmax(hi, s->level[h]);
        }
        text_printf(t, "| %s | %.3f to %.3f |",
                    v == VOL_THREE ? "three EWMAs"
                    : v == VOL_HAR ? "HAR"
                                   : "HAR with hours",
                    lo, hi);
        for (int i = 0; i < HAR_TERMS; i++)
            if (i < kind->first || i >= kind->first + kind->terms)
                text_puts(t, " - |");
            else
                text_printf(t, " %.4f |", s->slope[i - kind->first]);
        text_puts(t, "\n");
    }
}

void learned_say(struct text *t, const struct learned *first,
                 const struct learned *l, const char *what)
{
    study_say(t, "\n## What was learned before %s\n", what);
    study_say(t,
              "From %zu questions, every fourth hour of the grids before it; "
              "beside them what the first quarter had to go by. Outside: "
              "%.3f.\n",
              l->questions, l->outside);
    study_say(t, "| try | b0 | b1 | b2 | first quarter |");
    study_say(t, "|---|---|---|---|---|");
    for (int k = 1; k < TRIES; k++) {
        const double *b = l->logit[k].b, *a = first->logit[k].b;
        study_say(t, "| %s | %.3f | %.3f | %.3f | %.3f, %.3f, %.3f |",
                  tries[k].name, b[0], b[1], b[2], a[0], a[1], a[2]);
    }
    say_terms(t, l);
    say_sigmas(t, l);
}
