/* The parts of the table as one. */
#include "config/options.h"

#include <string.h>

#include "config/options_internal.h"

static const struct option_part *const parts[] = {
    &option_part_service,
    &option_part_exit,
    &option_part_gate,
    &option_part_watchdog,
};

const struct config_option *option_at(size_t i)
{
    for (size_t p = 0; p < ARRAY_LEN(parts); p++) {
        if (i < parts[p]->option_count)
            return &parts[p]->options[i];
        i -= parts[p]->option_count;
    }
    return NULL;
}

const struct config_option *option_of_job(size_t i)
{
    const struct config_option *o = option_at(i);
    return o && o->file < CONFIG_JOB_FILES ? o : NULL;
}

const struct config_section *section_at(size_t i)
{
    for (size_t p = 0; p < ARRAY_LEN(parts); p++) {
        if (i < parts[p]->section_count)
            return &parts[p]->sections[i];
        i -= parts[p]->section_count;
    }
    return NULL;
}

size_t option_count(void)
{
    size_t n = 0;
    for (size_t p = 0; p < ARRAY_LEN(parts); p++)
        n += parts[p]->option_count;
    return n;
}

size_t option_number(const struct config_option *o)
{
    size_t i = 0;
    while (option_at(i) && option_at(i) != o)
        i++;
    return i;
}

const char *option_type_name(enum option_type type)
{
    static const char *const names[OPTION_TYPE_COUNT] = {
        "whole number", "number", "duration", "duration", "true or false",
        "one of",       "text",   "path",     "URL",      "text"
    };
    return names[type];
}

const struct config_option *option_find(const char *key)
{
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        if (strcmp(o->key, key) == 0)
            return o;
    return NULL;
}

const struct config_section *section_find(enum config_file file,
                                          const char *key)
{
    const struct config_section *s;
    for (size_t i = 0; (s = section_at(i)); i++)
        if (s->file == file && strcmp(s->key, key) == 0)
            return s;
    return NULL;
}

bool section_holds(const struct config_section *s,
                   const struct config_option *o)
{
    size_t n = strlen(s->key);
    return s->file == o->file && strncmp(o->key, s->key, n) == 0 &&
           o->key[n] == '.' && strchr(o->key + n + 1, '.') == NULL;
}
