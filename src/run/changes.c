#include "run/changes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "record/record.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

static char *copy_bytes(const char *data, size_t len)
{
    char *copy = xcalloc(len + 1, 1);
    if (len)
        memcpy(copy, data, len);
    return copy;
}

/* "exits/btc-a/2021/05/19/0200.yaml" beside the repository, as one file. */
static void quarantine(const char *dir, const char *path,
                       const struct text *data)
{
    struct text name = TEXT_INIT(4096);
    mkdir(dir, 0700);
    if (text_printf(&name, "%s/", dir) == 0) {
        size_t from = name.len;
        text_puts(&name, path);
        for (size_t i = from; i < name.len; i++) {
            if (name.data[i] == '/')
                name.data[i] = '_';
        }
        text_write_file(data, text_str(&name), NULL);
    }
    text_release(&name);
}

static int check(const char *path, const struct text *data, struct error *err)
{
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    if (FAULT_REFUSES(path))
        return error_set(err, FAULT_BUG,
                         "document '%s' fails its schema: a test says so",
                         path);
    int rc = record_check_before_commit(path, data, &complaints);
    if (!rc)
        return 0;
    complaint_format(&complaints.list[0], why);
    return error_set(err, FAULT_BUG, "document '%s' fails its schema: %s", path,
                     why);
}

static struct store_change *slot_for(struct changes *c, const char *path)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->list[i].path, path) == 0)
            return &c->list[i];
    }
    if (c->count == c->room) {
        c->room = c->room ? c->room * 2 : 16;
        c->list = xrealloc(c->list, c->room, sizeof(*c->list));
    }
    c->list[c->count] = (struct store_change){ .path = xstrdup(path) };
    return &c->list[c->count++];
}

static void take(struct changes *c, const char *path, const char *data,
                 size_t len)
{
    struct store_change *change = slot_for(c, path);
    free((void *)(uintptr_t)change->data);
    change->data = copy_bytes(data, len);
    change->len = len;
}

int changes_put(struct changes *c, const char *path, const struct text *data,
                const char *quarantine_dir, struct error *err)
{
    if (check(path, data, err)) {
        if (quarantine_dir)
            quarantine(quarantine_dir, path, data);
        c->refused++;
        return -1;
    }
    take(c, path, data->data, data->len);
    return 0;
}

int changes_join(struct changes *to, struct changes *from)
{
    int rc = from->refused ? -1 : 0;
    to->refused += from->refused;
    for (size_t i = 0; i < from->count && !rc; i++) {
        struct store_change *change = slot_for(to, from->list[i].path);
        free((void *)(uintptr_t)change->data);
        change->data = from->list[i].data;
        change->len = from->list[i].len;
        from->list[i].data = NULL;
    }
    changes_release(from);
    return rc;
}

void changes_copy(struct changes *c, const char *from, const char *to)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->list[i].path, from) != 0)
            continue;
        const char *data = c->list[i].data;
        size_t len = c->list[i].len;
        take(c, to, data, len);
        return;
    }
}

void changes_release(struct changes *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free((void *)(uintptr_t)c->list[i].path);
        free((void *)(uintptr_t)c->list[i].data);
    }
    free(c->list);
    *c = (struct changes){ 0 };
}
