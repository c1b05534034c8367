/* metrics/SYMBOL/YYYY/MM/DD/HHMM.yaml: what one slot saw of one symbol. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

// clang-format off
static const struct field window_fields[] = {
    { "tf",            FIELD_LABEL, 0,       .words = &words_timeframe, .help = "timeframe" },
    { "start",         FIELD_TIME, NULLABLE, AT(window_quality, start_ms),      .help = "open of the bar at which the canonical window starts" },
    { "last_bar",      FIELD_TIME, NULLABLE, AT(window_quality, last_ms),       .help = "open of the newest real bar" },
    { "recorded",      FIELD_TIME, NULLABLE, AT(window_quality, recorded_ms),   .help = "open of the newest bar that this repository holds" },
    { "bars",          FIELD_INT,  0,        AT(window_quality, bars),          .lo = 0, .hi = WINDOW_MAX, .help = "in the window, filled ones included" },
    { "filled",        FIELD_INT,  0,        AT(window_quality, filled),        .lo = 0, .hi = WINDOW_MAX, .help = "of these, filled flat because nothing traded" },
    { "missing",       FIELD_INT,  0,        AT(window_quality, missing),       .lo = 0, .hi = 1e6, .help = "bar numbers without any bar" },
    { "rejected",      FIELD_INT,  0,        AT(window_quality, rejected),      .lo = 0, .hi = 1e6, .help = "jumps that nothing confirmed" },
    { "short_history", FIELD_BOOL, 0,        AT(window_quality, short_history), .help = "the history begins after the canonical start" },
    { "bars_hash",     FIELD_HEX,  0,        AT(window_quality, bars_hash),     .help = "FNV-1a, 64 bit, of all of them: open time in ms, open, high, low, close, volume, 8 bytes each, the lowest first" },
    { "error",         FIELD_TEXT, NULLABLE, AT(window_quality, error),         .pattern = PATTERN_LINE, .help = "why the candles could not be had", .absent = "null" },
};
static const struct table window_table = TABLE(window_fields);

static const struct field disagreement_fields[] = {
    { "tf",        FIELD_ENUM, 0,        AT(disagreement, tf),      .words = &words_timeframe, .help = "timeframe of the fetched bar" },
    { "open_time", FIELD_TIME, 0,        AT(disagreement, open_ms), .help = "of the bar" },
    { "field",     FIELD_WORD, 0,        AT(disagreement, field),   .words = &words_bar_field, .help = "that differs" },
    { "fetched",   FIELD_REAL, POSITIVE, AT(disagreement, fetched), .unit = "quote currency", .help = "what the exchange gave" },
    { "derived",   FIELD_REAL, POSITIVE, AT(disagreement, derived), .unit = "quote currency", .help = "what its 15m bars say" },
};
static const struct table disagreement_table = TABLE(disagreement_fields);

static const struct field quality_fields[] = {
    { "price",           FIELD_ENUM, 0,                   AT(quality, price_known),     .words = &words_price_known, .help = "whether anything may be concluded from it" },
    { "cause",           FIELD_ENUM, 0,                   AT(quality, cause),           .words = &words_cause, .help = "why it is unknown" },
    { "close",           FIELD_REAL, NULLABLE | POSITIVE, AT(quality, close),           .unit = "quote currency", .help = "of the newest real 15m bar" },
    { "close_time",      FIELD_TIME, NULLABLE | SLOT_TIME, AT(quality, close_ms),       .help = "when that bar closed" },
    { "market",          FIELD_ENUM, 0,                   AT(quality, market),          .words = &words_market, .help = "what the exchange says of itself" },
    { "clock_offset_ms", FIELD_INT,  NULLABLE,            AT(quality, clock_offset_ms), .lo = -1e12, .hi = 1e12, .unit = "ms", .help = "exchange clock minus ours" },
    { "windows",         FIELD_LIST, EVERY_ROW | ONE_LINE, ROWS(quality, windows),      .table = &window_table, .help = "what the metrics could read, one row per timeframe" },
    { "disagreements",   FIELD_LIST, ONE_LINE,            ROWS(quality, disagreements), .table = &disagreement_table, COUNTED(quality, disagreement_count), .help = "fetched bars that contradict their 15m bars, newest first" },
};
static const struct table quality_table = TABLE(quality_fields);

static const struct field bar_fields[] = {
    { "tf",        FIELD_ENUM, 0,                    AT(closed_bar, tf),          .words = &words_timeframe, .help = "timeframe" },
    { "open_time", FIELD_TIME, SLOT_TIME,            AT(closed_bar, bar.open_ms), .help = "it closed at the slot, or before and came late" },
    { "open",      FIELD_REAL, POSITIVE,             AT(closed_bar, bar.open),    .unit = "quote currency" },
    { "high",      FIELD_REAL, POSITIVE,             AT(closed_bar, bar.high),    .unit = "quote currency" },
    { "low",       FIELD_REAL, POSITIVE,             AT(closed_bar, bar.low),     .unit = "quote currency" },
    { "close",     FIELD_REAL, POSITIVE,             AT(closed_bar, bar.close),   .unit = "quote currency" },
    { "volume",    FIELD_REAL, 0,                    AT(closed_bar, bar.volume),  .lo = 0, .hi = HUGE_VAL, .unit = "base currency" },
};
static const struct table bar_table = TABLE(bar_fields);

static const struct field metric_fields[] = {
    { "name",   FIELD_LABEL, 0,       .words = &words_metric, .help = "of the metric" },
    { "tf",     FIELD_LABEL, 0,       .words = &words_metric_tf, .help = "timeframe of its bars" },
    { "value",  FIELD_REAL, NULLABLE, AT(value, v),      .help = "null unless the status is real, filled or stale" },
    { "status", FIELD_ENUM, 0,        AT(value, status), .words = &words_status, .help = "whether the number may be used, or why there is none" },
    { "used",   FIELD_INT,  0,        AT(value, n_used), .lo = 0, .hi = 1e6, .unit = "bars", .help = "how many went into it" },
    { "walk",   FIELD_REAL, NULLABLE | COLUMN, .offset = offsetof(struct metrics_document, percentile), .size = sizeof(double), .lo = .001, .hi = .999, .help = "share of random walks whose value is below it; null without a value, or where that is not known" },
};
static const struct table metric_table = { NULL, ARRAY_LEN(metric_fields), metric_fields, true };

static const struct field fields[] = {
    HEAD("metrics"),
    { "symbol",     FIELD_TEXT, 0,         AT(metrics_document, symbol),     .pattern = PATTERN_SYMBOL, .help = "as in the path" },
    { "slot",       FIELD_TIME, SLOT_TIME, AT(metrics_document, slot_ms),    .help = "as in the path: only bars that closed by then were read" },
    { "attempt",    FIELD_INT,  0,         AT(metrics_document, attempt),    .lo = 1, .hi = 1000, .help = "above 1: evaluated again, because data were missing" },
    { "backfilled", FIELD_BOOL, 0,         AT(metrics_document, backfilled), .help = "written by a later run from its bars" },
    RUN(metrics_document),
    { "quality",    FIELD_MAP,  0,         AT(metrics_document, quality),    .table = &quality_table, .help = "what is known of the data" },
    { "bars",       FIELD_LIST, ONE_LINE,  ROWS(metrics_document, bars),     .table = &bar_table, COUNTED(metrics_document, bar_count), .help = "real bars new in this slot, by timeframe and time" },
    { "metrics",    FIELD_LIST, EVERY_ROW | ONE_LINE | DERIVED, ROWS(metrics_document, metrics.values), .table = &metric_table, .help = "one row per metric, in a fixed order" },
    { "tertile",    FIELD_ENUM, DERIVED,         AT(metrics_document, tertile),    .words = &words_tertile, .help = "of vol_fast among its last 900 values, with a margin to leave it" },
    { "regime",     FIELD_MAP,  DERIVED,         .offset = 0,                      .table = &table_observed_regime, .help = "what the market is doing" },
};
// clang-format on

const struct table table_metrics = TABLE(fields);
