/* record/path.h - where a file of the data repository stands, and what a path
 * says about its content. */
#ifndef RECORD_PATH_H
#define RECORD_PATH_H

#include <stddef.h>
#include <stdint.h>

#include "record/document.h"

#define RECORD_HASH8 9 /* room for the hash with its zero byte */

/* All write a path relative to the repository's root. */
void record_grid_path(const char *grid, char out[RECORD_PATH_MAX]);
void record_state_path(const char *grid, char out[RECORD_PATH_MAX]);
void record_metrics_path(const char *symbol, int64_t slot_ms,
                         char out[RECORD_PATH_MAX]);
void record_exit_path(const char *grid, int64_t slot_ms,
                      char out[RECORD_PATH_MAX]);
void record_latest_symbol_path(const char *symbol, char out[RECORD_PATH_MAX]);
void record_latest_grid_path(const char *grid, char out[RECORD_PATH_MAX]);
void record_seed_path(const char *symbol, enum timeframe tf,
                      char out[RECORD_PATH_MAX]);
void record_service_path(char out[RECORD_PATH_MAX]);
/* The decisions of the configuration with that hash, see config/decisions.h. */
void record_config_path(const char *hash, char out[RECORD_PATH_MAX]);
void record_schema_path(enum record_kind kind, char out[RECORD_PATH_MAX]);

/* `kind` is one of those that stand below audit/, `name` the grid, symbol or
 * "run" of the document, `hash8` from record_hash8() of its bytes. */
void record_audit_path(enum record_kind kind, int64_t at_ms, const char *name,
                       const char *hash8, char out[RECORD_PATH_MAX]);
void record_hash8(const void *bytes, size_t n, char out[RECORD_HASH8]);

/* What a path says. */
struct record_place {
    enum record_kind kind;
    char name[GRID_ID_MAX];     /* grid, symbol, "run" or a hash; or "" */
    int64_t time_ms;            /* slot or time of the event, or MOMENT_NONE */
    enum timeframe tf;          /* of a seed */
    enum record_kind schema_of; /* of a schema */
    char hash8[RECORD_HASH8];   /* of an audit file, or "" */
};

/* RECORD_FOREIGN for a path that no rule of the layout makes. */
struct record_place record_place_of(const char *path);
enum record_kind record_kind_of_path(const char *path);

/* "exit", "metrics", ... of a document kind. */
const char *record_kind_name(enum record_kind kind);

#endif
