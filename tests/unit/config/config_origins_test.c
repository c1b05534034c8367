/* Where each value of a configuration comes from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/origins.h"
#include "config_help.h"
#include "sys/xmalloc.h"
#include "test.h"

void config_origins_test(void);

#define TOPIC "https://ntfy.example.org/topic"

/* Two files in a folder of their own, and what was read. */
struct desk {
    char folder[64], path[2][96];
    const char *variable, *value; /* the environment */
    struct config config;
    struct problems problems;
    struct config_origins from;
};

static const char *env_of(const char *variable, void *context)
{
    const struct desk *d = context;
    return d->variable && strcmp(d->variable, variable) == 0 ? d->value : NULL;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    ASSERT_FATAL(f != NULL);
    fputs(text, f);
    fclose(f);
    chmod(path, 0600);
}

static struct desk *desk_new(void)
{
    struct desk *d = xcalloc(1, sizeof(*d));
    snprintf(d->folder, sizeof(d->folder), "/tmp/gridwatch-origins-XXXXXX");
    ASSERT_FATAL(mkdtemp(d->folder) != NULL);
    snprintf(d->path[0], sizeof(d->path[0]), "%s/s.yaml", d->folder);
    snprintf(d->path[1], sizeof(d->path[1]), "%s/e.yaml", d->folder);
    return d;
}

static void desk_free(struct desk *d)
{
    unlink(d->path[0]);
    unlink(d->path[1]);
    rmdir(d->folder);
    problems_release(&d->problems);
    free(d);
}

static int load(struct desk *d)
{
    const struct config_sources sources = {
        .file = { { d->path[0], false }, { d->path[1], false } },
        .env = env_of,
        .env_context = d,
    };
    return config_load_origins(&sources, &d->config, &d->problems, &d->from);
}

static int line_of(const struct desk *d, const char *key)
{
    return d->from.option[option_number(option_find(key))].line;
}

static enum secret_origin origin_of(const struct desk *d, const char *secret)
{
    for (size_t i = 0; i < secret_row_count; i++)
        if (strcmp(secret_rows[i].variable, secret) == 0)
            return d->from.secret[i];
    return SECRET_NOT_SET;
}

static void what_is_written_has_its_line(void)
{
    struct desk *d = desk_new();
    put(d->path[0], "repository:\n  path: a.git\nrun:\n\n  settle: 20s\n");
    ASSERT_INT(load(d), 0);
    ASSERT_INT(line_of(d, "repository.path"), 2);
    ASSERT_INT(line_of(d, "run.settle"), 5);
    ASSERT_INT(line_of(d, "run.deadline"), 0);
    ASSERT_INT(origins_written(&d->from, CONFIG_SERVICE), 2);
    ASSERT_INT(origins_written(&d->from, CONFIG_EXIT), 0);
    ASSERT_INT(origins_options(CONFIG_SERVICE) + origins_options(CONFIG_EXIT) +
                   origins_options(CONFIG_WATCHDOG),
               option_count());
    ASSERT(d->from.file[CONFIG_SERVICE].there);
    ASSERT(!d->from.file[CONFIG_EXIT].there);
    ASSERT_STR(d->from.file[CONFIG_EXIT].path, d->path[1]);
    desk_free(d);
}

/* A key that is unknown, a value out of range; then a check that concerns the
 * other file: leaving too close to entering. */
static void errors_are_the_files_own(void)
{
    struct desk *d = desk_new();
    put(d->path[0], "run: {settle: 5000h, settled: 1}\n");
    put(d->path[1], "exit:\n  l_haz:\n    leave: 0.49\n");
    ASSERT_INT(load(d), -1);
    ASSERT_INT(d->from.file[CONFIG_SERVICE].errors, 2);
    ASSERT_INT(d->from.file[CONFIG_EXIT].errors, 1);
    ASSERT_INT(d->from.secret_errors, 0);
    ASSERT_INT(d->problems.errors, 3);
    desk_free(d);
}

static void a_named_file_that_is_absent_is_its_error(void)
{
    struct desk *d = desk_new();
    const struct config_sources sources = { .file = { { d->path[0], true },
                                                      { NULL, false } } };
    ASSERT_INT(
        config_load_origins(&sources, &d->config, &d->problems, &d->from), -1);
    ASSERT_INT(d->from.file[CONFIG_SERVICE].errors, 1);
    ASSERT(!d->from.file[CONFIG_SERVICE].there);
    desk_free(d);
}

static void a_secret_is_named_by_its_variable(void)
{
    struct desk *d = desk_new();
    put(d->path[1], "abc\n");
    d->variable = "GIT_TOKEN";
    d->value = "abc";
    load(d);
    ASSERT_INT(origin_of(d, "GIT_TOKEN"), SECRET_IN_VARIABLE);
    ASSERT_INT(origin_of(d, "PUSHOVER_TOKEN"), SECRET_NOT_SET);
    d->variable = "PUSHOVER_TOKEN_FILE";
    d->value = d->path[1];
    load(d);
    ASSERT_INT(origin_of(d, "GIT_TOKEN"), SECRET_NOT_SET);
    ASSERT_INT(origin_of(d, "PUSHOVER_TOKEN"), SECRET_IN_FILE);
    ASSERT_INT(d->from.secret_errors, 0);
    d->variable = "GIT_TOKEN";
    d->value = "a b";
    load(d);
    ASSERT_INT(d->from.secret_errors, 1);
    desk_free(d);
}

/* docs/config.md: "before notify.ntfy_url". */
static void a_secret_address_goes_before_the_files(void)
{
    const struct config_option *ntfy = option_find("notify.ntfy_url");
    struct desk *d = desk_new();
    put(d->path[0], "notify: {ntfy_url: 'https://ntfy.example.org/open'}\n");
    load(d);
    ASSERT(origins_instead(&d->from, ntfy) == NULL);
    d->variable = "NTFY_ALERT_URL";
    d->value = TOPIC;
    load(d);
    ASSERT_FATAL(origins_instead(&d->from, ntfy) != NULL);
    ASSERT_STR(origins_instead(&d->from, ntfy)->variable, "NTFY_ALERT_URL");
    ASSERT(!origins_instead(&d->from, option_find("notify.webhook_url")));
    desk_free(d);
}

static void what_goes_before_an_option_names_one(void)
{
    int named = 0;
    for (size_t i = 0; i < secret_row_count; i++) {
        const char *key = secret_rows[i].before;
        ASSERT(!key || option_find(key) != NULL);
        ASSERT(!key || strstr(secret_rows[i].help, key) != NULL);
        named += key != NULL;
    }
    ASSERT_INT(named, 2);
}

void config_origins_test(void)
{
    TEST_SUITE("config: where values come from");
    TEST(what_is_written_has_its_line);
    TEST(errors_are_the_files_own);
    TEST(a_named_file_that_is_absent_is_its_error);
    TEST(a_secret_is_named_by_its_variable);
    TEST(a_secret_address_goes_before_the_files);
    TEST(what_goes_before_an_option_names_one);
}
