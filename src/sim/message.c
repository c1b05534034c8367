#include "sim/message.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void sim_reply_release(struct sim_reply *r)
{
    text_release(&r->body);
}

void sim_reply_header(struct sim_reply *r, const char *name, int64_t value)
{
    assert(r->header_count < SIM_REPLY_HEADERS_MAX);
    struct sim_header *h = &r->headers[r->header_count++];
    h->name = name;
    snprintf(h->value, sizeof(h->value), "%" PRId64, value);
}

void sim_reply_text(struct sim_reply *r, int status, const char *body)
{
    r->status = status;
    text_clear(&r->body);
    text_puts(&r->body, body);
}

bool sim_path_match(const char *pattern, const char *path,
                    char part[SIM_PART_TEXT])
{
    size_t before = strcspn(pattern, "*");
    if (strncmp(pattern, path, before) != 0)
        return false;
    if (!pattern[before]) {
        part[0] = '\0';
        return path[before] == '\0';
    }
    const char *end = pattern + before + 1;
    size_t rest = strlen(path + before), tail = strlen(end);
    if (rest <= tail || rest - tail >= SIM_PART_TEXT)
        return false;
    size_t length = rest - tail;
    memcpy(part, path + before, length);
    part[length] = '\0';
    return strcmp(path + before + length, end) == 0 && !strchr(part, '/');
}
