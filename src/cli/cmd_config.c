/* gridwatch config: the options there are, whether the files are right, and
 * what holds. The grids' own limits are `gridwatch validate`'s to check: they
 * stand in the data repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "cli/command.h"
#include "cli/config_told.h"
#include "cli/configuration.h"
#include "outside/calendar.h"
#include "outside/plain_file.h"
#include "sys/xmalloc.h"

enum { OPTION_SAMPLE, OPTION_MARKDOWN };

/* What was read, and what was found. */
struct reading_of_all {
    struct configuration named;
    struct config config;
    struct config_origins from;
    struct problems problems;
    struct config_told told;
};

static int print_sample(const char *name, struct text *out, struct error *err)
{
    for (int f = 0; f < CONFIG_FILE_COUNT; f++) {
        if (strcmp(config_file_name((enum config_file)f), name) == 0)
            return config_print_sample((enum config_file)f, out);
    }
    return error_set(err, FAULT_USAGE,
                     "--sample '%.40s' is none of gridwatch, exit and watchdog",
                     name);
}

static enum run_exit list(const struct context *c, struct text *out,
                          struct error *err)
{
    const char *const *own = c->args->value[1];
    const char *sample = own[OPTION_SAMPLE];
    if (c->json && (sample || own[OPTION_MARKDOWN])) {
        error_set(err, FAULT_USAGE,
                  "--json goes with neither --sample nor --markdown");
        return RUN_USAGE;
    }
    if (c->json) {
        config_list_json(out);
        return RUN_DONE;
    }
    int rc =
        sample ? print_sample(sample, out, err) : config_print_markdown(out);
    return rc ? RUN_USAGE : RUN_DONE;
}

/* Its errors begin with the line. */
static void tell_calendar(struct reading_of_all *r, const struct error *err)
{
    struct problem_place place = { r->told.calendar, 0, 0 };
    int begin = 0;
    if (sscanf(err->msg, "line %d: %n", &place.line, &begin) == 1 && begin)
        place.column = 1;
    else
        place.line = begin = 0;
    problems_error(&r->problems, place, "%s", err->msg + begin);
    r->told.calendar_wrong = true;
}

static void read_calendar(struct reading_of_all *r)
{
    struct text body = TEXT_INIT(CALENDAR_BYTES_MAX);
    struct calendar calendar = { 0 };
    struct error err;
    if (plain_file_read(&body, r->told.calendar, &err) ||
        calendar_parse(text_str(&body), body.len, &calendar, &err))
        tell_calendar(r, &err);
    r->told.windows = calendar.count;
    calendar_release(&calendar);
    text_release(&body);
}

static struct reading_of_all *read_all(const struct context *c)
{
    struct reading_of_all *r = xcalloc(1, sizeof(*r));
    configuration_named(c->args->value[0], &r->named);
    config_load_origins(&r->named.sources, &r->config, &r->problems, &r->from);
    r->told = (struct config_told){
        .config = &r->config,
        .from = &r->from,
        .problems = &r->problems,
        .calendar = r->config.outside.calendar_file,
    };
    return r;
}

static void forget(struct reading_of_all *r)
{
    config_wipe(&r->config);
    problems_release(&r->problems);
    free(r);
}

static enum run_exit refuse(const struct problems *p, struct error *err)
{
    error_set(err, FAULT_CONFIG, "the configuration has %zu error%s", p->errors,
              p->errors == 1 ? "" : "s");
    return RUN_CONFIG;
}

static enum run_exit check(const struct context *c, struct text *out,
                           struct error *err)
{
    struct reading_of_all *r = read_all(c);
    if (r->told.calendar[0])
        read_calendar(r);
    if (c->json)
        config_check_json(&r->told, out);
    else
        config_check_put(&r->told, c->quiet, out);
    enum run_exit code =
        r->problems.errors ? refuse(&r->problems, err) : RUN_DONE;
    forget(r);
    return code;
}

static enum run_exit show(const struct context *c, struct text *out,
                          struct error *err)
{
    struct reading_of_all *r = read_all(c);
    enum run_exit code = RUN_DONE;
    configuration_complain(&r->problems);
    if (r->problems.errors)
        code = refuse(&r->problems, err);
    else if (c->json)
        config_show_json(&r->told, out);
    else
        config_show_put(&r->told, out);
    forget(r);
    return code;
}

static const struct config_word {
    const char *name;
    enum run_exit (*go)(const struct context *, struct text *, struct error *);
} words[] = { { "list", list }, { "check", check }, { "show", show } };

static const struct config_word *find_word(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

enum run_exit cmd_config(const struct context *c, struct error *err)
{
    const char *const *own = c->args->value[1];
    const struct config_word *word = find_word(c->args->words[0]);
    struct text out = TEXT_INIT((size_t)1 << 20);

    if (!word) {
        error_set(err, FAULT_USAGE,
                  "'config %.20s' is not known: there are list, check and show",
                  c->args->words[0]);
        return RUN_USAGE;
    }
    if (c->at_ms != MOMENT_NONE) {
        error_set(err, FAULT_USAGE,
                  "config: without --at: what the files hold does not depend "
                  "on the time");
        return RUN_USAGE;
    }
    if (word->go != list && (own[OPTION_SAMPLE] || own[OPTION_MARKDOWN])) {
        error_set(err, FAULT_USAGE,
                  "--sample and --markdown go with 'config list' alone");
        return RUN_USAGE;
    }
    enum run_exit code = word->go(c, &out, err);
    fputs(text_str(&out), stdout);
    fflush(stdout); /* what follows goes to stderr */
    text_release(&out);
    return code;
}
