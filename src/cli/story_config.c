/* Both files are lines "key: value" of the same table. */
#include "cli/story_config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/decisions.h"
#include "sys/xmalloc.h"

struct line {
    const char *key, *value;
    int key_len, value_len;
};

/* False at the end, or at a line that is none of the table's. */
static bool take_line(const char **text, struct line *out)
{
    const char *line = *text, *colon = strstr(line, ": ");
    size_t len = strcspn(line, "\n");
    if (!len || !colon || colon >= line + len)
        return false;
    *out = (struct line){ line, colon + 2, (int)(colon - line),
                          (int)(line + len - colon - 2) };
    *text = line + len + (line[len] == '\n');
    return true;
}

static bool find_line(const char *text, const struct line *like,
                      struct line *out)
{
    while (take_line(&text, out)) {
        if (out->key_len == like->key_len &&
            memcmp(out->key, like->key, (size_t)like->key_len) == 0)
            return true;
    }
    return false;
}

static bool is_same(const struct line *a, const struct line *b)
{
    return a->value_len == b->value_len &&
           memcmp(a->value, b->value, (size_t)a->value_len) == 0;
}

/* An option that is younger than the text has the value that its rule had then.
 * One that this version does not know leaves the text as it is. */
static void state_all(struct text *lines)
{
    struct config *c = xcalloc(1, sizeof(*c));
    struct text full = TEXT_INIT(RECORD_BYTES_MAX);
    struct error err;
    if (config_read_decisions(text_str(lines), lines->len, c, &err) == 0 &&
        config_print_decisions(c, &full) == 0) {
        text_clear(lines);
        text_puts(lines, text_str(&full));
    }
    text_release(&full);
    config_wipe(c);
    free(c);
}

static int read_config(struct store *store, const char *hash, struct text *out)
{
    char path[RECORD_PATH_MAX];
    struct error err;
    record_config_path(hash, path);
    if (store_read(store, path, out, &err))
        return -1;
    state_all(out);
    return 0;
}

void story_config_changes(struct store *store, const char *was, const char *is,
                          char out[STORY_CHANGES])
{
    struct text old = TEXT_INIT(RECORD_BYTES_MAX);
    struct text new = TEXT_INIT(RECORD_BYTES_MAX);
    struct text changes = TEXT_INIT(STORY_CHANGES - 1);
    struct line a, b;

    if (read_config(store, was, &old) == 0 && read_config(store, is, &new) == 0)
        for (const char *at = text_str(&new); take_line(&at, &b);) {
            if (find_line(text_str(&old), &b, &a) && !is_same(&a, &b))
                text_printf(&changes, "%s%.*s %.*s -> %.*s",
                            changes.len ? ", " : "", b.key_len, b.key,
                            a.value_len, a.value, b.value_len, b.value);
        }
    snprintf(out, STORY_CHANGES, "%s", text_str(&changes));
    text_release(&old);
    text_release(&new);
    text_release(&changes);
}
