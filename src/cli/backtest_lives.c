/* gridwatch backtest: lives as a table. One row of `columns` is one column. */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "cli/backtest.h"
#include "market/bar_csv.h"
#include "sys/xmalloc.h"

#define FILE_BYTES_MAX ((size_t)1024 * 1024 * 1024)
#define FIXED          6 /* the symbol, and what all lives have alike */
#define LAST_LINE      "# %zu lives"
#define CELL_MAX       CANDLES_NAME
#define ROW_MAX        4096

enum column_kind { COUNT, TIME, NUMBER, YESNO, REASON };

struct column {
    const char *name;
    enum column_kind kind;
    size_t offset; /* in struct life_row */
};

#define AT(member) offsetof(struct life_row, life.member)

// clang-format off
static const struct column columns[] = {
    { "week",               COUNT,  AT(week) },
    { "start_ms",           TIME,   AT(start_ms) },
    { "window_end_ms",      TIME,   AT(window_end_ms) },
    { "known_end_ms",       TIME,   AT(known_end_ms) },
    { "capital",            NUMBER, AT(capital) },
    { "half_width_atr",     NUMBER, AT(half_width_atr) },
    { "stop_atr",           NUMBER, AT(stop_atr) },
    { "half_width",         NUMBER, AT(half_width) },
    { "sigma_1h",           NUMBER, AT(sigma_1h) },
    { "activation",         NUMBER, AT(activation) },
    { "delay_ms",           TIME,   AT(delay_ms) },
    { "first_warning_ms",   TIME,   AT(first_warning_ms) },
    { "first_latest_ms",    TIME,   AT(first_latest_ms) },
    { "first_mandatory_ms", TIME,   AT(first_mandatory_ms) },
    { "reason",             REASON, AT(reason) },
    { "alert_down",         YESNO,  AT(alert_down) },
    { "mandatory_down",     YESNO,  AT(mandatory_down) },
    { "alerts_warning",     COUNT,  AT(alerts[0]) },
    { "alerts_latest",      COUNT,  AT(alerts[1]) },
    { "alerts_mandatory",   COUNT,  AT(alerts[2]) },
    { "mandatory",          COUNT,  AT(mandatory) },
    { "met",                COUNT,  AT(met) },
    { "exit_ms",            TIME,   AT(exit_ms) },
    { "end_equity",         NUMBER, AT(end_equity) },
    { "end_realised",       NUMBER, AT(end_realised) },
    { "peak_equity",        NUMBER, AT(peak_equity) },
    { "peak_unrealised",    NUMBER, AT(peak_unrealised) },
    { "m_ms",               TIME,   AT(m_ms[LIFE_BOTH]) },
    { "m_down_ms",          TIME,   AT(m_ms[LIFE_DOWN]) },
    { "s_ms",               TIME,   AT(s_ms[LIFE_BOTH]) },
    { "s_down_ms",          TIME,   AT(s_ms[LIFE_DOWN]) },
    { "later_equity",       NUMBER, AT(later_equity) },
    { "hours",              COUNT,  AT(hours[LIFE_BOTH].live) },
    { "hours_follow",       COUNT,  AT(hours[LIFE_BOTH].follow) },
    { "hours_pending",      COUNT,  AT(hours[LIFE_BOTH].pending) },
    { "hours_down",         COUNT,  AT(hours[LIFE_DOWN].live) },
    { "hours_down_follow",  COUNT,  AT(hours[LIFE_DOWN].follow) },
    { "hours_down_pending", COUNT,  AT(hours[LIFE_DOWN].pending) },
    { "reverse_equity",     NUMBER, offsetof(struct life_row, reverse_equity) },
    { "pi_day",             NUMBER, offsetof(struct life_row, pi_day) },
};
// clang-format on

static const char *const reasons[] = {
    [LIFE_NO_ALERT] = "none", [LIFE_TRANSITION] = "transition",
    [LIFE_GUARD] = "guard",   [LIFE_MANDATORY] = "mandatory",
    [LIFE_OTHER] = "other",
};

static const char *const designs[] = { [PASS_COHORT] = "cohort",
                                       [PASS_GIVEN] = "given",
                                       [PASS_LIFECYCLE] = "lifecycle" };

static const char *const sides[] = {
    [GRID_LONG] = "long", [GRID_SHORT] = "short", [GRID_NEUTRAL] = "neutral"
};

/* --- In memory ------------------------------------------------------------ */

void lives_add(struct lives *l, const struct life_row *row)
{
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->at = xrealloc(l->at, l->room, sizeof(*l->at));
    }
    l->at[l->count++] = *row;
}

bool lives_walks(const struct lives *l, const struct life *life)
{
    return strcmp(l->symbols[life->symbol], BACKTEST_WALK) == 0;
}

const char *lives_side(const struct lives *l)
{
    return sides[l->side];
}

const char *lives_design(const struct lives *l)
{
    return designs[l->design];
}

int32_t lives_symbol(struct lives *l, const char *name)
{
    for (size_t i = 0; i < l->symbol_count; i++)
        if (strcmp(l->symbols[i], name) == 0)
            return (int32_t)i;
    l->symbols = xrealloc(l->symbols, l->symbol_count + 1, sizeof(*l->symbols));
    snprintf(l->symbols[l->symbol_count], CANDLES_NAME, "%s", name);
    return (int32_t)l->symbol_count++;
}

void lives_release(struct lives *l)
{
    free(l->at);
    free(l->symbols);
    *l = (struct lives){ 0 };
}

/* --- Written -------------------------------------------------------------- */

static void put_header(struct text *out)
{
    text_puts(out, "symbol,design,profile,side,config,engine");
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        text_printf(out, ",%s", columns[i].name);
    text_puts(out, "\n");
}

static void put_cell(const struct column *c, const struct life_row *row,
                     struct text *out)
{
    const void *p = (const char *)row + c->offset;
    char number[NUMBER_TEXT];

    text_puts(out, ",");
    switch (c->kind) {
    case COUNT:
        text_printf(out, "%" PRId32, *(const int32_t *)p);
        break;
    case TIME:
        if (*(const int64_t *)p != MOMENT_NONE)
            text_printf(out, "%" PRId64, *(const int64_t *)p);
        break;
    case NUMBER:
        if (isfinite(*(const double *)p)) {
            number_format(*(const double *)p, number);
            text_puts(out, number);
        }
        break;
    case YESNO:
        text_puts(out, *(const bool *)p ? "yes" : "no");
        break;
    case REASON:
        text_puts(out, reasons[*(const enum life_reason *)p]);
        break;
    }
}

static void put_cells(const struct life_row *row, struct text *out)
{
    for (size_t k = 0; k < ARRAY_LEN(columns); k++)
        put_cell(&columns[k], row, out);
}

bool lives_same(const struct life_row *a, const struct life_row *b)
{
    struct text x = TEXT_INIT(ROW_MAX), y = TEXT_INIT(ROW_MAX);

    put_cells(a, &x);
    put_cells(b, &y);
    bool same = strcmp(text_str(&x), text_str(&y)) == 0;
    text_release(&x);
    text_release(&y);
    return same;
}

int lives_write(const struct lives *l, const char *path, struct error *err)
{
    struct text out = TEXT_INIT(FILE_BYTES_MAX);

    put_header(&out);
    for (size_t i = 0; i < l->count; i++) {
        const struct life_row *row = &l->at[i];
        text_printf(&out, "%s,%s,%s,%s,%s,%s", l->symbols[row->life.symbol],
                    designs[l->design], profile_name(l->profile),
                    sides[l->side], l->config, l->engine);
        put_cells(row, &out);
        text_puts(&out, "\n");
    }
    text_printf(&out, LAST_LINE, l->count);
    text_puts(&out, "\n");
    int rc = text_write_file(&out, path, err);
    text_release(&out);
    return rc;
}

/* --- Read ----------------------------------------------------------------- */

/* False when there is no such word. */
static bool word_at(const char *const *words, size_t n, const char *cell,
                    int *out)
{
    for (size_t i = 0; i < n; i++)
        if (words[i] && strcmp(words[i], cell) == 0) {
            *out = (int)i;
            return true;
        }
    return false;
}

static bool read_cell(const struct column *c, const char *cell,
                      struct life_row *row)
{
    static const char *const yesno[] = { "no", "yes" };
    void *p = (char *)row + c->offset;
    int64_t whole = 0;
    int word = 0;

    switch (c->kind) {
    case COUNT:
        if (!integer_parse(cell, &whole) || whole < INT32_MIN ||
            whole > INT32_MAX)
            return false;
        *(int32_t *)p = (int32_t)whole;
        return true;
    case TIME:
        *(int64_t *)p = MOMENT_NONE;
        return !*cell || integer_parse(cell, p);
    case NUMBER:
        *(double *)p = NO_VALUE;
        return !*cell || number_parse(cell, p);
    case YESNO:
        if (!word_at(yesno, ARRAY_LEN(yesno), cell, &word))
            return false;
        *(bool *)p = word;
        return true;
    case REASON:
        if (!word_at(reasons, ARRAY_LEN(reasons), cell, &word))
            return false;
        *(enum life_reason *)p = (enum life_reason)word;
        return true;
    }
    return false;
}

/* The cell at *at, which moves behind it. False when there is none left, or it
 * is too long. */
static bool next_cell(const char **at, char cell[CELL_MAX])
{
    if (!*at)
        return false;
    size_t n = strcspn(*at, ",");
    if (n >= CELL_MAX)
        return false;
    memcpy(cell, *at, n);
    cell[n] = '\0';
    *at = (*at)[n] ? *at + n + 1 : NULL;
    return true;
}

/* All lives are of one design, profile, side, configuration and engine: those
 * of the first. */
static int check_alike(const struct lives *l, const struct lives *own,
                       struct error *err)
{
    if (l->design != own->design)
        return error_set(err, FAULT_DATA,
                         "a life of design %s, those before are of %s",
                         lives_design(own), lives_design(l));
    if (l->profile != own->profile || l->side != own->side)
        return error_set(err, FAULT_DATA,
                         "another profile or side than the lives before it");
    if (strcmp(l->config, own->config) != 0)
        return error_set(err, FAULT_DATA,
                         "a life under configuration %s, those before are "
                         "under %s",
                         own->config, l->config);
    if (strcmp(l->engine, own->engine) != 0)
        return error_set(err, FAULT_DATA,
                         "a life of engine %s, those before are of %s",
                         own->engine, l->engine);
    return 0;
}

/* What the cells after the symbol say of all lives; nothing else is set. */
static int read_head(char cell[FIXED][CELL_MAX], struct lives *out,
                     struct error *err)
{
    const char *profiles[PROFILE_COUNT];
    int design, profile, side;

    for (int i = 0; i < PROFILE_COUNT; i++)
        profiles[i] = profile_name((enum profile)i);
    if (!word_at(designs, ARRAY_LEN(designs), cell[1], &design) ||
        !word_at(profiles, PROFILE_COUNT, cell[2], &profile) ||
        !word_at(sides, ARRAY_LEN(sides), cell[3], &side))
        return error_set(err, FAULT_DATA,
                         "no design '%s', profile '%s' or side '%s'", cell[1],
                         cell[2], cell[3]);
    if (strlen(cell[4]) + 1 != sizeof(out->config))
        return error_set(err, FAULT_DATA, "'%s' is no configuration's hash",
                         cell[4]);
    out->design = (enum pass_design)design;
    out->profile = (enum profile)profile;
    out->side = (enum grid_side)side;
    memcpy(out->config, cell[4], sizeof(out->config));
    memcpy(out->engine, cell[5], sizeof(out->engine));
    return 0;
}

static int read_fixed(struct lives *l, const char **at, struct life_row *row,
                      struct error *err)
{
    char cell[FIXED][CELL_MAX];
    struct lives own;

    for (int i = 0; i < FIXED; i++)
        if (!next_cell(at, cell[i]))
            return error_set(err, FAULT_DATA, "too few columns");
    if (read_head(cell, &own, err))
        return -1;
    if (l->count == 0) {
        l->design = own.design;
        l->profile = own.profile;
        l->side = own.side;
        memcpy(l->config, own.config, sizeof(l->config));
        memcpy(l->engine, own.engine, sizeof(l->engine));
    }
    if (check_alike(l, &own, err))
        return -1;
    row->life.symbol = lives_symbol(l, cell[0]);
    return 0;
}

/* `row` says already where it stands. */
static int read_row(struct lives *l, const char *line, struct life_row row,
                    struct error *err)
{
    char cell[CELL_MAX];
    const char *at = line;

    if (read_fixed(l, &at, &row, err))
        return -1;
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        if (!next_cell(&at, cell) || !read_cell(&columns[i], cell, &row))
            return error_set(err, FAULT_DATA, "column '%s' cannot be read",
                             columns[i].name);
    if (at)
        return error_set(err, FAULT_DATA, "too many columns");
    lives_add(l, &row);
    return 0;
}

static bool is_header(const char *line)
{
    struct text header = TEXT_INIT(4096);

    put_header(&header);
    header.data[--header.len] = '\0';
    bool same = strcmp(line, text_str(&header)) == 0;
    text_release(&header);
    return same;
}

/* The last line counts the lives, and nothing comes after it. */
static int check_last(const char *line, const char *rest, size_t count,
                      struct error *err)
{
    char last[64];

    snprintf(last, sizeof(last), LAST_LINE, count);
    if (strcmp(line, last) == 0 && !*rest)
        return 0;
    return error_set(err, FAULT_DATA, "'%.40s' is not the last line '%s'", line,
                     last);
}

static int read_lines(struct lives *l, const struct text *text,
                      const char *path, struct error *err)
{
    struct life_row row = { .reverse_equity = NO_VALUE,
                            .pi_day = NO_VALUE,
                            .path = path };
    size_t zero = text_zero_line(text), before = l->count;
    char *at = text->data;

    if (zero)
        return error_set(err, FAULT_DATA, "line %zu: a zero byte", zero);
    if (!is_header(bar_csv_line(&at)))
        return error_set(err, FAULT_DATA, "line 1: not the columns of --lives");
    for (row.line = 2; *at; row.line++) {
        const char *line = bar_csv_line(&at);
        if (*line == '#')
            return check_last(line, at, l->count - before, err)
                       ? error_wrap(err, "line %zu", row.line)
                       : 0;
        if (read_row(l, line, row, err))
            return error_wrap(err, "line %zu", row.line);
    }
    return error_set(err, FAULT_DATA,
                     "line %zu: cut off, the last line '# N lives' is missing",
                     row.line);
}

int lives_read(struct lives *l, const char *path, struct error *err)
{
    struct text text = TEXT_INIT(FILE_BYTES_MAX);
    int rc = text_read_file(&text, path, err);

    if (!rc)
        rc = text_append(&text, "", 0);
    if (!rc && read_lines(l, &text, path, err))
        rc = error_wrap(err, "file '%s'", path);
    text_release(&text);
    return rc;
}
