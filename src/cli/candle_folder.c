#include "cli/candle_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/bar_csv.h"
#include "market/fold.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "sys/zstd_file.h"

#define FILE_BYTES_MAX ((size_t)512 * 1024 * 1024)

/* --- Which files ---------------------------------------------------------- */

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

/* Has a file of that name 15m bars? */
static bool is_candles(const char *file)
{
    const char *tf = strstr(file, "-15m");
    return tf && (tf[4] == '.' || tf[4] == '-') &&
           (ends_with(file, ".csv") || ends_with(file, ".csv.zst"));
}

/* Of a file or of what it is called without its ending. */
static bool is_named(const char *name, const char *word, size_t n)
{
    return strncmp(name, word, n) == 0 &&
           (name[n] == '\0' || name[n] == '-' || name[n] == '.');
}

static bool is_wanted(const char *name, const char *symbols)
{
    if (strcmp(symbols, "all") == 0)
        return true;
    for (const char *at = symbols; *at;) {
        size_t n = strcspn(at, ",");
        if (n && is_named(name, at, n))
            return true;
        at += at[n] ? n + 1 : n;
    }
    return false;
}

static int check_words(const struct candle_files *f, const char *dir,
                       const char *symbols, struct error *err)
{
    if (f->count == 0)
        return error_set(err, FAULT_MISSING,
                         "no 15m candles of '%.80s' in '%s'", symbols, dir);
    if (strcmp(symbols, "all") == 0)
        return 0;
    for (const char *at = symbols; *at;) {
        size_t n = strcspn(at, ","), i = 0;
        while (i < f->count && !is_named(f->list[i].name, at, n))
            i++;
        if (i == f->count)
            return error_set(err, FAULT_MISSING,
                             "no 15m candles of '%.*s' in "
                             "'%s'",
                             (int)n, at, dir);
        at += at[n] ? n + 1 : n;
    }
    return 0;
}

/* The name is a cell of the table of lives, and is there whole. */
static int name_file(struct candle_file *c, const char *dir, const char *file,
                     struct error *err)
{
    size_t n = strcspn(file, ".");
    int length = snprintf(c->path, sizeof(c->path), "%s/%s", dir, file);

    if (n >= CANDLES_NAME || (size_t)length >= sizeof(c->path))
        return error_set(err, FAULT_DATA, "file '%s': its name is too long",
                         file);
    memcpy(c->name, file, n);
    if (strpbrk(c->name, ",#\r\n"))
        return error_set(err, FAULT_DATA,
                         "file '%s': a comma, # or line end in its name", file);
    return 0;
}

static int add(struct candle_files *f, const char *dir, const char *file,
               struct error *err)
{
    struct candle_file c = { "", "" };
    size_t at = f->count;

    if (name_file(&c, dir, file, err))
        return -1;
    while (at > 0 && strcmp(f->list[at - 1].name, c.name) > 0)
        at--;
    if (at > 0 && strcmp(f->list[at - 1].name, c.name) == 0)
        return error_set(err, FAULT_DATA,
                         "two files of one name: '%s' and '%s'",
                         f->list[at - 1].path, c.path);
    f->list = xrealloc(f->list, ++f->count, sizeof(*f->list));
    memmove(&f->list[at + 1], &f->list[at],
            (f->count - 1 - at) * sizeof(*f->list));
    f->list[at] = c;
    return 0;
}

int candle_files_find(const char *dir, const char *symbols,
                      struct candle_files *out, struct error *err)
{
    DIR *d = opendir(dir);
    struct dirent *entry;

    if (!d)
        return error_set(err, errno == ENOENT ? FAULT_MISSING : FAULT_IO,
                         "folder '%s': %s", dir, strerror(errno));
    int rc = 0;
    while (!rc && (entry = readdir(d)))
        if (is_candles(entry->d_name) && is_wanted(entry->d_name, symbols))
            rc = add(out, dir, entry->d_name, err);
    closedir(d);
    return rc ? rc : check_words(out, dir, symbols, err);
}

void candle_files_name(struct candle_files *f, const char *name)
{
    f->list = xrealloc(f->list, f->count + 1, sizeof(*f->list));
    struct candle_file *c = &f->list[f->count++];
    *c = (struct candle_file){ "", "" };
    snprintf(c->name, sizeof(c->name), "%s", name);
}

void candle_files_release(struct candle_files *f)
{
    free(f->list);
    *f = (struct candle_files){ 0 };
}

/* --- One file ------------------------------------------------------------- */

static int add_bar(struct candles *c, size_t *room, const struct bar *b,
                   struct error *err)
{
    struct bar **bars = &c->bars[TF_15M];
    size_t n = c->count[TF_15M];
    enum bar_fault fault = bar_check(b, TF_15M);

    if (fault != BAR_OK)
        return error_set(err, FAULT_DATA, "%s", bar_fault_text(fault));
    if (b->volume <= 0.0)
        return 0;
    if (n && b->open_ms <= (*bars)[n - 1].open_ms)
        return error_set(err, FAULT_DATA, "not after the bar before it");
    if (n == *room) {
        *room = *room ? 2 * *room : 4096;
        *bars = xrealloc(*bars, *room, sizeof(**bars));
    }
    (*bars)[c->count[TF_15M]++] = *b;
    return 0;
}

static int read_rows(struct candles *c, const struct text *text,
                     struct error *err)
{
    size_t room = 0, zero = text_zero_line(text);
    char *at = text->data;

    if (zero)
        return error_set(err, FAULT_DATA, "line %zu: a zero byte", zero);
    if (strcmp(bar_csv_line(&at), BAR_CSV_HEADER) != 0)
        return error_set(err, FAULT_DATA, "line 1: not " BAR_CSV_HEADER);
    for (size_t line = 2; *at; line++) {
        struct bar b;
        if (bar_csv_parse(bar_csv_line(&at), &b, err) ||
            add_bar(c, &room, &b, err))
            return error_wrap(err, "line %zu", line);
    }
    return c->count[TF_15M] ? 0
                            : error_set(err, FAULT_DATA, "no bar with volume");
}

static void make_longer(struct candles *c)
{
    size_t n = bars_drop_jumps(c->bars[TF_15M], c->count[TF_15M]);
    c->count[TF_15M] = n;
    for (int tf = TF_1H; tf < TF_COUNT; tf++) {
        c->bars[tf] = xcalloc(n, sizeof(*c->bars[tf]));
        c->count[tf] = bars_fold(c->bars[TF_15M], n, TF_15M, (enum timeframe)tf,
                                 c->bars[tf]);
    }
}

int candles_load(const char *path, struct candles *out, struct error *err)
{
    struct text text = TEXT_INIT(FILE_BYTES_MAX);
    int rc = ends_with(path, ".zst") ? zstd_read_file(&text, path, err)
                                     : text_read_file(&text, path, err);
    *out = (struct candles){ 0 };
    if (!rc)
        rc = text_append(&text, "", 0);
    if (!rc && read_rows(out, &text, err))
        rc = error_wrap(err, "file '%s'", path);
    text_release(&text);
    if (rc)
        candles_release(out);
    else
        make_longer(out);
    return rc;
}

void candles_take(struct bar *bars, size_t count, struct candles *out)
{
    *out = (struct candles){ .count[TF_15M] = count, .bars[TF_15M] = bars };
    make_longer(out);
}

void candles_series(const struct candles *c, struct series out[TF_COUNT])
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        out[tf] =
            (struct series){ (enum timeframe)tf, c->count[tf], c->bars[tf] };
}

void candles_release(struct candles *c)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        free(c->bars[tf]);
    *c = (struct candles){ 0 };
}
