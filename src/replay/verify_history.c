/* Who wrote what: a run, an operator, or somebody else. */
#include <string.h>

#include "replay/verify_internal.h"

/* Written once, never changed. */
static bool is_for_ever(enum record_kind kind, const char *path)
{
    if (kind == RECORD_METRICS || kind == RECORD_EXIT)
        return strncmp(path, "latest/", 7) != 0;
    return kind == RECORD_SEED || kind == RECORD_CONFIG ||
           strncmp(path, "audit/", 6) == 0;
}

static bool is_of_a_run(const struct store_commit *c)
{
    return strstr(c->message, "\n\nrun ") != NULL;
}

/* Its commit holds the audit event of an action. */
static bool is_of_an_operator(const struct store_commit *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (record_kind_of_path(c->edits[i].path) == RECORD_OPERATOR &&
            !c->edits[i].before[0])
            return true;
    return false;
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

static void check_edit(struct verify *v, const struct store_commit *c,
                       const struct store_edit *e, bool known)
{
    enum record_kind kind = record_kind_of_path(e->path);
    char now[STORE_ID_SIZE];

    if (is_for_ever(kind, e->path) && e->before[0]) {
        verify_find(v, e->path, "was %s by commit %.12s; it is written once",
                    e->after[0] ? "changed" : "removed", c->hex);
        return;
    }
    if (known || is_of_init(kind))
        return;
    if (kind != RECORD_GRID) {
        verify_find(v, e->path,
                    "was written by commit %.12s, which no run and no action "
                    "of an operator made",
                    c->hex);
        return;
    }
    /* Only what still stands matters: older contents are held to the slots that
     * read them. */
    if (store_blob_id(v->store, e->path, now, NULL) == 0 &&
        strcmp(now, e->after) == 0 && !was_read(v, e))
        verify_find(v, e->path,
                    "was edited by hand in commit %.12s, and no slot has read "
                    "it yet",
                    c->hex);
}

static int check_commit(const struct store_commit *c, void *payload,
                        struct error *err)
{
    struct verify *v = payload;
    bool known = is_of_a_run(c) || is_of_an_operator(c);

    (void)err;
    v->report->commits++;
    for (size_t i = 0; i < c->count; i++)
        check_edit(v, c, &c->edits[i], known);
    return 0;
}

int verify_history(struct verify *v, struct error *err)
{
    return store_log(v->store, check_commit, v, err);
}
