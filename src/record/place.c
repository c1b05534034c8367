/* What a path says. It is taken apart from left to right; every rule below
 * consumes its part or says no. Of an audit file's name the hash and the event
 * are taken from the right, because an id may contain hyphens. */
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "record/path.h"
#include "record/pattern.h"

static bool take(const char **at, const char *literal)
{
    size_t n = strlen(literal);
    if (strncmp(*at, literal, n))
        return false;
    *at += n;
    return true;
}

static bool take_number(const char **at, int digits, int *out)
{
    *out = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

/* The text up to one of the characters of `end`, if it fits the pattern. */
static bool take_name(const char **at, const char *end, enum pattern pattern,
                      char out[GRID_ID_MAX])
{
    size_t n = strcspn(*at, end);
    if (n == 0 || n >= GRID_ID_MAX)
        return false;
    memcpy(out, *at, n);
    out[n] = '\0';
    *at += n;
    return pattern_matches(pattern, out);
}

/* YYYY/MM/DD/ */
static bool take_day(const char **at, struct civil *c)
{
    return take_number(at, 4, &c->year) && take(at, "/") &&
           take_number(at, 2, &c->month) && take(at, "/") &&
           take_number(at, 2, &c->day) && take(at, "/");
}

/* MOMENT_NONE when there is no such day or hour. */
static int64_t moment_of(struct civil c)
{
    int64_t ms = civil_moment(c);
    struct civil back = moment_civil(ms);
    bool exists = c.year >= 1970 && back.year == c.year &&
                  back.month == c.month && back.day == c.day &&
                  back.hour == c.hour && back.minute == c.minute &&
                  back.second == c.second;
    return exists ? ms : MOMENT_NONE;
}

static bool place_slot(const char *rest, enum pattern pattern,
                       struct record_place *p)
{
    struct civil c = { 0 };
    if (!take_name(&rest, "/", pattern, p->name) || !take(&rest, "/") ||
        !take_day(&rest, &c) || !take_number(&rest, 2, &c.hour) ||
        !take_number(&rest, 2, &c.minute) || strcmp(rest, ".yaml"))
        return false;
    p->time_ms = moment_of(c);
    return p->time_ms != MOMENT_NONE && p->time_ms % MS_PER_SLOT == 0;
}

static bool place_metrics(const char *rest, struct record_place *p)
{
    p->kind = RECORD_METRICS;
    return place_slot(rest, PATTERN_SYMBOL, p);
}

static bool place_exit(const char *rest, struct record_place *p)
{
    p->kind = RECORD_EXIT;
    return place_slot(rest, PATTERN_GRID_ID, p);
}

static bool place_named(const char *rest, enum record_kind kind,
                        enum pattern pattern, struct record_place *p)
{
    p->kind = kind;
    return take_name(&rest, "./", pattern, p->name) && !strcmp(rest, ".yaml");
}

static bool place_grid(const char *rest, struct record_place *p)
{
    return place_named(rest, RECORD_GRID, PATTERN_GRID_ID, p);
}

static bool place_state(const char *rest, struct record_place *p)
{
    return place_named(rest, RECORD_STATE, PATTERN_GRID_ID, p);
}

static bool place_config(const char *rest, struct record_place *p)
{
    return place_named(rest, RECORD_CONFIG, PATTERN_HEX8, p);
}

static bool place_latest_grid(const char *rest, struct record_place *p)
{
    return place_named(rest, RECORD_EXIT, PATTERN_GRID_ID, p);
}

static bool place_latest_symbol(const char *rest, struct record_place *p)
{
    return place_named(rest, RECORD_METRICS, PATTERN_SYMBOL, p);
}

static bool place_service(const char *rest, struct record_place *p)
{
    p->kind = RECORD_SERVICE;
    return !*rest;
}

static bool place_seed(const char *rest, struct record_place *p)
{
    char tf[GRID_ID_MAX];
    p->kind = RECORD_SEED;
    return take_name(&rest, "/", PATTERN_SYMBOL, p->name) && take(&rest, "/") &&
           take_name(&rest, "/", PATTERN_TOKEN, tf) &&
           timeframe_from_name(tf, &p->tf) && !strcmp(rest, "/seed.csv");
}

static bool place_schema(const char *rest, struct record_place *p)
{
    char word[GRID_ID_MAX];
    p->kind = RECORD_SCHEMA;
    if (!take_name(&rest, ".", PATTERN_CHANNEL, word) ||
        strcmp(rest, ".schema.json"))
        return false;
    for (int k = 0; k < RECORD_KIND_COUNT; k++) {
        p->schema_of = (enum record_kind)k;
        if (!strcmp(record_kind_name(p->schema_of), word))
            return true;
    }
    return false;
}

static bool place_readme(const char *rest, struct record_place *p)
{
    p->kind = RECORD_README;
    return !*rest;
}

/* "NAME-EVENT" with the hash and the ending cut off. */
static bool place_event(char *name, struct record_place *p)
{
    char *hyphen = strrchr(name, '-');
    if (!hyphen)
        return false;
    *hyphen = '\0';
    for (int k = RECORD_TRANSITION; k < RECORD_KIND_COUNT; k++) {
        p->kind = (enum record_kind)k;
        if (!strcmp(hyphen + 1, record_kind_name(p->kind))) {
            const char *at = name;
            return take_name(&at, "", PATTERN_SUBJECT, p->name);
        }
    }
    return false;
}

static bool place_audit(const char *rest, struct record_place *p)
{
    struct civil c = { 0 };
    char name[RECORD_PATH_MAX];
    if (!take_day(&rest, &c) || !take_number(&rest, 2, &c.hour) ||
        !take_number(&rest, 2, &c.minute) ||
        !take_number(&rest, 2, &c.second) || !take_number(&rest, 3, &c.ms) ||
        !take(&rest, "-"))
        return false;
    size_t n = strlen(rest), tail = strlen("-01234567.yaml");
    if (n <= tail || n >= sizeof(name) || strcmp(rest + n - 5, ".yaml") ||
        rest[n - tail] != '-')
        return false;
    memcpy(p->hash8, rest + n - tail + 1, RECORD_HASH8 - 1);
    memcpy(name, rest, n - tail);
    name[n - tail] = '\0';
    p->time_ms = moment_of(c);
    return p->time_ms != MOMENT_NONE &&
           pattern_matches(PATTERN_HEX8, p->hash8) && place_event(name, p);
}

struct record_place record_place_of(const char *path)
{
    static const struct {
        const char *folder;
        bool (*place)(const char *rest, struct record_place *p);
    } rules[] = {
        { "metrics/", place_metrics },
        { "exits/", place_exit },
        { "state/", place_state },
        { "grids/", place_grid },
        { "latest/grids/", place_latest_grid },
        { "latest/symbols/", place_latest_symbol },
        { "latest/service.yaml", place_service },
        { "audit/", place_audit },
        { "bars/", place_seed },
        { "config/", place_config },
        { "schema/", place_schema },
        { "README.md", place_readme },
    };
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        const char *rest = path;
        struct record_place p = { .time_ms = MOMENT_NONE };
        if (take(&rest, rules[i].folder) && rules[i].place(rest, &p))
            return p;
    }
    return (struct record_place){ .kind = RECORD_FOREIGN,
                                  .time_ms = MOMENT_NONE };
}

enum record_kind record_kind_of_path(const char *path)
{
    return record_place_of(path).kind;
}
