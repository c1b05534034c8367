/* tests/unit/record/samples.h - one valid document of each kind, as a struct;
 * tests/golden/record holds the same ones as text, written by hand. */
#ifndef RECORD_SAMPLES_H
#define RECORD_SAMPLES_H

#include "record/record.h"

union sample {
    struct grid grid;
    struct metrics_document metrics;
    struct exit_document exit;
    struct state_document state;
    struct service_document service;
    struct transition_document transition;
    struct intent_document intent;
    struct delivery_document delivery;
    struct operator_document operator_act;
    struct fault_document fault;
    struct revision_document revision;
    struct look_document look;
};

#define SAMPLE_SLOT INT64_C(1621389600000) /* 2021-05-19T02:00:00Z */

void sample_make(enum record_kind kind, union sample *out);

/* What a metrics document saw; and one without 4h bars, in a crisis
 * (metrics-blind.yaml). */
double sample_typical(int id); /* of a metric's value */
void sample_fill_metrics(struct metrics_document *d);
void sample_blind(struct metrics_document *d);

/* What an exit document concluded; and one of a slot whose price was unknown
 * (exit-blind.yaml). */
void sample_fill_exit(struct exit_document *d);
void sample_blind_exit(struct exit_document *d);

/* Where such a document with these bytes belongs. */
void sample_path(enum record_kind kind, const struct text *text,
                 char out[RECORD_PATH_MAX]);

/* Appends the golden text; false, and an assertion failed, if it cannot. */
bool sample_golden(const char *file, struct text *out);

/* The first complaint as one line, or "". */
const char *first_complaint(const struct complaints *c,
                            char out[COMPLAINT_TEXT]);

#endif
