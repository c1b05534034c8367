/* gridwatch backtest --grids: grids that somebody ran. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/backtest.h"
#include "position/shadow.h"
#include "record/record.h"
#include "sys/xmalloc.h"

static int check(const struct grid *g, struct error *err)
{
    const char *why = shadow_cannot(g);

    if (grid_life_ms(g) == MOMENT_NONE)
        return error_set(err, FAULT_DATA, "the grid was never started");
    if (g->override_count)
        return error_set(err, FAULT_DATA,
                         "overrides are not read by a backtest, whose grids "
                         "have one configuration");
    return why ? error_set(err, FAULT_DATA, "%s", why) : 0;
}

static int parse(const struct text *text, struct grid *out, struct error *err)
{
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];

    if (document_parse(RECORD_GRID, text_str(text), text->len, out,
                       &complaints) == 0)
        return check(out, err);
    complaint_format(&complaints.list[0], why);
    return error_set(err, FAULT_DATA, "%s", why);
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* A table of lives cannot tell them apart. */
static bool are_twins(const struct grid *a, const struct grid *b)
{
    return strcmp(a->symbol, b->symbol) == 0 &&
           moment_floor(grid_life_ms(a), MS_PER_SLOT) ==
               moment_floor(grid_life_ms(b), MS_PER_SLOT) &&
           a->lower == b->lower && a->upper == b->upper &&
           same_number(a->stop.below, b->stop.below) &&
           same_number(a->stop.above, b->stop.above);
}

/* The last of the list is none of those before it. */
static int check_twins(const struct grid *list, size_t count, struct error *err)
{
    const struct grid *last = &list[count - 1];
    for (size_t i = 0; i + 1 < count; i++)
        if (are_twins(&list[i], last))
            return error_set(err, FAULT_DATA,
                             "grid '%s' has the symbol, start, range and stop "
                             "of grid '%s': a run each",
                             last->id, list[i].id);
    return 0;
}

int backtest_given(const char *const *paths, size_t count, struct grid **out,
                   struct error *err)
{
    struct text text = TEXT_INIT(RECORD_BYTES_MAX);
    int rc = 0;

    *out = xcalloc(count, sizeof(**out));
    for (size_t i = 0; i < count && !rc; i++) {
        text_clear(&text);
        rc = text_read_file(&text, paths[i], err);
        if (!rc &&
            (parse(&text, &(*out)[i], err) || check_twins(*out, i + 1, err)))
            rc = error_wrap(err, "file '%s'", paths[i]);
    }
    text_release(&text);
    return rc;
}

/* Is the file's name the symbol without its dash, and a dash? */
static bool is_of(const char *symbol, const char *file)
{
    for (; *symbol; symbol++) {
        if (*symbol == '-')
            continue;
        if (*file++ != *symbol)
            return false;
    }
    return *file == '-';
}

bool backtest_given_in(const struct grid *g, const char *file)
{
    return is_of(g->symbol, file);
}
