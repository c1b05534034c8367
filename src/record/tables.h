/* record/tables.h - the tables of all document kinds. */
#ifndef RECORD_TABLES_H
#define RECORD_TABLES_H

#include "base/array.h"
#include "record/document.h"
#include "record/field.h"

/* Parts that several kinds share, and one that is long. */
extern const struct table table_value, table_figure, table_run, table_regime,
    table_observed_regime, table_open_intent, table_owed_message,
    table_alert_memory;

extern const struct table table_grid, table_metrics, table_exit, table_state,
    table_service, table_transition, table_intent, table_delivery,
    table_operator, table_fault, table_revision, table_look;

/* What no table can say, one function per kind: each complaint names the path
 * of a value that is wrong. */
void check_grid(const void *document, const struct checker *k);
void check_metrics(const void *document, const struct checker *k);
void check_exit(const void *document, const struct checker *k);
void check_state(const void *document, const struct checker *k);
void check_service(const void *document, const struct checker *k);
void check_transition(const void *document, const struct checker *k);
void check_intent(const void *document, const struct checker *k);
void check_fault(const void *document, const struct checker *k);
void check_delivery(const void *document, const struct checker *k);
void check_revision(const void *document, const struct checker *k);
void check_look(const void *document, const struct checker *k);

extern const struct document_kind document_kinds[RECORD_KIND_COUNT];

/* The first rows of every document that the program writes. */
#define HEAD(word)                                                             \
    { .key = "kind",                                                           \
      .type = FIELD_CONST,                                                     \
      .constant = (word),                                                      \
      .help = "what this file is" },                                           \
    {                                                                          \
        .key = "version", .type = FIELD_CONST, .constant = "1",                \
        .help = "of this layout"                                               \
    }

#define RUN(s)                                                                 \
    {                                                                          \
        .key = "run", .type = FIELD_MAP, .flags = ONE_LINE, AT(s, run),        \
        .table = &table_run, .help = "the run that wrote this"                 \
    }

#define TABLE(rows)                                                            \
    {                                                                          \
        .count = ARRAY_LEN(rows), .fields = rows                               \
    }

#endif
