#include "sim/received.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sim/utf8.h"

int sim_received_open(struct sim_received *r, const char *path,
                      struct error *err)
{
    r->file = fopen(path, "ae");
    return r->file ? 0
                   : error_set(err, FAULT_IO, "file '%s': %s", path,
                               strerror(errno));
}

void sim_received_close(struct sim_received *r)
{
    if (r->file)
        fclose(r->file);
    r->file = NULL;
}

static const char *printable(const char *s)
{
    return sim_utf8_length(s) < 0 ? "(not UTF-8)" : s;
}

static char *line_text(const struct sim_received_line *l)
{
    char at[MOMENT_TEXT];
    cJSON *doc = cJSON_CreateObject();

    moment_format(l->at_ms, at);
    cJSON_AddStringToObject(doc, "at", at);
    cJSON_AddStringToObject(doc, "method", l->method);
    cJSON_AddStringToObject(doc, "path", printable(l->path));
    cJSON_AddNumberToObject(doc, "status", l->status);
    cJSON *fields = cJSON_AddObjectToObject(doc, "fields");
    for (size_t i = 0; i < l->fields->count; i++)
        cJSON_AddStringToObject(fields, printable(l->fields->items[i].name),
                                printable(l->fields->items[i].value));
    char *text = cJSON_PrintUnformatted(doc);
    cJSON_Delete(doc);
    return text;
}

int sim_received_add(struct sim_received *r, const struct sim_received_line *l,
                     struct error *err)
{
    if (!r->file)
        return 0;
    char *text = line_text(l);
    int rc = 0;
    if (!text || fprintf(r->file, "%s\n", text) < 0 || fflush(r->file))
        rc = error_set(err, FAULT_IO, "what was received cannot be written");
    free(text);
    return rc;
}
