#include "config/config.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "config/origins.h"
#include "config/reading.h"

#define FILE_MAX (256 * 1024) /* bytes of one configuration file */

const char *config_file_name(enum config_file file)
{
    static const char *const names[CONFIG_FILE_COUNT] = { "gridwatch", "exit",
                                                          "watchdog" };
    return names[file];
}

const char *config_file_path(enum config_file file)
{
    static const char *const paths[CONFIG_FILE_COUNT] = {
        "config/gridwatch.yaml",
        "config/exit_strategy_config.yaml",
        "config/watchdog.yaml",
    };
    return paths[file];
}

void config_defaults(struct config *out)
{
    memset(out, 0, sizeof(*out));
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        int rc = option_set(o, o->preset, out, NULL);
        assert(rc == 0);
        (void)rc;
    }
}

static void tell_unread(struct reading *r, enum config_file file,
                        const char *what)
{
    struct config_file_origin *f = &r->from.file[file];
    problems_error(r->problems, (struct problem_place){ f->path, 0, 0 }, "%s",
                   what);
    f->errors++;
}

static void load_file(struct reading *r, enum config_file file,
                      const struct config_source *source)
{
    struct text body = TEXT_INIT(FILE_MAX);
    struct error err;
    r->from.file[file].path = source->path;
    if (text_read_file(&body, source->path, &err) == 0)
        reading_document(r, file, source->path, text_str(&body), body.len);
    else if (err.fault != FAULT_MISSING)
        tell_unread(r, file, err.msg);
    else if (source->must_exist)
        tell_unread(r, file,
                    "the file does not exist: name one that does, or none "
                    "for the defaults");
    text_release(&body);
}

int config_load_origins(const struct config_sources *sources,
                        struct config *out, struct problems *p,
                        struct config_origins *from)
{
    size_t errors = p->errors;
    struct reading r = reading_start(out, p);
    for (int f = 0; f < CONFIG_FILE_COUNT; f++)
        if (sources->file[f].path)
            load_file(&r, (enum config_file)f, &sources->file[f]);
    reading_check(&r);
    reading_secrets(&r, sources);
    *from = r.from;
    return p->errors > errors ? -1 : 0;
}

int config_load(const struct config_sources *sources, struct config *out,
                struct problems *p)
{
    struct config_origins from;
    return config_load_origins(sources, out, p, &from);
}

void config_wipe(struct config *c)
{
    explicit_bzero(&c->secrets, sizeof(c->secrets));
}

static size_t effective_line(const struct config_option *o,
                             const struct config *c, char *out, size_t size)
{
    char value[OPTION_TEXT];
    option_format(o, c, value);
    return (size_t)snprintf(out, size, "%s=%s\n", o->key, value);
}

void config_hash(const struct config *c, char hex[CONFIG_HASH])
{
    char line[OPTION_TEXT + 64];
    uint32_t hash = HASH_START;
    const struct config_option *o;
    for (size_t i = 0; (o = option_of_job(i)); i++) {
        size_t n = effective_line(o, c, line, sizeof(line));
        assert(n < sizeof(line));
        hash = hash_feed(hash, line, n);
    }
    snprintf(hex, CONFIG_HASH, "%08" PRIx32, hash);
}

int config_print_effective(const struct config *c, struct text *out)
{
    char line[OPTION_TEXT + 64];
    const struct config_option *o;
    int rc = 0;
    for (size_t i = 0; !rc && (o = option_of_job(i)); i++) {
        effective_line(o, c, line, sizeof(line));
        rc = text_puts(out, line);
    }
    return rc;
}
