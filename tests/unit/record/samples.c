#include "record/samples.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

static const struct run_info run = { "20210519T020010Z-1a2b3c4d",
                                     "0.1.0+abcdef123456", "pi-24h-1",
                                     "9f86d081" };

#define AT_MS   (SAMPLE_SLOT + 10250)
#define LOOK_MS (SAMPLE_SLOT + 310250)
#define LIFE    INT64_C(1620777600000) /* 2021-05-12T00:00:00Z */

static void make_grid(struct grid *g)
{
    *g = (struct grid){
        .id = "btc-a",
        .symbol = "BTC-USDT",
        .market = GRID_SPOT,
        .side = GRID_NEUTRAL,
        .spacing = GRID_GEOMETRIC,
        .lower = 40000,
        .upper = 45000,
        .levels = 20,
        .capital = 1000,
        .quote = "USDT",
        .start_price = 42000.5,
        .started_at_ms = LIFE,
        .stop = { 39000, 46000 },
        .take_profit = 250,
        .account = "main",
        .source = GRID_SOURCE_AUTO,
        .override_count = 3,
        .overrides = { { "exit.l_haz.enter", "0.35" },
                       { "exit.l_hl.t", "-1.95" },
                       { "exit.m_trend.mode", "off" } },
        .history_count = 2,
        .history = { { LIFE, GRID_CREATED, "", 0 },
                     { LIFE, GRID_STARTED, "from the app", 0 } },
    };
}

static void make_metrics(struct metrics_document *d)
{
    *d = (struct metrics_document){
        .symbol = "BTC-USDT",
        .slot_ms = SAMPLE_SLOT,
        .attempt = 2,
        .backfilled = true,
        .run = run,
    };
    sample_fill_metrics(d);
}

static void make_exit(struct exit_document *d)
{
    *d = (struct exit_document){
        .attempt = 1,
        .previous_slot_ms = SAMPLE_SLOT - MS_PER_SLOT,
        .run = run,
        .decision = { ALERT_WORSE, "20210519T0200-5f3a9c01" },
    };
    sample_fill_exit(d);
}

static struct value real(double v, int32_t n)
{
    return (struct value){ v, VALUE_REAL, n };
}

/* Books of three fills, and a shadow of two cells. */
static void make_holding(struct state_document *d)
{
    d->holding = (struct holding){
        .awaited = { 3, 4, 2 },
        .parting = {
            .left_ms = SAMPLE_SLOT,
            .sale = { SAMPLE_SLOT - 300000, SAMPLE_SLOT - 1000, 0.173, 39100.5,
                      39120 },
            .most = 10040.25,
            .most_base = 0.25,
            .held_ms = SAMPLE_SLOT - 900000,
        },
        .life_ms = LIFE,
        .print = UINT64_C(0x0123456789abcdef),
        .booked = true,
        .books = { .count = 3,
                   .last_id = INT64_C(30188011665473001),
                   .last_ms = SAMPLE_SLOT - 60250,
                   .buys = 2,
                   .sells = 1,
                   .other_currency = "KCS",
                   .base_fees = 2,
                   .oversold = false },
        .unsettled = true,
        .settled = { .count = 1,
                     .last_id = INT64_C(30188011665472001),
                     .last_ms = SAMPLE_SLOT - 7 * MS_PER_HOUR,
                     .buys = 1 },
        .settled_sale = { SAMPLE_SLOT - 7 * MS_PER_HOUR - 60000,
                          SAMPLE_SLOT - 7 * MS_PER_HOUR, 0.02, 40040,
                          40040.5 },
        .known_count = 2,
        .known = { { INT64_C(30188011665472501) },
                   { INT64_C(30188011665473001) } },
        .books_peak = 31.25,
        .fills_until_ms = SAMPLE_SLOT,
        .terms = { .001, .1, NO_VALUE },
        .shadow = { .begun = true,
                    .began_ms = LIFE,
                    .last_ms = SAMPLE_SLOT,
                    .last = 40310.5,
                    .start_price = 42000,
                    .amount = .0125,
                    .count = 2,
                    .nominal_peak = 12.5,
                    .reverse_peak = 11.75,
                    .stopped_at = NO_VALUE,
                    .stop_lo = -125.5,
                    .stop_hi = NO_VALUE,
                    .start_known = true },
    };
    d->texts = (struct recorded_holding){
        { "0.0125", "-512.75", "510.125", "18.75", "1.5", "0.02" },
        { "0.02", "-800.8", "800.8", "0", "0.8", "0" },
        "ef0f0:f0 ff1e1:e1f0-1",
    };
}

static void make_state(struct state_document *d)
{
    int64_t start = SAMPLE_SLOT - 6 * MS_PER_SLOT;
    int64_t touched = SAMPLE_SLOT - MS_PER_SLOT;
    *d = (struct state_document){
        .grid = "btc-a",
        .run = run,
        .exit = exit_memory_new(),
        .alert = alert_memory_new(),
        .open_count = 1,
        .open = { { "20210519T0145-5f3a9c01",
                    "audit/2021/05/19/014510250-btc-a-intent-1a2b3c4d.yaml" } },
    };
    d->exit.slot_ms = d->exit.scanned_ms = SAMPLE_SLOT;
    d->exit.life_ms = LIFE;
    d->exit.known = STATE_MANDATORY;
    d->exit.since_ms = touched;
    d->exit.episode_ms = start;
    d->exit.clear_closes = 1;
    d->exit.latch = (struct stop_latch){ SIDE_DOWN, touched, 39000, LIFE };
    d->exit.last_pi = .43;
    d->exit.atr_entry = 412.5;
    d->exit.crisis_ms = SAMPLE_SLOT - 51 * MS_PER_SLOT;
    d->exit.counts =
        (struct exit_counts){ 2, 3, 5, { -1, 4, false }, SAMPLE_SLOT };
    d->exit.baseline =
        (struct baseline){ LIFE,           real(9.125, 400),
                           true,           real(.031, 100),
                           real(388.5, 1), { .0082, VALUE_FILLED, 1152 } };
    d->exit.triggers[M_STOP] = (struct trigger_memory){ true, touched };
    d->exit.triggers[L_HAZ] =
        (struct trigger_memory){ true, SAMPLE_SLOT - MS_PER_HOUR };
    d->exit.triggers[W_HAZ] = (struct trigger_memory){ true, start };
    d->alert.said = STATE_MANDATORY;
    d->alert.open = true;
    d->alert.said_ms[STATE_WARNING] = start;
    d->alert.said_ms[STATE_MANDATORY] = touched;
    d->alert.last_ms = touched;
    d->alert.repeats = 2;
    d->alert.answered_ms = start + 61000;
    d->alert.told = (struct alert_figures){ .side = SIDE_DOWN,
                                            .cause = { [M_STOP] = true },
                                            .pi = .31,
                                            .stop_atr = -.25,
                                            .at_risk = 412.5 };
    d->alert.siren =
        (struct alert_siren){ .intent = "20210519T0145-5f3a9c01",
                              .tag = "btc-a-20210519T0030",
                              .sent_ms = touched + 250,
                              .acknowledged_ms = touched + 125000 };
    d->siren = (struct siren_record){ "rk7x2m9q4c1vb8n3z5l0w6s2d4f7g9",
                                      touched + 3610250,
                                      touched + 125000,
                                      "20210519T0100-0c4e81d2",
                                      "btc-a-20210519T0030",
                                      touched + 910250,
                                      "btc-a-20210519T0030",
                                      "20210519T0145-77aa01c3",
                                      "btc-b-20210519T0030" };
    d->owed = (struct owed_list){
        2,
        { { "20210519T0200-5f3a9c01",
            "audit/2021/05/19/020010250-btc-a-intent-1a2b3c4d.yaml", "ntfy" },
          { "20210519T0200-5f3a9c01",
            "audit/2021/05/19/020010250-btc-a-intent-1a2b3c4d.yaml",
            "webhook" } }
    };
    make_holding(d);
}

static void make_service(struct service_document *d)
{
    *d = (struct service_document){
        .slot_ms = SAMPLE_SLOT,
        .run = run,
        .faults = { 2,
                    { { "btc-b", FAULT_CLASS_GRID_FILE,
                        "'grids/btc-b.yaml': line 6, column 8: lower: must be "
                        "a number, such as 1.5",
                        SAMPLE_SLOT - MS_PER_HOUR, "5f3a9c01", 0,
                        "20210519T0100-0a1b2c3d" },
                      { "run", FAULT_CLASS_CLOCK, "own clock is 41 s ahead",
                        SAMPLE_SLOT, "811c9dc5", 0, "" } },
                    { 0 } },
        .unrecorded_count = 1,
        .unrecorded = { { "btc-a", alert_memory_new() } },
        .open_count = 1,
        .open = { { "20210519T0100-0a1b2c3d",
                    "audit/2021/05/19/010010250-btc-b-intent-1a2b3c4d.yaml" } },
    };
    d->unrecorded[0].alert.said = STATE_LATEST;
    d->unrecorded[0].alert.open = true;
    d->unrecorded[0].alert.said_ms[STATE_LATEST] = SAMPLE_SLOT;
}

static void make_transition(struct transition_document *d)
{
    *d = (struct transition_document){
        .at_ms = AT_MS,
        .grid = "btc-a",
        .symbol = "BTC-USDT",
        .slot_ms = SAMPLE_SLOT,
        .from = STATE_WARNING,
        .to = STATE_LATEST,
        .side = SIDE_DOWN,
        .reasons = { [L_HAZ] = true, [W_HAZ] = true },
        .run = run,
    };
}

static void make_intent(struct intent_document *d)
{
    *d = (struct intent_document){
        .at_ms = AT_MS,
        .intent = { .id = "20210519T0200-5f3a9c01",
                    .grid = "btc-a",
                    .symbol = "BTC-USDT",
                    .slot_ms = SAMPLE_SLOT,
                    .reason = ALERT_WORSE,
                    .state = STATE_MANDATORY,
                    .side = SIDE_DOWN,
                    .priority = 2,
                    .retry_s = 75,
                    .expire_s = 3600,
                    .tag = "btc-a-20210519T0030",
                    .title = "MANDATORY_EXIT ↓ (btc-a BTC-USDT)",
                    .body = "Get out now.\n"
                            "Why: M_STOP 15m low 38990 ≤ stop 39000 at 02:00 "
                            "UTC.\n"
                            "Money: position unknown (not yet built).\n" },
        .run = run,
    };
}

static void make_revision(struct revision_document *d)
{
    *d = (struct revision_document){
        .at_ms = SAMPLE_SLOT + 10000,
        .symbol = "BTC-USDT",
        .slot_ms = SAMPLE_SLOT,
        .tf = TF_15M,
        .open_ms = SAMPLE_SLOT - 7 * MS_PER_SLOT,
        .was_there = true,
        .is_there = true,
        .was = { 0, 40450, 40500.5, 40250, 40300, 12.75, 0 },
        .is = { 0, 40450, 40500.5, 40250, 40301, 17, 0 },
        .largest = .25,
        .run = run,
    };
}

static void make_delivery(struct delivery_document *d)
{
    *d = (struct delivery_document){
        .delivery = { .intent = "20210519T0200-5f3a9c01",
                      .grid = "btc-a",
                      .channel = "pushover",
                      .outcome = DELIVERY_REFUSED,
                      .at_ms = SAMPLE_SLOT + 11125,
                      .tries = 3,
                      .http_status = 400,
                      .request = "647d2300-702c-4b38-8b2f-d56326ae460b",
                      .reason = "HTTP 400: \"user identifier is invalid\"" },
        .run = run,
    };
}

static void make_look(struct look_document *d)
{
    *d = (struct look_document){
        .at_ms = LOOK_MS,
        .grid = "btc-a",
        .symbol = "BTC-USDT",
        .slot_ms = SAMPLE_SLOT,
        .inputs = { .grid_commit = "f3d98ab24056bbf7a21bf74a919213f584c934a9",
                    .grid_blob = "775c5ed629cd442a07a3cb6bfec54a73aa210298",
                    .ticker = 38470.5,
                    .ticker_ms = LOOK_MS - 750 },
        .beyond = SIDE_DOWN,
        .touched = true,
        .state = STATE_MANDATORY,
        .decision = { ALERT_WORSE, "20210519T0200-8a2b358e" },
        .run = run,
    };
    memcpy(d->run.id, "20210519T020510Z", 16);
}

void sample_make(enum record_kind kind, union sample *out)
{
    memset(out, 0, sizeof(*out));
    if (kind == RECORD_GRID)
        make_grid(&out->grid);
    else if (kind == RECORD_METRICS)
        make_metrics(&out->metrics);
    else if (kind == RECORD_EXIT)
        make_exit(&out->exit);
    else if (kind == RECORD_STATE)
        make_state(&out->state);
    else if (kind == RECORD_SERVICE)
        make_service(&out->service);
    else if (kind == RECORD_TRANSITION)
        make_transition(&out->transition);
    else if (kind == RECORD_INTENT)
        make_intent(&out->intent);
    else if (kind == RECORD_DELIVERY)
        make_delivery(&out->delivery);
    else if (kind == RECORD_OPERATOR)
        out->operator_act = (struct operator_document){
            .at_ms = SAMPLE_SLOT + 6 * MS_PER_HOUR + 40 * MS_PER_MINUTE,
            .grid = "btc-a",
            .action = OPERATOR_ACKNOWLEDGE,
            .note = "closed from the phone",
            .run = run,
            .by = "anna",
            .until_ms = SAMPLE_SLOT + 8 * MS_PER_HOUR,
            .state = STATE_LATEST,
            .episode_ms = SAMPLE_SLOT,
            .inferred = true,
            .seen_ms = SAMPLE_SLOT,
            .sale = { SAMPLE_SLOT - 300000, SAMPLE_SLOT - 1000, 0.173, 39100.5,
                      39120 },
        };
    else if (kind == RECORD_REVISION)
        make_revision(&out->revision);
    else if (kind == RECORD_LOOK)
        make_look(&out->look);
    else
        out->fault = (struct fault_document){
            .at_ms = SAMPLE_SLOT + 10000,
            .subject = "BTC-USDT",
            .class = FAULT_CLASS_DATA,
            .what = "candles disagree by 0.25 at '2021-05-18T23:00:00Z'",
            .run = run,
        };
}

void sample_path(enum record_kind kind, const struct text *text,
                 char out[RECORD_PATH_MAX])
{
    static const int64_t times[RECORD_KIND_COUNT] = {
        [RECORD_TRANSITION] = AT_MS,
        [RECORD_INTENT] = AT_MS,
        [RECORD_DELIVERY] = SAMPLE_SLOT + 11125,
        [RECORD_OPERATOR] = SAMPLE_SLOT + 6 * MS_PER_HOUR + 40 * MS_PER_MINUTE,
        [RECORD_FAULT] = SAMPLE_SLOT + 10000,
        [RECORD_REVISION] = SAMPLE_SLOT + 10000,
        [RECORD_LOOK] = LOOK_MS,
    };
    char hash8[RECORD_HASH8];
    record_hash8(text_str(text), text->len, hash8);
    if (kind == RECORD_GRID)
        record_grid_path("btc-a", out);
    else if (kind == RECORD_METRICS)
        record_metrics_path("BTC-USDT", SAMPLE_SLOT, out);
    else if (kind == RECORD_EXIT)
        record_exit_path("btc-a", SAMPLE_SLOT, out);
    else if (kind == RECORD_STATE)
        record_state_path("btc-a", out);
    else if (kind == RECORD_SERVICE)
        record_service_path(out);
    else
        record_audit_path(kind, times[kind],
                          kind == RECORD_FAULT || kind == RECORD_REVISION
                              ? "BTC-USDT"
                              : "btc-a",
                          hash8, out);
}

bool sample_golden(const char *file, struct text *out)
{
    char path[128];
    struct error err = { 0 };
    snprintf(path, sizeof(path), "tests/golden/record/%s", file);
    int rc = text_read_file(out, path, &err);
    ASSERT_STR(err.msg, "");
    return rc == 0;
}

const char *first_complaint(const struct complaints *c,
                            char out[COMPLAINT_TEXT])
{
    out[0] = '\0';
    if (c->count)
        complaint_format(&c->list[0], out);
    return out;
}
