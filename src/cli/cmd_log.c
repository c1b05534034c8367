/* gridwatch log: the story that audit/ tells, one line an event, newest last.
 *
 * Asked for the last lines only, it reads the newest day first and goes back
 * until it has enough. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "cli/act.h"
#include "cli/story_read.h"
#include "sys/xmalloc.h"

#define LINES_UNLESS_SAID 50
#define LINES_MOST        100000
#define LINE_MAX_BYTES    ((size_t)16 * 1024)

/* Lines of the story. */
struct lines {
    char **list;
    size_t count;
};

struct output {
    const struct context *context;
    struct lines *keep; /* NULL: print at once */
};

static void put_event(const struct story_event *e, void *payload)
{
    struct output *o = payload;
    struct text line = TEXT_INIT(LINE_MAX_BYTES);

    if (o->context->json)
        story_json(e, &line);
    else
        story_line(e, &line);
    if (o->keep) {
        struct lines *l = o->keep;
        l->list = xrealloc(l->list, l->count + 1, sizeof(*l->list));
        l->list[l->count++] = xstrdup(text_str(&line));
    } else {
        fputs(text_str(&line), stdout);
    }
    text_release(&line);
}

static void release(struct lines *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->list[i]);
    free(l->list);
    *l = (struct lines){ 0 };
}

/* What is kept gets an older day in front of it. */
static void put_before(struct lines *kept, struct lines *older)
{
    older->list = xrealloc(older->list, older->count + kept->count + 1,
                           sizeof(*older->list));
    if (kept->count)
        memcpy(older->list + older->count, kept->list,
               kept->count * sizeof(*kept->list));
    older->count += kept->count;
    free(kept->list);
    *kept = *older;
}

static int print_last(struct story_reader *r, const struct context *c,
                      size_t most, struct error *err)
{
    struct lines kept = { NULL, 0 };
    int rc = 0;

    for (size_t i = r->days.count; !rc && i-- > 0 && kept.count < most;) {
        struct lines day = { NULL, 0 };
        struct output out = { c, &day };
        rc = story_day(r, i, put_event, &out, err);
        put_before(&kept, &day);
    }
    for (size_t i = kept.count > most ? kept.count - most : 0;
         !rc && i < kept.count; i++)
        fputs(kept.list[i], stdout);
    release(&kept);
    return rc;
}

static int print_all(struct story_reader *r, const struct context *c,
                     struct error *err)
{
    struct output out = { c, NULL };
    for (size_t i = 0; i < r->days.count; i++) {
        if (story_day(r, i, put_event, &out, err))
            return -1;
    }
    return 0;
}

static bool take_kind(const char *word, size_t len, struct story_wish *w)
{
    for (int k = 0; k < STORY_KIND_COUNT; k++) {
        const char *name = story_kind_name((enum story_kind)k);
        if (strlen(name) == len && strncmp(name, word, len) == 0)
            return w->kinds[k] = true;
    }
    return false;
}

static int read_kinds(const struct context *c, struct story_wish *w,
                      struct error *err)
{
    const char *text = act_option(c, "kind");

    for (int k = 0; k < STORY_KIND_COUNT; k++)
        w->kinds[k] = !text;
    while (text) {
        size_t len = strcspn(text, ",");
        if (!take_kind(text, len, w))
            return error_set(err, FAULT_USAGE,
                             "--kind '%.*s' is none of transition, message, "
                             "delivery, operator, fault, revision, look, "
                             "config",
                             (int)(len > 40 ? 40 : len), text);
        text = text[len] ? text + len + 1 : NULL;
    }
    return 0;
}

static int read_count(const struct context *c, int64_t *most, struct error *err)
{
    const char *text = act_option(c, "lines");
    *most = act_option(c, "since") ? 0 : LINES_UNLESS_SAID;
    if (!text ||
        (integer_parse(text, most) && *most >= 1 && *most <= LINES_MOST))
        return 0;
    return error_set(err, FAULT_USAGE,
                     "-n '%.40s' is not a whole number from 1 to %d", text,
                     LINES_MOST);
}

/* Of a grid the events of its symbol are shown, too. */
static int name_grid(const struct context *c, struct store *store,
                     struct grid *g, struct story_wish *w, struct error *err)
{
    struct error why;
    if (!c->args->word_count)
        return 0;
    w->grid = c->args->words[0];
    if (edit_read_grid(store, w->grid, g, &why) == 0)
        w->symbol = g->symbol;
    else if (why.fault == FAULT_MISSING)
        return error_set(err, FAULT_USAGE, "%s", why.msg);
    return 0;
}

enum run_exit cmd_log(const struct context *c, struct error *err)
{
    struct story_wish wish = { .grid = NULL };
    struct story_reader reader = { .store = NULL };
    struct store *store = NULL;
    struct grid g;
    int64_t most = 0;

    if (read_kinds(c, &wish, err) || span_read(c, &wish.span, err) ||
        read_count(c, &most, err))
        return RUN_USAGE;
    int rc = run_open_store(c->config, true, &store, err);
    if (!rc)
        rc = name_grid(c, store, &g, &wish, err);
    if (!rc)
        rc = story_open(store, &wish, &reader, err);
    if (!rc)
        rc = most ? print_last(&reader, c, (size_t)most, err)
                  : print_all(&reader, c, err);
    story_close(&reader);
    store_free(store);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
