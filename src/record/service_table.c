/* latest/service.yaml: the faults of the service that stand, so that each is
 * told once. */
#include "record/tables.h"
#include "record/words.h"

_Static_assert(FAULT_WHAT_MAX == RECORD_LINE_MAX, "a fault is one line");

// clang-format off
static const struct field fault_fields[] = {
    { "subject",     FIELD_TEXT, 0,         AT(service_fault, subject),  .pattern = PATTERN_SUBJECT, .help = "grid, symbol or run" },
    { "class",       FIELD_ENUM, 0,         AT(service_fault, class),    .words = &words_standing_class, .help = "what is at fault" },
    { "what",        FIELD_TEXT, 0,         AT(service_fault, what),     .pattern = PATTERN_LINE, .help = "what went wrong, when it was told" },
    { "since",       FIELD_TIME, SLOT_TIME, AT(service_fault, since_ms), .help = "slot that saw it first" },
    { "fingerprint", FIELD_TEXT, 0,         AT(service_fault, print),    .pattern = PATTERN_HEX8, .help = "another one makes it news again" },
    { "told",        FIELD_TEXT, NULLABLE,  AT(service_fault, told),     .pattern = PATTERN_INTENT_ID, .help = "the newest message about it; null: none yet, or it is for the record only" },
};
static const struct table fault_table = TABLE(fault_fields);

static const struct field unrecorded_fields[] = {
    { "grid",  FIELD_TEXT, 0, AT(unrecorded, grid),  .pattern = PATTERN_GRID_ID, .help = "whose newest slots could not be recorded" },
    { "alert", FIELD_MAP,  0, AT(unrecorded, alert), .table = &table_alert_memory, .help = "what the phone was told meanwhile" },
};
static const struct table unrecorded_table = TABLE(unrecorded_fields);

static const struct field fields[] = {
    HEAD("service"),
    { "slot",         FIELD_TIME, SLOT_TIME, AT(service_document, slot_ms),     .help = "in which this changed last" },
    RUN(service_document),
    { "faults",       FIELD_LIST, 0,         ROWS(service_document, faults.list), .table = &fault_table, COUNTED(service_document, faults.count), .help = "those that stand, the oldest first" },
    { "unrecorded",   FIELD_LIST, 0,         ROWS(service_document, unrecorded), .table = &unrecorded_table, COUNTED(service_document, unrecorded_count), .help = "grids whose state file stands still because a document was refused" },
    { "owed",         FIELD_LIST, ONE_LINE,  ROWS(service_document, owed.list), .table = &table_owed_message, COUNTED(service_document, owed.count), .help = "messages about the service that second channels are still to hear", .absent = "[]" },
    { "installed",    FIELD_TIME, NULLABLE | ZERO_IS_NULL | SLOT_TIME, AT(service_document, installed_ms), .help = "slot of the message that the watch has begun", .absent = "null" },
    { "all_clear",    FIELD_TIME, NULLABLE | ZERO_IS_NULL | SLOT_TIME, AT(service_document, all_clear_ms), .help = "slot of the newest all-clear", .absent = "null" },
    { "open_intents", FIELD_LIST, ONE_LINE,  ROWS(service_document, open),      .table = &table_open_intent, COUNTED(service_document, open_count), .help = "messages about the service without a delivery" },
};
// clang-format on

const struct table table_service = TABLE(fields);
