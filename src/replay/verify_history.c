/* Who wrote what: a run, an operator, or somebody else. */
#include <string.h>

#include "base/moment.h"
#include "replay/verify_internal.h"

/* Written once, never changed. */
static bool is_for_ever(enum record_kind kind, const char *path)
{
    if (kind == RECORD_METRICS || kind == RECORD_EXIT)
        return strncmp(path, "latest/", 7) != 0;
    return kind == RECORD_SEED || kind == RECORD_CONFIG ||
           strncmp(path, "audit/", 6) == 0;
}

/* The id in the message's last paragraph, "run ID"; or "". */
static void run_of(const struct store_commit *c, char out[RECORD_RUN_ID_MAX])
{
    static const char key[] = "\n\nrun ";
    const char *at = c->message, *last = NULL;
    while ((at = strstr(at, key)) != NULL)
        last = at++;
    out[0] = '\0';
    if (!last)
        return;
    last += sizeof(key) - 1;
    size_t len = strcspn(last, "\n");
    if (len < RECORD_RUN_ID_MAX && last[len + (last[len] == '\n')] == '\0') {
        memcpy(out, last, len);
        out[len] = '\0';
    }
}

/* Its commit holds the audit event of an action, and the grid's file that was
 * changed by it: an acknowledgement on the phone is written by a run. */
static bool is_of_an_operator(const struct store_commit *c)
{
    bool event = false, file = false;
    for (size_t i = 0; i < c->count; i++) {
        enum record_kind kind = record_kind_of_path(c->edits[i].path);
        event |= kind == RECORD_OPERATOR && !c->edits[i].before[0];
        file |= kind == RECORD_GRID;
    }
    return event && file;
}

/* What was done on the phone reaches the record by a run, and so does what the
 * account showed. */
static bool is_of_the_phone(struct verify *v, const struct store_edit *e)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct operator_document d;
    struct error err;
    bool phone = record_kind_of_path(e->path) == RECORD_OPERATOR &&
                 store_read_blob(v->store, e->after, &data, &err) == 0 &&
                 document_parse(RECORD_OPERATOR, text_str(&data), data.len, &d,
                                &complaints) == 0 &&
                 (d.action == OPERATOR_ACKNOWLEDGE ||
                  d.action == OPERATOR_EXITED || d.action == OPERATOR_RETURNED);
    text_release(&data);
    return phone;
}

static bool is_of_init(enum record_kind kind)
{
    return kind == RECORD_README || kind == RECORD_SCHEMA;
}

/* A grid file that was edited by hand is fine once a slot has read it. */
static bool was_read(struct verify *v, const struct store_edit *e)
{
    struct record_place place = record_place_of(e->path);
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    struct exit_document d;
    struct error err;
    char path[RECORD_PATH_MAX];
    bool read = false;

    record_latest_grid_path(place.name, path);
    if (store_read(v->store, path, &data, &err) == 0 &&
        document_parse(RECORD_EXIT, text_str(&data), data.len, &d,
                       &complaints) == 0)
        read = strcmp(d.inputs.grid_blob, e->after) == 0;
    text_release(&data);
    return read;
}

/* What only people write, by a command or by hand. */
static bool is_of_people(enum record_kind kind)
{
    return kind == RECORD_GRID || kind == RECORD_OPERATOR ||
           kind == RECORD_FOREIGN || is_of_init(kind);
}

/* What follows from bars: no action of a person writes it. */
static bool is_of_runs(enum record_kind kind)
{
    return kind == RECORD_METRICS || kind == RECORD_EXIT ||
           kind == RECORD_TRANSITION || kind == RECORD_SEED ||
           kind == RECORD_LOOK;
}

/* One commit, and who made it. */
struct author {
    struct verify *verify;
    const struct store_commit *commit;
    char run[RECORD_RUN_ID_MAX]; /* or "" */
    bool operates, leaves;
};

/* A slot document may leave the tip when its day is over; nothing else may. */
static void check_leaving(const struct author *a, const struct store_edit *e)
{
    struct record_place place = record_place_of(e->path);
    bool slot = (place.kind == RECORD_METRICS || place.kind == RECORD_EXIT) &&
                place.time_ms != MOMENT_NONE;
    if (e->after[0])
        verify_find(a->verify, e->path,
                    "was written by commit %.12s, which only lets documents "
                    "leave the tip",
                    a->commit->hex);
    else if (!slot || !a->run[0])
        verify_find(a->verify, e->path, "was removed by commit %.12s; %s",
                    a->commit->hex,
                    slot ? "no run made that" : "only slots leave the tip");
    else if (place.time_ms > a->commit->when_ms - MS_PER_DAY)
        verify_find(a->verify, e->path,
                    "left the tip by commit %.12s before it was a day old",
                    a->commit->hex);
}

/* Only what still stands matters: older contents are held to the slots that
 * read them. */
static void check_by_hand(const struct author *a, const struct store_edit *e)
{
    char now[STORE_ID_SIZE];
    if (store_blob_id(a->verify->store, e->path, now, NULL) == 0 &&
        strcmp(now, e->after) == 0 && !was_read(a->verify, e))
        verify_find(a->verify, e->path,
                    "was edited by hand in commit %.12s, and no slot has read "
                    "it yet",
                    a->commit->hex);
}

static void check_writer(const struct author *a, const struct store_edit *e,
                         enum record_kind kind)
{
    if (a->operates ? !is_of_runs(kind)
                    : a->run[0] && (!is_of_people(kind) ||
                                    is_of_the_phone(a->verify, e)))
        return;
    if (a->operates || a->run[0])
        verify_find(a->verify, e->path,
                    "was written by commit %.12s: %s does not write it",
                    a->commit->hex,
                    a->operates ? "an operator's action" : "a run");
    else if (kind == RECORD_GRID)
        check_by_hand(a, e);
    else if (!is_of_init(kind))
        verify_find(a->verify, e->path,
                    "was written by commit %.12s, which no run and no action "
                    "of an operator made",
                    a->commit->hex);
}

static void check_edit(const struct author *a, const struct store_edit *e)
{
    struct verify *v = a->verify;
    enum record_kind kind = record_kind_of_path(e->path);
    bool for_ever = is_for_ever(kind, e->path);

    if (!e->after[0])
        store_past_add(v->past, e->path, e->before);
    else
        ledger_wrote(v->ledger, e->path, !for_ever);
    if (a->leaves)
        check_leaving(a, e);
    else if (for_ever && e->before[0])
        verify_find(v, e->path, "was %s by commit %.12s; it is written once",
                    e->after[0] ? "changed" : "removed", a->commit->hex);
    else
        check_writer(a, e, kind);
}

static int check_commit(const struct store_commit *c, void *payload,
                        struct error *err)
{
    struct author a = { .verify = payload, .commit = c };

    (void)err;
    a.verify->report->commits++;
    if (c->edge) { /* who wrote what it has is not known here */
        memcpy(a.verify->report->edge, c->hex, sizeof(c->hex));
        ledger_commit(a.verify->ledger, c->hex, "");
        return 0;
    }
    run_of(c, a.run);
    a.operates = is_of_an_operator(c);
    a.leaves = strncmp(c->message, STORE_LEAVE, strlen(STORE_LEAVE)) == 0;
    ledger_commit(a.verify->ledger, c->hex, a.run);
    for (size_t i = 0; i < c->count; i++)
        check_edit(&a, &c->edits[i]);
    return 0;
}

int verify_history(struct verify *v, struct error *err)
{
    size_t at = 0;
    if (store_log(v->store, check_commit, v, err))
        return -1;
    v->report->left = store_past_count(v->past);
    for (const char *path; (path = ledger_twice(v->ledger, &at)) != NULL;)
        verify_find(v, path, "was written more than once; it is written once");
    return 0;
}
