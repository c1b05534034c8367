#include "cli/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/act_json.h"
#include "record/pattern.h"
#include "sys/xmalloc.h"

const char *act_option(const struct context *c, const char *name)
{
    const struct arg_table *table = &c->command->options;
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->rows[i].name, name) == 0)
            return c->args->value[1][i];
    }
    return NULL;
}

static int read_note(struct act *a, struct error *err)
{
    const char *note = act_option(a->context, "note");
    a->note = note ? note : "";
    if (strlen(a->note) >= GRID_NOTE_MAX)
        return error_set(err, FAULT_USAGE,
                         "--note is longer than %d bytes: say it shorter",
                         GRID_NOTE_MAX - 1);
    if (a->note[0] && !pattern_matches(PATTERN_LINE, a->note))
        return error_set(err, FAULT_USAGE, "--note is not %s",
                         pattern_words(PATTERN_LINE));
    return 0;
}

static bool is_name(const char *name)
{
    return name && strlen(name) < GRID_ID_MAX &&
           pattern_matches(PATTERN_ACCOUNT, name);
}

static int read_by(struct act *a, struct error *err)
{
    const char *by = act_option(a->context, "by");
    if (by && !is_name(by))
        return error_set(err, FAULT_USAGE, "--by '%.40s' is not a name of %s",
                         by, pattern_words(PATTERN_ACCOUNT));
    if (!by)
        by = getenv("USER");
    snprintf(a->by, sizeof(a->by), "%s", is_name(by) ? by : "");
    return 0;
}

int act_begin(struct act *a, const struct context *c, struct error *err)
{
    const struct edit_options options = { c->config, version_engine(), c->at_ms,
                                          c->dry_run };
    *a = (struct act){ .context = c };
    if (read_note(a, err) || read_by(a, err))
        return -1;
    return edit_begin(&a->edit, &options, err);
}

void act_end(struct act *a)
{
    edit_end(&a->edit);
    free(a->done);
    a->done = NULL;
    a->done_count = 0;
}

int act_read(struct act *a, const char *id, struct grid *g, struct error *err)
{
    int rc = edit_read_grid(a->edit.store, id, g, err);
    if (rc && err->fault == FAULT_MISSING)
        err->fault = FAULT_USAGE;
    return rc;
}

/* An event that somebody wrote by hand may be ahead of our clock; what is done
 * now comes after it nevertheless. */
static int time_of(const struct act *a, const struct grid *g, int64_t *at_ms,
                   struct error *err)
{
    char newest[MOMENT_TEXT];
    int64_t last_ms = grid_last_event_ms(g);

    *at_ms = a->edit.at_ms;
    if (last_ms == MOMENT_NONE || last_ms <= *at_ms)
        return 0;
    moment_format(last_ms, newest);
    if (a->context->at_ms != MOMENT_NONE)
        return error_set(err, FAULT_USAGE,
                         "grid '%s': its newest event is of %s, and --at is "
                         "before that",
                         g->id, newest);
    *at_ms = last_ms;
    return 0;
}

/* A file that was written by hand may have no history yet. */
static size_t add_event(struct grid *g, const struct grid_history *event)
{
    const struct grid_history created = { .at_ms = event->at_ms,
                                          .event = GRID_CREATED };
    size_t given_up = 0;
    if (g->history_count == 0 && event->event != GRID_CREATED)
        given_up = grid_add_event(g, &created);
    return given_up + grid_add_event(g, event);
}

static void remember(struct act *a, const struct act_done *done)
{
    a->done = xrealloc(a->done, a->done_count + 1, sizeof(*a->done));
    a->done[a->done_count++] = *done;
}

int act_put(struct act *a, struct grid *g, enum grid_event event,
            const struct operator_document *what, const char *why,
            const char *words, struct error *err)
{
    struct grid_history h = { .event = event, .until_ms = what->until_ms };
    struct act_done done = { .what = *what };
    char wrong[200];

    if (time_of(a, g, &h.at_ms, err))
        return -1;
    snprintf(h.note, sizeof(h.note), "%s", why ? why : a->note);
    done.given_up = add_event(g, &h);
    if (!grid_check(g, wrong, sizeof(wrong)))
        return error_set(err, FAULT_USAGE, "grid '%s': %s", g->id, wrong);
    done.status = grid_status(g);
    done.what.at_ms = a->edit.at_ms;
    memcpy(done.what.grid, g->id, sizeof(g->id));
    memcpy(done.what.by, a->by, sizeof(a->by));
    if (!done.what.note[0])
        snprintf(done.what.note, sizeof(done.what.note), "%s", a->note);
    snprintf(done.words, sizeof(done.words), "%s: %s", g->id, words);
    remember(a, &done);
    if (edit_put_grid(&a->edit, g, err) ||
        edit_put_operator(&a->edit, &done.what, err))
        return -1;
    return 0;
}

static void tell(const struct act *a, const struct act_done *d)
{
    if (a->context->dry_run)
        printf("would commit: %s\n", d->words);
    else if (!a->context->quiet)
        printf("%s (%.7s)\n", d->words, a->edit.commit);
    if (d->given_up)
        fprintf(stderr,
                "gridwatch: the history of grid '%s' is full: %zu old event%s "
                "left it and %s in Git only\n",
                d->what.grid, d->given_up, d->given_up == 1 ? "" : "s",
                d->given_up == 1 ? "is" : "are");
}

static void tell_all(const struct act *a)
{
    struct text out = TEXT_INIT((size_t)1 << 20);
    for (size_t i = 0; i < a->done_count; i++) {
        if (a->context->json)
            act_json(a, &a->done[i], &out);
        else
            tell(a, &a->done[i]);
    }
    fputs(text_str(&out), stdout);
    text_release(&out);
    if (a->edit.push_owed)
        fprintf(stderr, "gridwatch: push owed, the next run pushes: %s\n",
                a->edit.push_error.msg);
}

int act_commit(struct act *a, struct error *err)
{
    char subject[sizeof(a->done[0].words) + 32];

    snprintf(subject, sizeof(subject), "%s", a->done[0].words);
    if (a->done_count > 1)
        snprintf(subject, sizeof(subject), "%s, and %zu more", a->done[0].words,
                 a->done_count - 1);
    if (!a->context->dry_run && edit_commit(&a->edit, subject, err))
        return -1;
    tell_all(a);
    return 0;
}

void act_tell_rebuilt(const struct edit *e)
{
    const struct rebuild_report *b = &e->rebuilt;
    char what[RECORD_LINE_MAX];
    for (size_t i = 0; i < b->count && i < REBUILD_LOSSES_MAX; i++) {
        if (b->losses[i].slot_ms != MOMENT_NONE)
            continue;
        rebuild_loss_text(&b->losses[i], what);
        fprintf(stderr, "gridwatch: %s\n", what);
    }
    if (b->store.saved[0]) {
        rebuild_saved_text(b->store.saved, what);
        fprintf(stderr, "gridwatch: %s\n", what);
    }
    if (e->rebuild_error.fault != FAULT_NONE)
        fprintf(stderr,
                "gridwatch: the remote has moved on, and this is not recorded "
                "on its tip yet: %s\n",
                e->rebuild_error.msg);
}

enum run_exit act_finish(struct act *a, int rc, const struct error *err)
{
    act_tell_rebuilt(&a->edit);
    act_end(a);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
