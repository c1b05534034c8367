#include "record/path.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/moment.h"
#include "record/tables.h"

static struct civil at_of(int64_t ms, char day[16])
{
    struct civil c = moment_civil(ms);
    snprintf(day, 16, "%04d/%02d/%02d", c.year % 10000, c.month % 100,
             c.day % 100);
    return c;
}

static void put_path(char out[RECORD_PATH_MAX], const char *folder,
                     const char *name, const char *end)
{
    snprintf(out, RECORD_PATH_MAX, "%s/%s%s", folder, name, end);
}

void record_grid_path(const char *grid, char out[RECORD_PATH_MAX])
{
    put_path(out, "grids", grid, ".yaml");
}

void record_state_path(const char *grid, char out[RECORD_PATH_MAX])
{
    put_path(out, "state", grid, ".yaml");
}

void record_latest_symbol_path(const char *symbol, char out[RECORD_PATH_MAX])
{
    put_path(out, "latest/symbols", symbol, ".yaml");
}

void record_latest_grid_path(const char *grid, char out[RECORD_PATH_MAX])
{
    put_path(out, "latest/grids", grid, ".yaml");
}

void record_service_path(char out[RECORD_PATH_MAX])
{
    put_path(out, "latest", "service", ".yaml");
}

void record_config_path(const char *hash, char out[RECORD_PATH_MAX])
{
    put_path(out, "config", hash, ".yaml");
}

void record_schema_path(enum record_kind kind, char out[RECORD_PATH_MAX])
{
    put_path(out, "schema", record_kind_name(kind), ".schema.json");
}

static void put_slot_path(char out[RECORD_PATH_MAX], const char *folder,
                          const char *name, int64_t slot_ms)
{
    char day[16];
    struct civil c = at_of(slot_ms, day);
    snprintf(out, RECORD_PATH_MAX, "%s/%s/%s/%02d%02d.yaml", folder, name, day,
             c.hour, c.minute);
}

void record_metrics_path(const char *symbol, int64_t slot_ms,
                         char out[RECORD_PATH_MAX])
{
    put_slot_path(out, "metrics", symbol, slot_ms);
}

void record_exit_path(const char *grid, int64_t slot_ms,
                      char out[RECORD_PATH_MAX])
{
    put_slot_path(out, "exits", grid, slot_ms);
}

void record_seed_path(const char *symbol, enum timeframe tf,
                      char out[RECORD_PATH_MAX])
{
    snprintf(out, RECORD_PATH_MAX, "bars/%s/%s/seed.csv", symbol,
             timeframe_name(tf));
}

void record_audit_path(enum record_kind kind, int64_t at_ms, const char *name,
                       const char *hash8, char out[RECORD_PATH_MAX])
{
    char day[16];
    struct civil c = at_of(at_ms, day);
    snprintf(out, RECORD_PATH_MAX, "audit/%s/%02d%02d%02d%03d-%s-%s-%s.yaml",
             day, c.hour, c.minute, c.second, c.ms, name,
             record_kind_name(kind), hash8);
}

void record_hash8(const void *bytes, size_t n, char out[RECORD_HASH8])
{
    snprintf(out, RECORD_HASH8, "%08x",
             (unsigned)hash_feed(HASH_START, bytes, n));
}

const char *record_kind_name(enum record_kind kind)
{
    return document_kinds[kind].word;
}
