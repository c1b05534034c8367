/* bench [--quick] [--only PART] [--json FILE] [--program FILE] [--talib FILE]
 *
 * Measures what SPEC 18 asks for and prints a table; docs/bench.md says how to
 * read it. `make bench` runs it. Nothing here is asserted: a figure that misses
 * its target is told, and the exit status is 0 all the same. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"

static int usage(void)
{
    fprintf(stderr,
            "bench [--quick] [--only PART] [--json FILE]"
            " [--program FILE] [--talib FILE]\n"
            "the parts: replay start kernels families growth backtest\n");
    return 64;
}

/* False for words that are not its own. */
static bool read_words(int argc, char **argv, struct bench *b,
                       const char **only, const char **json)
{
    const struct {
        const char *word;
        const char **value;
    } words[] = {
        { "--only", only },
        { "--json", json },
        { "--program", &b->program },
        { "--talib", &b->talib },
    };
    for (int i = 1; i < argc; i++) {
        size_t w = 0;
        if (strcmp(argv[i], "--quick") == 0) {
            b->quick = true;
            continue;
        }
        while (w < ARRAY_LEN(words) && strcmp(argv[i], words[w].word) != 0)
            w++;
        if (w == ARRAY_LEN(words) || ++i == argc)
            return false;
        *words[w].value = argv[i];
    }
    return true;
}

/* False when there is no part of that name; NULL: all of them. Replay goes
 * first, because its peak memory is that of the process. */
static bool measure(struct bench *b, const char *only)
{
    static const struct {
        const char *name;
        void (*run)(struct bench *b);
    } parts[] = {
        { "replay", bench_replay },   { "start", bench_start },
        { "kernels", bench_kernels }, { "families", bench_families },
        { "growth", bench_growth },   { "backtest", bench_backtest },
    };
    bool found = false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (only && strcmp(only, parts[i].name) != 0)
            continue;
        parts[i].run(b);
        found = true;
    }
    return found;
}

int main(int argc, char **argv)
{
    struct bench *b = xcalloc(1, sizeof(*b));
    const char *only = NULL, *json = NULL;

    bench_machine_read(&b->machine);
    if (!read_words(argc, argv, b, &only, &json) || !measure(b, only))
        return usage();
    bench_print(b);
    if (json && !bench_write_json(b, json)) {
        fprintf(stderr, "bench: '%s': %s\n", json, strerror(errno));
        return 74;
    }
    free(b);
    return !fflush(stdout) && !ferror(stdout) ? 0 : 74;
}
