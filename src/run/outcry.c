#include "run/outcry.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alert/draft.h"
#include "run/channels.h"
#include "run/phone.h"
#include "sys/clock.h"
#include "sys/log.h"

#define AGAIN_MS ((int64_t)4 * MS_PER_HOUR)
#define HUNG_MS  (2 * MS_PER_SLOT)

// clang-format off
static const struct {
    const char *word, *title, *remedy;
} outcries[OUTCRY_COUNT] = {
    [OUTCRY_OPEN] = { "open", "gridwatch cannot open its data repository: nothing is watched",
        "Look at the grids yourself. Then mend the repository or the disk, or name a remote to clone it from." },
    [OUTCRY_CLONE] = { "clone", "gridwatch cannot clone its data repository: nothing is watched",
        "Look at the grids yourself. Then see to the remote: its address, the login, the network. Every run tries again." },
    [OUTCRY_LOCK] = { "lock", "gridwatch cannot run: nothing is watched",
        "Look at the grids yourself. Then look at that process, and end it when it hangs." },
    [OUTCRY_RECORD] = { "record", "gridwatch cannot record: alerts go out, but nothing is remembered",
        "Alerts say \"Not recorded\" and may come every run. Look at the disk: is it full, or read-only?" },
};
// clang-format on

struct told {
    int64_t at_ms;
    char key[32];    /* what was told, in two words */
    char title[128]; /* and as it was */
};

static void memory_path(const struct run *r, char out[CONFIG_TEXT + 16])
{
    snprintf(out, CONFIG_TEXT + 16, "%s.outcry", r->config->repository.path);
}

static const char *take_line(const char *at, char *out, size_t size)
{
    size_t n = strcspn(at, "\n");
    snprintf(out, size, "%.*s", (int)n, at);
    return at + n + (at[n] == '\n');
}

/* Three lines: when, what, its title. */
static bool recall(const struct run *r, struct told *out)
{
    char path[CONFIG_TEXT + 16], when[MOMENT_TEXT + 8];
    struct text t = TEXT_INIT(4096);
    bool read = false;

    memory_path(r, path);
    if (text_read_file(&t, path, NULL) == 0) {
        const char *at = take_line(text_str(&t), when, sizeof(when));
        at = take_line(at, out->key, sizeof(out->key));
        take_line(at, out->title, sizeof(out->title));
        out->at_ms = moment_parse(when);
        read = out->at_ms != MOMENT_NONE;
    }
    text_release(&t);
    return read;
}

static void remember(const struct run *r, const struct told *told)
{
    char path[CONFIG_TEXT + 16], when[MOMENT_TEXT], text[LOG_VALUE_MAX];
    struct text t = TEXT_INIT(4096);
    struct error err;

    memory_path(r, path);
    moment_format(told->at_ms, when);
    text_printf(&t, "%s\n%s\n%s\n", when, told->key, told->title);
    if (text_write_file(&t, path, &err))
        log_event(LOG_LEVEL_WARN, "outcry-forgotten", "what=%s",
                  log_value(err.msg, text));
    text_release(&t);
}

static int tell(struct run *r, const char *title, const char *body,
                int priority)
{
    struct pushover_result result = { 0 };
    struct error err = { FAULT_NONE, "" };
    char text[LOG_VALUE_MAX];
    const struct pushover_message message = {
        .title = title,
        .body = body,
        .priority = priority,
        .timestamp_s = r->exchange_ms / 1000,
    };

    if (run_has_channel(r) && run_ring(r, &message, &result, &err) == 0 &&
        result.outcome != PUSHOVER_DELIVERED)
        error_set(&err, FAULT_TRANSIENT, "%s", result.reason);
    bool heard = run_channels_cry(r, title, body, priority);
    if (!run_has_channel(r))
        return heard ? 0 : -1; /* which was noted */
    if (err.fault == FAULT_NONE) {
        log_event(LOG_LEVEL_WARN, "outcry", "title=%s", log_value(title, text));
        return 0;
    }
    error_wrap(&err, "\"%s\" was not delivered", title);
    run_note(r, RUN_NOT_DELIVERED, &err);
    return heard && run_channels_any(r) ? 0 : -1;
}

void run_outcry(struct run *r, enum outcry what, const struct error *why)
{
    char body[PUSHOVER_BODY_MAX];
    struct told before, now = { .at_ms = r->exchange_ms };
    struct draft d = { body, sizeof(body), 0, r->exchange_ms, &r->zone };

    if (r->options->dry_run || !(run_has_channel(r) || run_channels_any(r)))
        return;
    if (r->options->look && what != OUTCRY_RECORD) /* the next run tells it */
        return;
    snprintf(now.key, sizeof(now.key), "%s %s", outcries[what].word,
             fault_name(why->fault));
    snprintf(now.title, sizeof(now.title), "%s", outcries[what].title);
    if (recall(r, &before) && strcmp(before.key, now.key) == 0 &&
        now.at_ms - before.at_ms < AGAIN_MS && now.at_ms >= before.at_ms)
        return;
    draft_put(&d, "%.640s.\n%s\n", why->msg, outcries[what].remedy);
    draft_put(&d, "Next: the same in 4 h, and a quiet message when it is "
                  "mended.");
    if (tell(r, now.title, body, 1) == 0)
        remember(r, &now);
}

void run_outcry_lock(struct run *r, const struct error *why)
{
    char path[LOCK_PATH_MAX], since[MOMENT_TEXT];
    struct error told = *why;
    struct stat st;

    if (why->fault != FAULT_BUSY) {
        run_outcry(r, OUTCRY_OPEN, why);
        return;
    }
    lock_path_of(r->config->repository.path, path);
    if (stat(path, &st))
        return;
    int64_t taken_ms = (int64_t)st.st_mtime * 1000;
    if (clock_wall_ms() - taken_ms <= HUNG_MS)
        return;
    moment_format(taken_ms, since);
    error_wrap(&told, "since %s", since);
    run_outcry(r, OUTCRY_LOCK, &told);
}

/* The memory goes first: who cannot drop it would tell this every run. */
void run_outcry_mended(struct run *r)
{
    char path[CONFIG_TEXT + 16], body[PUSHOVER_BODY_MAX];
    struct told before;
    struct draft d = { body, sizeof(body), 0, r->exchange_ms, &r->zone };

    if (r->options->dry_run || !(run_has_channel(r) || run_channels_any(r)) ||
        !recall(r, &before))
        return;
    memory_path(r, path);
    if (unlink(path))
        return;
    draft_put(&d, "Nothing to do: this run is recorded. Told at ");
    draft_clock(&d, before.at_ms);
    draft_put(&d, ":\n%s.", before.title);
    if (tell(r, "gridwatch works again", body, -1))
        remember(r, &before);
}

bool run_outcry_stands(const struct run *r, char *what, size_t size)
{
    struct told before;
    char when[MOMENT_TEXT];
    if (!recall(r, &before))
        return false;
    moment_format(before.at_ms, when);
    snprintf(what, size, "people were told at %s: %.120s", when, before.title);
    return true;
}
