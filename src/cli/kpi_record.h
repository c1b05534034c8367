/* cli/kpi_record.h - what the KPIs of a data repository are made of: the lives
 * of its grids (backtest/past_life.h), and how well it served.
 *
 * kpi_record.c reads the record, kpi_service.c counts what was sent and
 * answered, kpi_told.c and kpi_record_json.c tell it.
 */
#ifndef CLI_KPI_RECORD_H
#define CLI_KPI_RECORD_H

#include "backtest/past_life.h"
#include "cli/command.h"
#include "cli/span.h"
#include "cli/story_event.h"
#include "hindsight/kpi.h"
#include "store/store.h"

/* At least so long a grid that was left is followed, as in a backtest. */
#define KPI_WINDOW_MS (10 * MS_PER_DAY)
#define KPI_DRAWS     1000 /* of the bootstrap, */
#define KPI_SEED      1    /* and its seed, as in a backtest */

/* What has no other home in hindsight/: rows of one figure. Weeks are drawn
 * together, as those of the KPIs. */
struct kpi_case {
    double num, den;
    int32_t week;
};
struct kpi_cases {
    enum statistic how;
    struct kpi_case *list; /* owned */
    size_t count;
    size_t undefined, pending;
};

enum kpi_service {
    SERVICE_FIRST_TRY,   /* share of messages by channel */
    SERVICE_ACKNOWLEDGE, /* minutes; who has not yet is cut off */
    SERVICE_RECORDED,    /* shares of due slots: with a document, */
    SERVICE_IN_TIME,     /* written by the slot's own run, */
    SERVICE_KNOWN,       /* and with a state that is not UNKNOWN */
    SERVICE_COUNT
};
struct kpi_service_row {
    const char *name, *unit, *meaning;
    enum statistic how;
};
extern const struct kpi_service_row kpi_service_table[SERVICE_COUNT];

struct kpi_message {
    int64_t at_ms;
    enum exit_state state;
    char tag[INTENT_TAG_MAX];
};

/* An operator's act, or what the account showed of one. */
struct kpi_act {
    int64_t at_ms;
    enum kpi_act_kind {
        ACT_LEFT,
        ACT_RETURNED, /* it was not left after all */
        ACT_ACKNOWLEDGED
    } kind;
};

struct kpi_record {
    struct span span;   /* of starts of lives, and of messages */
    int64_t now_ms;     /* until when slots are due */
    size_t grids;       /* looked at */
    struct life *lives; /* owned; by grid and start */
    size_t life_count;
    size_t changed;      /* lives left out: range, stop or capital changed, */
    size_t without_bars; /* and those after whose start no bar is recorded */
    int32_t number; /* of the next grid: grids are drawn apart, whatever their
                       symbols */
    struct kpi_cases service[SERVICE_COUNT];
};

/* `= { 0 }` before. Adds one grid. -1 when the record cannot be read. */
int kpi_record_add(struct kpi_record *k, struct store *store,
                   const struct grid *g, struct error *err);
void kpi_record_init(struct kpi_record *k, const struct context *c);
void kpi_record_release(struct kpi_record *k);

/* An event of the grid's story: its delivery figures. Others than messages are
 * passed over. */
void kpi_service_message(struct kpi_record *k, const struct story_event *e);

/* How soon the first LATEST or MANDATORY of each episode was acknowledged, or
 * the grid left; in the order of their times. A message that was not is
 * cut off by the next episode, else now. */
void kpi_service_acknowledged(struct kpi_record *k,
                              const struct kpi_message *messages, size_t count,
                              const struct kpi_act *acts, size_t act_count);
void kpi_cases_add(struct kpi_cases *c, const struct kpi_case *one);
struct kpi_result kpi_service_result(const struct kpi_cases *c);

/* Every KPI of both sides. `regret` has no value: KPI_NO_REGRET. */
#define KPI_NO_REGRET                                                          \
    "the record does not follow the money of a grid that was left"
void kpi_record_judge(const struct kpi_record *k,
                      struct kpi_result out[LIFE_SIDES][KPI_COUNT]);
void kpi_record_json(const struct kpi_record *k, struct text *out);
void kpi_record_screen(const struct kpi_record *k, struct text *out);

#endif
