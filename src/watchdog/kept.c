#include "watchdog/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "sys/yaml.h"

/* Some thousand grids. One that is larger is not written, which is told. */
#define KEPT_BYTES_MAX ((size_t)1 << 20)

void kept_release(struct kept *kept)
{
    free(kept->grids);
    memset(kept, 0, sizeof(*kept));
}

static const char *scalar(const struct yaml_node *map, const char *key)
{
    const struct yaml_node *n = map ? yaml_find(map, key) : NULL;
    return n && n->kind == YAML_SCALAR && !yaml_is_null(n) ? n->text : "";
}

static bool read_time(const struct yaml_node *map, const char *key,
                      int64_t *out)
{
    const char *text = scalar(map, key);
    *out = text[0] ? moment_parse(text) : 0;
    return *out != MOMENT_NONE;
}

static bool copy(char *out, size_t size, const char *text)
{
    return snprintf(out, size, "%s", text) < (int)size;
}

static bool read_rule(const struct yaml_node *n, struct watch_told *out)
{
    const struct yaml_node *subjects = yaml_find(n, "subjects");
    *out = (struct watch_told){ 0 };
    if (!read_time(n, "since", &out->since_ms) ||
        !read_time(n, "told", &out->told_ms))
        return false;
    out->repeats = strtoll(scalar(n, "repeats"), NULL, 10);
    if (out->repeats < 0 || !subjects || subjects->kind != YAML_SEQ)
        return false;
    for (size_t i = 0; i < subjects->count && i < WATCH_FINDINGS_MAX; i++) {
        const struct yaml_node *s = &subjects->children[i];
        if (s->kind != YAML_SCALAR ||
            !copy(out->subject[out->count++], WATCH_PATH_MAX, s->text))
            return false;
    }
    return true;
}

static bool read_rules(const struct yaml_node *rules, struct kept *out)
{
    for (size_t i = 0; rules && i < WATCH_RULE_COUNT; i++) {
        const struct yaml_node *n = yaml_find(rules, watch_rules[i].name);
        if (n && (n->kind != YAML_MAP || !read_rule(n, &out->rule[i])))
            return false;
    }
    return true;
}

static bool read_grids(const struct yaml_node *grids, struct kept *out)
{
    for (size_t i = 0; grids && i < grids->count; i++) {
        const struct yaml_node *n = &grids->children[i];
        bool whole = n->kind == YAML_MAP; /* else of an older version */
        int64_t slot_ms, runs_ms;
        if (!read_time(whole ? n : grids, whole ? "slot" : n->key, &slot_ms) ||
            !read_time(n, "runs", &runs_ms))
            return false;
        kept_set_slot(out, n->key, slot_ms ? slot_ms : MOMENT_NONE);
        kept_set_runs(out, n->key, runs_ms ? runs_ms : MOMENT_NONE);
    }
    return true;
}

static bool read_all(const struct yaml_node *root, struct kept *out)
{
    const struct yaml_node *rules, *grids;
    if (root->kind != YAML_MAP ||
        strcmp(scalar(root, "kind"), "watchdog_memory") != 0 ||
        strcmp(scalar(root, "version"), "1") != 0)
        return false;
    rules = yaml_find(root, "rules");
    grids = yaml_find(root, "grids");
    return copy(out->tip, sizeof(out->tip), scalar(root, "tip")) &&
           (!rules || rules->kind == YAML_MAP) &&
           (!grids || grids->kind == YAML_MAP) && read_rules(rules, out) &&
           read_grids(grids, out);
}

int kept_load(const char *path, struct kept *out, struct error *err)
{
    struct text data = TEXT_INIT(KEPT_BYTES_MAX);
    struct yaml_node *root = NULL;

    memset(out, 0, sizeof(*out));
    int rc = text_read_file(&data, path, err);
    if (!rc)
        rc = yaml_parse(text_str(&data), data.len, &root, err);
    if (!rc && !read_all(root, out))
        rc = error_set(err, FAULT_DATA, "it is no memory of this watchdog");
    if (rc)
        kept_release(out);
    yaml_node_free(root);
    text_release(&data);
    return rc ? error_wrap(err, "'%s'", path) : 0;
}

static void put_time(struct yaml_writer *w, const char *key, int64_t ms)
{
    char text[MOMENT_TEXT];
    if (ms)
        moment_format(ms, text);
    yaml_plain(w, key, ms ? text : "null");
}

static void put_rule(struct yaml_writer *w, const char *name,
                     const struct watch_told *told)
{
    char digits[24];
    snprintf(digits, sizeof(digits), "%" PRId64, told->repeats);
    yaml_map_begin(w, name, false);
    put_time(w, "since", told->since_ms);
    put_time(w, "told", told->told_ms);
    yaml_plain(w, "repeats", digits);
    yaml_seq_begin(w, "subjects", told->count == 0);
    for (size_t i = 0; i < told->count; i++)
        yaml_string(w, NULL, told->subject[i]);
    yaml_seq_end(w);
    yaml_map_end(w);
}

static void put_all(struct yaml_writer *w, const struct kept *kept)
{
    yaml_map_begin(w, NULL, false);
    yaml_string(w, "kind", "watchdog_memory");
    yaml_plain(w, "version", "1");
    if (kept->tip[0])
        yaml_string(w, "tip", kept->tip);
    else
        yaml_plain(w, "tip", "null");
    yaml_map_begin(w, "rules", false);
    for (size_t i = 0; i < WATCH_RULE_COUNT; i++)
        if (kept->rule[i].since_ms)
            put_rule(w, watch_rules[i].name, &kept->rule[i]);
    yaml_map_end(w);
    yaml_map_begin(w, "grids", false);
    for (size_t i = 0; i < kept->grid_count; i++) {
        const struct kept_grid *g = &kept->grids[i];
        yaml_map_begin(w, g->id, true);
        put_time(w, "slot", g->slot_ms == MOMENT_NONE ? 0 : g->slot_ms);
        put_time(w, "runs", g->runs_ms == MOMENT_NONE ? 0 : g->runs_ms);
        yaml_map_end(w);
    }
    yaml_map_end(w);
    yaml_map_end(w);
}

int kept_save(const struct kept *kept, const char *path, struct error *err)
{
    struct text out = TEXT_INIT(KEPT_BYTES_MAX);
    struct yaml_writer *w = yaml_writer_new(&out);
    put_all(w, kept);
    int rc = yaml_writer_end(w, err);
    if (!rc)
        rc = text_write_file(&out, path, err);
    text_release(&out);
    return rc;
}

/* Its index, or `grid_count`. */
static size_t find(const struct kept *kept, const char *grid)
{
    size_t i = 0;
    while (i < kept->grid_count && strcmp(kept->grids[i].id, grid) != 0)
        i++;
    return i;
}

int64_t kept_slot(const struct kept *kept, const char *grid)
{
    size_t i = find(kept, grid);
    return i < kept->grid_count ? kept->grids[i].slot_ms : MOMENT_NONE;
}

int64_t kept_runs(const struct kept *kept, const char *grid)
{
    size_t i = find(kept, grid);
    return i < kept->grid_count ? kept->grids[i].runs_ms : MOMENT_NONE;
}

/* The grid, which is made when it is not known. */
static struct kept_grid *have(struct kept *kept, const char *grid)
{
    size_t i = find(kept, grid);
    if (i < kept->grid_count)
        return &kept->grids[i];
    kept->grids = xrealloc(kept->grids, i + 1, sizeof(*kept->grids));
    kept->grid_count++;
    struct kept_grid *g = &kept->grids[i];
    *g = (struct kept_grid){ .slot_ms = MOMENT_NONE, .runs_ms = MOMENT_NONE };
    snprintf(g->id, sizeof(g->id), "%s", grid);
    return g;
}

void kept_set_slot(struct kept *kept, const char *grid, int64_t slot_ms)
{
    have(kept, grid)->slot_ms = slot_ms;
}

void kept_set_runs(struct kept *kept, const char *grid, int64_t runs_ms)
{
    have(kept, grid)->runs_ms = runs_ms;
}

void kept_drop(struct kept *kept, const char *grid)
{
    size_t i = find(kept, grid);
    if (i == kept->grid_count)
        return;
    kept->grids[i] = kept->grids[--kept->grid_count];
}
