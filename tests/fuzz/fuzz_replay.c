/* fuzz_replay TALLY [TARGET FILE]: feeds every file of the corpus, or one, to
 * its target. What once ended a program stands there for ever. Run from the
 * root of the sources. A claim that does not hold ends it. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "sys/text.h"

enum { FILE_MOST = 4 << 20, PATH_ROOM = 1024 };

static int feed_file(const struct fuzz_target *t, const char *path)
{
    struct text body = TEXT_INIT(FILE_MOST);
    struct error err;
    int rc = text_read_file(&body, path, &err);
    if (rc)
        fprintf(stderr, "fuzz_replay: %s\n", err.msg);
    else
        fuzz_feed(t, text_str(&body), body.len);
    text_release(&body);
    return rc;
}

/* How many files; -1 when one could not be read. */
static int feed_folder(const struct fuzz_target *t, const char *folder)
{
    char path[PATH_ROOM];
    struct dirent *entry;
    int n = 0;
    DIR *dir = opendir(folder);
    if (!dir) {
        fprintf(stderr, "fuzz_replay: '%s': %s\n", folder, strerror(errno));
        return -1;
    }
    while (n >= 0 && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        n = feed_file(t, path) ? -1 : n + 1;
    }
    closedir(dir);
    return n;
}

static int feed_corpus(const struct fuzz_target *t)
{
    char folder[PATH_ROOM];
    snprintf(folder, sizeof(folder), "tests/fuzz/corpus/%s", t->name);
    int n = feed_folder(t, folder);
    int seeds = t->seeds && n >= 0 ? feed_folder(t, t->seeds) : 0;
    if (n <= 0 || seeds < 0) {
        printf("FAILED fuzz_replay: the corpus of '%s' is empty or not read\n",
               t->name);
        return -1;
    }
    return n + seeds;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    if (argc == 4) {
        const struct fuzz_target *t = fuzz_target_named(argv[2]);
        return !t || feed_file(t, argv[3]) ? 64 : 0;
    }
    if (argc != 2) {
        fprintf(stderr, "fuzz_replay TALLY [TARGET FILE]\n");
        return 64;
    }
    for (size_t i = 0; i < fuzz_target_count; i++) {
        int n = feed_corpus(&fuzz_targets[i]);
        passed += n > 0 ? n : 0;
        failed += n < 0;
    }
    FILE *tally = fopen(argv[1], "w");
    if (!tally) {
        fprintf(stderr, "fuzz_replay: '%s': %s\n", argv[1], strerror(errno));
        return 74;
    }
    fprintf(tally, "%d %d 0\n", passed, failed);
    return fclose(tally) || failed ? 1 : 0;
}
