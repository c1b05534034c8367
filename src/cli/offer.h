/* cli/offer.h - a proposal with what speaks for and against it, ready to be
 * told. `gridwatch grid propose` makes one.
 */
#ifndef CLI_OFFER_H
#define CLI_OFFER_H

#include "gate/propose.h"
#include "metrics/metric.h"
#include "regime/regime.h"
#include "regime/score.h"
#include "sys/text.h"

#define OFFER_HOURS 24 /* that the history of a metric reaches back */

struct offer {
    int64_t slot_ms, close_ms;
    double kappa;      /* that was asked for */
    double fee;        /* of one fill */
    double tick;       /* price step that the prices were put on */
    bool tick_guessed; /* the exchange did not tell it */
    bool trading, special_treatment;
    struct metric_row day[OFFER_HOURS + 1]; /* hour by hour, the last now */
    struct scores scores_1h;
    struct regime regime;
    struct proposal p;
    const char *config, *exit_config; /* files that were named, or NULL */
};

/* The metrics that each theme is about; returns how many. THEME_TERMS has
 * none. */
size_t offer_metrics(enum gate_theme theme, const enum metric_id **out);

/* Lowest and highest usable value of the day, now included; NO_VALUE without
 * any. */
void offer_day(const struct offer *o, enum metric_id id, double *low,
               double *high);

/* A name for the grid: the symbol and the day, "btc-usdt-0210". */
void offer_id(const struct offer *o, char id[GRID_ID_MAX]);

/* All append. The command that starts this grid, to be pasted into a shell. */
void offer_command(const struct offer *o, struct text *out);
/* What should not be overlooked, one call of `put` each. */
void offer_remarks(const struct offer *o,
                   void (*put)(void *payload, const char *remark),
                   void *payload);
void offer_screen(const struct offer *o, struct text *out);
void offer_json(const struct offer *o, struct text *out); /* one line */

#endif
