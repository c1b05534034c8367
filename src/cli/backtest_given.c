/* gridwatch backtest --grids: grids that somebody ran. */
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

int backtest_given(const char *const *paths, size_t count, struct grid **out,
                   struct error *err)
{
    struct text text = TEXT_INIT(RECORD_BYTES_MAX);
    int rc = 0;

    *out = xcalloc(count, sizeof(**out));
    for (size_t i = 0; i < count && !rc; i++) {
        text_clear(&text);
        rc = text_read_file(&text, paths[i], err);
        if (!rc && parse(&text, &(*out)[i], err))
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

size_t backtest_given_of(const struct backtest_ask *ask, const char *file,
                         struct grid *out)
{
    size_t n = 0;
    for (size_t i = 0; i < ask->given_count; i++)
        if (is_of(ask->given[i].symbol, file))
            out[n++] = ask->given[i];
    return n;
}
