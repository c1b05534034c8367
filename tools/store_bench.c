/* store_bench WHAT --repo PATH [--remote URL] [--texts DIR] [--grids N]
 *             [--runs N] [--fsync]
 *
 * What the data repository costs, on the wall's clock; of commits also what
 * they computed. WHAT is one of commit  so many commits, each as a run of so
 * many grids makes it (five files a grid: verdict, newest verdict, state,
 * metrics, newest metrics; the texts exit, state and metrics of DIR with other
 * digits in them), and the tidying that follows it push    the same, and the
 * push that follows it clone   a repository that is not there yet, fetched
 * whole from the remote and prints "NAME MILLISECONDS" for each figure: of a
 * step its median, its best and its mean. scripts/bench_record.sh makes rows of
 * them.
 *
 * store_bench table FILE JSON: prints rows that a script collected (key,
 * figure, unit, "<=" or ">=" or "-", goal, words; tabs between) as the bench
 * does, and writes them as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "store/store.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"

#define TEXT_MAX    65536
#define RUNS_MAX    1000
#define BUDGET_MS   60000
#define FILES       5 /* of a grid in a commit */
#define PATH_ROOM   96
#define FIRST_MS    INT64_C(1735689600000)
#define MS_PER_STEP INT64_C(900000)

enum body { BODY_EXIT, BODY_STATE, BODY_METRICS, BODY_COUNT };

struct bencher {
    const char *repo, *remote, *texts;
    int64_t grids, runs;
    bool fsync;
    struct text body[BODY_COUNT];
    uint64_t seed; /* of the digits */
};

/* One figure of each run, in milliseconds. */
struct figures {
    size_t count;
    double ms[RUNS_MAX];
};

static void put_ms(struct figures *f, int64_t ns)
{
    f->ms[f->count++] = (double)ns / 1e6;
}

static void put(struct figures *f, int64_t from_ns)
{
    put_ms(f, bench_wall_ns() - from_ns);
}

static void tell(const char *name, struct figures *f)
{
    double sum = 0.0;
    for (size_t i = 0; i < f->count; i++)
        sum += f->ms[i];
    double median = bench_median(f->ms, f->count); /* sorts */
    printf("%s.median %.4f\n%s.best %.4f\n%s.mean %.4f\n", name, median, name,
           f->ms[0], name, sum / (double)f->count);
}

static int read_bodies(struct bencher *b, struct error *err)
{
    static const char *const names[] = { "exit", "state", "metrics" };
    char path[4096];
    for (int i = 0; i < BODY_COUNT; i++) {
        b->body[i] = (struct text)TEXT_INIT(TEXT_MAX);
        snprintf(path, sizeof(path), "%s/%s", b->texts, names[i]);
        if (text_read_file(&b->body[i], path, err))
            return -1;
    }
    return 0;
}

/* The text with other digits, so that no two documents are alike. */
static char *vary(struct bencher *b, enum body which)
{
    const struct text *t = &b->body[which];
    char *out = xcalloc(t->len + 1, 1);
    for (size_t i = 0; i < t->len; i++) {
        bool digit = t->data[i] >= '0' && t->data[i] <= '9';
        b->seed = b->seed * UINT64_C(6364136223846793005) + 1;
        out[i] = digit ? (char)('0' + (b->seed >> 33) % 10) : t->data[i];
    }
    return out;
}

/* The five files of grid `g` at step `run`. The newest ones are the same bytes
 * as those of the slot. */
static void fill_grid(struct bencher *b, int64_t run, int64_t g,
                      struct store_change *c)
{
    static const char *const forms[FILES] = {
        "exits/g%02d/2025/%02d/%02d/%02d%02d.yaml",
        "latest/grids/g%02d.yaml",
        "metrics/M%02d-USDT/2025/%02d/%02d/%02d%02d.yaml",
        "latest/symbols/M%02d-USDT.yaml",
        "state/g%02d.yaml",
    };
    static const enum body bodies[FILES] = { BODY_EXIT, BODY_EXIT, BODY_METRICS,
                                             BODY_METRICS, BODY_STATE };
    int day = (int)(run / 96), quarter = (int)(run % 96);
    for (int i = 0; i < FILES; i++) {
        char *path = xcalloc(PATH_ROOM, 1);
        bool again = i == 1 || i == 3;
/* Forms without a time leave the rest of the arguments. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(path, PATH_ROOM, forms[i], (int)g, 6 + day / 28, 1 + day % 28,
                 quarter / 4, quarter % 4 * 15);
#pragma GCC diagnostic pop
        c[i] = (struct store_change){
            .path = path,
            .data = again ? xstrdup(c[i - 1].data) : vary(b, bodies[i]),
        };
        c[i].len = strlen(c[i].data);
    }
}

static void drop(struct store_change *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free((void *)(uintptr_t)c[i].path);
        free((void *)(uintptr_t)c[i].data);
    }
    free(c);
}

static int commit_once(struct bencher *b, struct store *s, int64_t run,
                       struct figures *wall, struct figures *cpu,
                       struct error *err)
{
    size_t n = (size_t)b->grids * FILES;
    struct store_change *changes = xcalloc(n, sizeof(*changes));
    char hex[STORE_ID_SIZE];

    for (int64_t g = 0; g < b->grids; g++)
        fill_grid(b, run, g, changes + g * FILES);
    const struct store_batch batch = { changes, n, "bench",
                                       FIRST_MS + run * MS_PER_STEP };
    int64_t from_ns = bench_wall_ns(), cpu_ns = bench_cpu_ns();
    int rc = store_commit(s, &batch, hex, err);
    if (!rc) {
        put_ms(cpu, bench_cpu_ns() - cpu_ns);
        put(wall, from_ns);
    }
    drop(changes, n);
    return rc;
}

static int open_repo(const struct bencher *b, struct store **s,
                     struct error *err)
{
    const struct store_options options = {
        .path = b->repo,
        .remote = b->remote,
        .login = { .http_token = getenv("GIT_TOKEN") },
        .author_name = "bench",
        .author_email = "bench@localhost",
        .fsync = b->fsync,
        .clone_if_absent = b->remote != NULL,
    };
    return store_open(&options, s, err);
}

static int measure_commits(struct bencher *b, bool push, struct error *err)
{
    static struct figures commits, computed, tidies, pushes;
    struct store *s = NULL;
    int rc = read_bodies(b, err);
    if (!rc)
        rc = open_repo(b, &s, err);
    for (int64_t i = 0; i < b->runs && !rc; i++) {
        rc = commit_once(b, s, i, &commits, &computed, err);
        int64_t from_ns = bench_wall_ns();
        if (!rc && push) {
            rc = store_push(s, BUDGET_MS, err);
            put(&pushes, from_ns);
            from_ns = bench_wall_ns();
        }
        if (!rc)
            rc = store_tidy(s, err);
        put(&tidies, from_ns);
    }
    store_free(s);
    for (int i = 0; i < BODY_COUNT; i++)
        text_release(&b->body[i]);
    if (rc)
        return rc;
    tell("commit", &commits);
    tell("computed", &computed);
    tell("tidy", &tidies);
    if (push)
        tell("push", &pushes);
    return 0;
}

static int measure_clone(struct bencher *b, struct error *err)
{
    struct store *s = NULL;
    int64_t from_ns = bench_wall_ns();
    if (open_repo(b, &s, err))
        return -1;
    printf("clone.once %.4f\n", (double)(bench_wall_ns() - from_ns) / 1e6);
    store_free(s);
    return 0;
}

/* One row: six fields with tabs between. False when it is not one. */
static bool add_row(struct bench *b, char *line)
{
    char *field[6];
    double figure, goal = 0.0;

    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(field); i++) {
        field[i] = line;
        line += strcspn(line, "\t");
        if (i + 1 < ARRAY_LEN(field) && !*line)
            return false;
        if (*line)
            *line++ = '\0';
    }
    bool aimed = strcmp(field[3], "-") != 0;
    if (!number_parse(field[1], &figure) ||
        (aimed && !number_parse(field[4], &goal)))
        return false;
    struct bench_row *row =
        bench_add(b, field[0], figure, field[2], "%s", field[5]);
    row->goal = goal;
    if (aimed)
        row->target =
            strcmp(field[3], "<=") == 0 ? TARGET_AT_MOST : TARGET_AT_LEAST;
    return true;
}

static int table(const char *rows, const char *json)
{
    struct bench *b = xcalloc(1, sizeof(*b));
    char line[512];
    FILE *f = fopen(rows, "r");
    bool fine = f != NULL;

    bench_machine_read(&b->machine);
    while (fine && fgets(line, sizeof(line), f))
        fine = add_row(b, line);
    if (f)
        fclose(f);
    if (fine)
        bench_print(b);
    else
        fprintf(stderr, "store_bench: '%s': not rows\n", rows);
    fine = fine && bench_write_json(b, json);
    free(b);
    return fine ? 0 : 74;
}

static bool read_words(int argc, char **argv, struct bencher *b)
{
    const char *grids = "1", *runs = "40";
    const struct {
        const char *word;
        const char **value;
    } words[] = {
        { "--repo", &b->repo },   { "--remote", &b->remote },
        { "--texts", &b->texts }, { "--grids", &grids },
        { "--runs", &runs },
    };
    for (int i = 2; i < argc; i++) {
        size_t w = 0;
        if (strcmp(argv[i], "--fsync") == 0) {
            b->fsync = true;
            continue;
        }
        while (w < ARRAY_LEN(words) && strcmp(argv[i], words[w].word) != 0)
            w++;
        if (w == ARRAY_LEN(words) || ++i == argc)
            return false;
        *words[w].value = argv[i];
    }
    return b->repo && integer_parse(grids, &b->grids) &&
           integer_parse(runs, &b->runs) && b->grids > 0 && b->runs > 0 &&
           b->runs <= RUNS_MAX;
}

static int usage(void)
{
    fprintf(stderr, "store_bench commit|push|clone --repo PATH [--remote URL]"
                    " [--texts DIR] [--grids N] [--runs N] [--fsync]\n"
                    "store_bench table ROWS JSON\n");
    return 64;
}

int main(int argc, char **argv)
{
    struct bencher b = { .seed = 7 };
    struct error err = { FAULT_NONE, "" };
    const char *what = argc > 1 ? argv[1] : "";
    bool push = strcmp(what, "push") == 0;

    if (strcmp(what, "table") == 0)
        return argc == 4 ? table(argv[2], argv[3]) : usage();
    if (!read_words(argc, argv, &b))
        return usage();
    int rc = 0;
    if (strcmp(what, "clone") == 0 && b.remote)
        rc = measure_clone(&b, &err);
    else if ((push || strcmp(what, "commit") == 0) && b.texts)
        rc = measure_commits(&b, push, &err);
    else
        return usage();
    if (rc)
        fprintf(stderr, "store_bench: %s\n", err.msg);
    return rc ? 70 : 0;
}
