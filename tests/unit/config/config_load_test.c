/* Files and secrets, as a run meets them. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "config_help.h"
#include "sys/xmalloc.h"
#include "test.h"

void config_load_test(void);

#define PLANTED "PLANTEDazGDORePK8gMaC0QOYAMyEEuz"

/* A folder of its own, an environment of its own. */
struct stage {
    char folder[64], path[2][96];
    const char *env[6]; /* name, value, ..., up to NULL */
    struct config config;
    struct problems problems;
};

static struct stage *stage_new(void)
{
    struct stage *g = xcalloc(1, sizeof(*g));
    snprintf(g->folder, sizeof(g->folder), "/tmp/gridwatch-config-XXXXXX");
    ASSERT_FATAL(mkdtemp(g->folder) != NULL);
    snprintf(g->path[0], sizeof(g->path[0]), "%s/one", g->folder);
    snprintf(g->path[1], sizeof(g->path[1]), "%s/two", g->folder);
    return g;
}

static void stage_free(struct stage *g)
{
    unlink(g->path[0]);
    unlink(g->path[1]);
    rmdir(g->folder);
    problems_release(&g->problems);
    free(g);
}

static void write_file(const char *path, const char *s, size_t n, mode_t mode)
{
    FILE *f = fopen(path, "wb");
    ASSERT_FATAL(f != NULL);
    ASSERT_INT(fwrite(s, 1, n, f), n);
    fclose(f);
    ASSERT_INT(chmod(path, mode), 0);
}

static void write_text(const char *path, const char *s)
{
    write_file(path, s, strlen(s), 0600);
}

static const char *env_of(const char *variable, void *context)
{
    const struct stage *g = context;
    for (size_t i = 0; i + 1 < 6 && g->env[i]; i += 2)
        if (strcmp(g->env[i], variable) == 0)
            return g->env[i + 1];
    return NULL;
}

static int load(struct stage *g, bool named)
{
    struct config_sources from = { .file = { { g->path[0], named },
                                             { g->path[1], named } },
                                   .env = env_of,
                                   .env_context = g };
    return config_load(&from, &g->config, &g->problems);
}

/* With no files: what the environment alone makes of it. */
static int load_env(struct stage *g, const char *name, const char *value)
{
    struct config_sources from = { .env = env_of, .env_context = g };
    problems_release(&g->problems);
    g->env[0] = name;
    g->env[1] = value;
    return config_load(&from, &g->config, &g->problems);
}

static const char *first_line(const struct stage *g)
{
    static char line[PROBLEM_LINE];
    line[0] = '\0';
    if (g->problems.count)
        problem_format(&g->problems.list[0], line);
    return line;
}

static bool leaks(const struct stage *g)
{
    char line[PROBLEM_LINE], hex[CONFIG_HASH];
    struct text all = TEXT_INIT(1 << 20);
    for (size_t i = 0; i < g->problems.count; i++) {
        problem_format(&g->problems.list[i], line);
        text_puts(&all, line);
    }
    config_print_effective(&g->config, &all);
    config_print_markdown(&all);
    config_print_sample(CONFIG_SERVICE, &all);
    config_print_sample(CONFIG_EXIT, &all);
    config_hash(&g->config, hex);
    text_puts(&all, hex);
    bool found = strstr(text_str(&all), "PLANTED") != NULL;
    text_release(&all);
    return found;
}

static void absent_files_mean_defaults(void)
{
    struct stage *g = stage_new();
    struct config standard;
    config_defaults(&standard);
    ASSERT_INT(load(g, false), 0);
    ASSERT_INT(g->problems.count, 0);
    ASSERT(memcmp(&standard, &g->config, sizeof(standard)) == 0);
    stage_free(g);
}

static void a_named_file_must_exist(void)
{
    struct stage *g = stage_new();
    ASSERT_INT(load(g, true), -1);
    ASSERT_INT(g->problems.errors, 2);
    ASSERT(strstr(first_line(g), "/one: the file does not exist: name one"));
    stage_free(g);
}

static void a_folder_or_an_endless_file_is_an_error(void)
{
    struct stage *g = stage_new();
    char *big = xcalloc(300000, 1);
    memset(big, '#', 299999);
    write_text(g->path[0], big);
    ASSERT_INT(load(g, false), -1);
    ASSERT(strstr(first_line(g), "longer than") != NULL);
    unlink(g->path[0]);
    mkdir(g->path[0], 0700);
    problems_release(&g->problems);
    ASSERT_INT(load(g, false), -1);
    ASSERT_INT(g->problems.errors, 1);
    rmdir(g->path[0]);
    free(big);
    stage_free(g);
}

static void both_files_checks_and_secrets_are_told_together(void)
{
    struct stage *g = stage_new();
    char want[256];
    g->env[0] = "PUSHOVER_USER";
    g->env[1] = "";
    write_text(g->path[0], "run: {settle: 31s}\nnotify: {siren_retry: 30s}\n");
    write_text(g->path[1], "exit:\n  l_haz: {leave: 0.45}\n  shadows: true\n");
    ASSERT_INT(load(g, true), -1);
    ASSERT_INT(g->problems.errors, 5);
    snprintf(want, sizeof(want),
             "%s:1:15: 'run.settle' is 31s, must be 0s to "
             "30s",
             g->path[0]);
    ASSERT_STR(first_line(g), want);
    stage_free(g);
}

static void values_of_both_files_arrive(void)
{
    struct stage *g = stage_new();
    write_text(g->path[0], "run: {settle: 250ms}\nlog: {level: debug}\n"
                           "exchange: {base_url: 'http://127.0.0.1:9'}\n");
    write_text(g->path[1], "exit: {shadow: true, m_stop: {mode: off}}\n");
    ASSERT_INT(load(g, true), 0);
    ASSERT_INT(g->config.run.settle_ms, 250);
    ASSERT_INT(g->config.log_level, LOG_LEVEL_DEBUG);
    ASSERT_STR(g->config.exchange.base_url, "http://127.0.0.1:9");
    ASSERT(g->config.exit.shadow);
    ASSERT_INT(g->config.exit.mode[M_STOP], TRIGGER_OFF);
    stage_free(g);
}

static void secrets_come_from_variables(void)
{
    struct stage *g = stage_new();
    g->env[2] = "PUSHOVER_USER";
    g->env[3] = "PLANTEDuser\n";
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN", PLANTED), 0);
    ASSERT_STR(g->config.secrets.pushover_token.text, PLANTED);
    ASSERT_STR(g->config.secrets.pushover_user.text, "PLANTEDuser");
    ASSERT(!leaks(g));
    config_wipe(&g->config);
    ASSERT_STR(g->config.secrets.pushover_token.text, "");
    ASSERT_STR(g->config.secrets.pushover_user.text, "");
    stage_free(g);
}

static void secrets_come_from_files(void)
{
    struct stage *g = stage_new();
    write_file(g->path[0], PLANTED "\r\n", strlen(PLANTED) + 2, 0400);
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", g->path[0]), 0);
    ASSERT_INT(g->problems.count, 0);
    ASSERT_STR(g->config.secrets.pushover_token.text, PLANTED);
    ASSERT(!leaks(g));
    stage_free(g);
}

static void a_secret_that_others_can_read_is_a_warning(void)
{
    struct stage *g = stage_new();
    write_file(g->path[0], PLANTED, strlen(PLANTED), 0644);
    ASSERT_INT(load_env(g, "PUSHOVER_USER_FILE", g->path[0]), 0);
    ASSERT_INT(g->problems.warnings, 1);
    ASSERT_STR(first_line(g), "PUSHOVER_USER_FILE: others can read the file "
                              "(mode 644): chmod 400 it");
    ASSERT_STR(g->config.secrets.pushover_user.text, PLANTED);
    write_file(g->path[0], PLANTED, strlen(PLANTED), 0440);
    load_env(g, "PUSHOVER_USER_FILE", g->path[0]);
    ASSERT_INT(g->problems.warnings, 1);
    ASSERT(!leaks(g));
    stage_free(g);
}

static void both_forms_of_a_secret_are_an_error(void)
{
    struct stage *g = stage_new();
    write_text(g->path[0], PLANTED);
    g->env[2] = "PUSHOVER_TOKEN_FILE";
    g->env[3] = g->path[0];
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN", PLANTED), -1);
    ASSERT_STR(first_line(g), "PUSHOVER_TOKEN: both this and "
                              "PUSHOVER_TOKEN_FILE are set: unset one of them");
    ASSERT_STR(g->config.secrets.pushover_token.text, "");
    ASSERT(!leaks(g));
    stage_free(g);
}

/* As ssh-keygen writes it: a heading with blanks, lines, a last line break. */
static void a_key_has_lines_and_a_passphrase_blanks(void)
{
    static const char key[] = "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                              "PLANTED1\nPLANTED2\n"
                              "-----END OPENSSH PRIVATE KEY-----";
    struct stage *g = stage_new();
    struct text file = TEXT_INIT(1000);
    text_printf(&file, "%s\n", key);
    write_file(g->path[0], text_str(&file), file.len, 0600);
    ASSERT_INT(load_env(g, "GIT_SSH_KEY_FILE", g->path[0]), 0);
    ASSERT_STR(g->config.secrets.git_ssh_key.text, key);
    ASSERT_INT(load_env(g, "GIT_SSH_KEY", key), 0);
    ASSERT_STR(g->config.secrets.git_ssh_key.text, key);
    ASSERT_INT(load_env(g, "GIT_SSH_PASSPHRASE", "PLANTED two words"), 0);
    ASSERT_STR(g->config.secrets.git_ssh_passphrase.text, "PLANTED two words");
    ASSERT_INT(load_env(g, "GIT_SSH_PASSPHRASE", "PLANTED\nline"), -1);
    ASSERT_STR(first_line(g), "GIT_SSH_PASSPHRASE: the secret holds a line "
                              "break: copy it again");
    ASSERT_STR(g->config.secrets.git_ssh_passphrase.text, "");
    ASSERT_INT(load_env(g, "GIT_TOKEN", "PLANTED 1"), -1);
    ASSERT(strstr(first_line(g), "a blank or a line break") != NULL);
    ASSERT(!leaks(g));
    text_release(&file);
    stage_free(g);
}

/* What is wrong with it is told without it. */
static void an_address_that_is_a_secret_follows_the_rule_of_urls(void)
{
    static const char *const bad[] = {
        "PLANTED",
        "http://hc.example/PLANTED",
        "https://PLANTED:x@hc.example/ping",
        "https://hc.example/PLANTED?create=1",
        "https://hc.example/PLANTED/",
        "https://hc.example/PLANTED x",
    };
    struct stage *g = stage_new();
    ASSERT_INT(load_env(g, "HEARTBEAT_URL", "https://hc-ping.com/PLANTED"), 0);
    ASSERT_STR(g->config.secrets.heartbeat_url.text,
               "https://hc-ping.com/PLANTED");
    ASSERT(!leaks(g));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        ASSERT_INT(load_env(g, "NTFY_URL", bad[i]), -1);
        ASSERT(strncmp(first_line(g), "NTFY_URL: ", 10) == 0);
        ASSERT_STR(g->config.secrets.ntfy_url.text, "");
        ASSERT(!leaks(g));
    }
    write_file(g->path[0], "tk_PLANTED\n", 11, 0400);
    ASSERT_INT(load_env(g, "NTFY_TOKEN_FILE", g->path[0]), 0);
    ASSERT_STR(g->config.secrets.ntfy_token.text, "tk_PLANTED");
    config_wipe(&g->config);
    ASSERT_STR(g->config.secrets.ntfy_token.text, "");
    stage_free(g);
}

static void bad_secret_files_are_errors_without_the_path(void)
{
    static const struct {
        const char *content;
        size_t n;
        const char *tell;
    } rows[] = {
        { "\n\n", 2, "is empty" },
        { "PLANTED 1", 9, "a blank" },
        { "PLANTED\n1", 9, "a line break" },
        { "PLANTED\0x", 9, "a zero byte" },
    };
    struct stage *g = stage_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        write_file(g->path[0], rows[i].content, rows[i].n, 0600);
        ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", g->path[0]), -1);
        ASSERT(strstr(first_line(g), "PUSHOVER_TOKEN_FILE: ") != NULL);
        ASSERT(strstr(first_line(g), rows[i].tell) != NULL);
        ASSERT_STR(g->config.secrets.pushover_token.text, "");
        ASSERT(!leaks(g));
    }
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", PLANTED), -1);
    ASSERT_STR(first_line(g), "PUSHOVER_TOKEN_FILE: the file does not exist");
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", g->folder), -1);
    ASSERT_STR(first_line(g), "PUSHOVER_TOKEN_FILE: the file cannot be read");
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", ""), -1);
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN", ""), -1);
    ASSERT_STR(first_line(g), "PUSHOVER_TOKEN: the secret is empty: set it, or "
                              "unset the variable");
    stage_free(g);
}

/* Copies of the text in the writable memory from `from` to `to`. */
static size_t copies_between(int fd, off_t from, off_t to, const char *text)
{
    static char page[65536 + sizeof(PLANTED)];
    size_t found = 0, n = strlen(text);
    for (off_t at = from; at < to; at += 65536) {
        size_t most = sizeof(page);
        if (to - at < (off_t)most)
            most = (size_t)(to - at);
        ssize_t got = pread(fd, page, most, at);
        for (ssize_t i = 0; i < 65536 && i + (ssize_t)n <= got; i++)
            found += memcmp(page + i, text, n) == 0;
    }
    memset(page, 0, sizeof(page));
    return found;
}

/* What is left of it on the heap and on the stack, those that were freed and
 * left included. A checker's own heap is not seen. */
static size_t copies_of(const char *text)
{
    char line[512];
    unsigned long from, to;
    size_t found = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    int fd = open("/proc/self/mem", O_RDONLY);
    ASSERT_FATAL(maps && fd >= 0);
    while (fgets(line, sizeof(line), maps))
        if ((strstr(line, "[heap]") || strstr(line, "[stack]")) &&
            sscanf(line, "%lx-%lx", &from, &to) == 2)
            found += copies_between(fd, (off_t)from, (off_t)to, text);
    fclose(maps);
    close(fd);
    return found;
}

static void a_secret_of_a_file_leaves_no_copy(void)
{
    static const char text[] = "LEFTazGDORePK8gMaC0QOYAMyEEover";
    struct stage *g = stage_new();
    int fd = open(g->path[0], O_WRONLY | O_CREAT | O_EXCL, 0600);
    ASSERT_FATAL(fd >= 0); /* a stream would keep one itself */
    ASSERT_INT(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
    close(fd);
    ASSERT_INT(load_env(g, "PUSHOVER_TOKEN_FILE", g->path[0]), 0);
    /* ASSERT_STR would keep one, too */
    ASSERT(strcmp(g->config.secrets.pushover_token.text, text) == 0);
    config_wipe(&g->config);
    ASSERT_INT(copies_of(text), 0);
    stage_free(g);
}

static void a_secret_keeps_to_its_room(void)
{
    struct stage *g = stage_new();
    char *s = xcalloc(SECRET_ROOM + 16, 1);
    memset(s, 'x', SECRET_ROOM - 1);
    ASSERT_INT(load_env(g, "PUSHOVER_USER", s), 0);
    write_text(g->path[0], s);
    ASSERT_INT(load_env(g, "PUSHOVER_USER_FILE", g->path[0]), 0);
    s[SECRET_ROOM - 1] = 'x';
    ASSERT_INT(load_env(g, "PUSHOVER_USER", s), -1);
    write_text(g->path[0], s);
    ASSERT_INT(load_env(g, "PUSHOVER_USER_FILE", g->path[0]), -1);
    memset(s, 'x', SECRET_ROOM + 15);
    write_text(g->path[0], s);
    ASSERT_INT(load_env(g, "PUSHOVER_USER_FILE", g->path[0]), -1);
    free(s);
    stage_free(g);
}

void config_load_test(void)
{
    TEST_SUITE("config: files and secrets");
    TEST(absent_files_mean_defaults);
    TEST(a_named_file_must_exist);
    TEST(a_folder_or_an_endless_file_is_an_error);
    TEST(both_files_checks_and_secrets_are_told_together);
    TEST(values_of_both_files_arrive);
    TEST(secrets_come_from_variables);
    TEST(secrets_come_from_files);
    TEST(a_secret_that_others_can_read_is_a_warning);
    TEST(both_forms_of_a_secret_are_an_error);
    TEST(a_key_has_lines_and_a_passphrase_blanks);
    TEST(an_address_that_is_a_secret_follows_the_rule_of_urls);
    TEST(bad_secret_files_are_errors_without_the_path);
    TEST(a_secret_of_a_file_leaves_no_copy);
    TEST(a_secret_keeps_to_its_room);
}
