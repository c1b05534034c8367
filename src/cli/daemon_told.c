#include "cli/daemon_told.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "base/value.h"

#define DAEMON_LATEST 2 /* of gridwatch_grid_known_state */

struct daemon_told daemon_told_new(int64_t now_ms)
{
    return (struct daemon_told){
        .began_ms = now_ms,
        .next_ms = MOMENT_NONE,
        .succeeded_ms = MOMENT_NONE,
        .delivered_ms = MOMENT_NONE,
        .last = { .at_ms = MOMENT_NONE },
        .page = TEXT_INIT(EXPOSITION_MAX),
        .health = DAEMON_NEW,
    };
}

void daemon_told_release(struct daemon_told *t)
{
    text_release(&t->page);
}

static bool has_latest(const char *page)
{
    static const char family[] = "gridwatch_grid_known_state{";
    for (const char *at = page; *at;
         at += strcspn(at, "\n"), at += *at == '\n') {
        const char *value = strstr(at, "} ");
        if (strncmp(at, family, sizeof(family) - 1) == 0 && value &&
            strtol(value + 2, NULL, 10) == DAEMON_LATEST)
            return true;
    }
    return false;
}

void daemon_told_run(struct daemon_told *t, const struct daemon_ended *last,
                     const struct exposition_job *job, const char *page)
{
    t->last = *last;
    t->job = *job;
    if (last->exit >= 0 && last->exit < DAEMON_CODES)
        t->runs[last->exit]++;
    if (last->exit == 0)
        t->succeeded_ms = job->end_ms;
    text_clear(&t->page);
    text_puts(&t->page, page);
    if (*page)
        t->wanted = has_latest(page);
}

/* The value of a sample on a page, or NO_VALUE. */
static double sample_of(const char *page, const char *sample)
{
    size_t len = strlen(sample);
    char number[NUMBER_TEXT];
    double v;
    for (const char *at = page; *at;
         at += strcspn(at, "\n"), at += *at == '\n') {
        if (strncmp(at, sample, len) != 0 || at[len] != ' ')
            continue;
        const char *value = at + len + 1;
        snprintf(number, sizeof(number), "%.*s", (int)strcspn(value, "\n"),
                 value);
        return number_parse(number, &v) ? v : NO_VALUE;
    }
    return NO_VALUE;
}

static void add_deliveries(struct daemon_told *t, const char *page)
{
    const struct family *f = &families[FAMILY_RUN_DELIVERIES];
    char sample[128];
    for (int i = 0; i < DAEMON_OUTCOMES; i++) {
        snprintf(sample, sizeof(sample), "%s{%s=\"%s\"}", f->name, f->labels[0],
                 delivery_outcome_name((enum delivery_outcome)i));
        double count = sample_of(page, sample);
        if (count > 0)
            t->delivered[i] += (int64_t)count;
    }
    double last_s = sample_of(page, families[FAMILY_RUN_LAST_DELIVERY].name);
    if (last_s > 0 && llround(last_s * 1000) > t->delivered_ms)
        t->delivered_ms = llround(last_s * 1000);
}

void daemon_told_look(struct daemon_told *t, int exit, const char *page)
{
    if (exit >= 0 && exit < DAEMON_CODES)
        t->looks[exit]++;
    add_deliveries(t, page);
}

bool daemon_told_wants_look(const struct daemon_told *t)
{
    return t->wanted;
}

/* What a run said of its grids is not said again once a later one could not:
 * nobody knows whether it still holds. */
static void put_run(const struct daemon_told *t, struct exposition *out)
{
    if (t->last.at_ms == MOMENT_NONE)
        return;
    if (t->page.len)
        text_puts(&out->text, text_str(&t->page));
    else
        exposition_put_job(out, &t->job);
}

static void put_by_code(const int64_t counts[DAEMON_CODES],
                        enum family_id family, struct exposition *out)
{
    char code[16];
    for (int i = 0; i < DAEMON_CODES; i++) {
        snprintf(code, sizeof(code), "%d", i);
        if (counts[i] || i == 0)
            exposition_put(out, family, (double)counts[i],
                           (const char *const[]){ code });
    }
}

static void put_counts(const struct daemon_told *t, struct exposition *out)
{
    put_by_code(t->runs, FAMILY_DAEMON_RUNS, out);
    put_by_code(t->looks, FAMILY_DAEMON_LOOKS, out);
    for (int i = 0; i < DAEMON_OUTCOMES; i++)
        exposition_put(out, FAMILY_DAEMON_LOOK_DELIVERIES,
                       (double)t->delivered[i],
                       (const char *const[]){
                           delivery_outcome_name((enum delivery_outcome)i) });
    exposition_put_time(out, FAMILY_DAEMON_LOOK_LAST_DELIVERY, t->delivered_ms,
                        NULL);
    exposition_put(out, FAMILY_DAEMON_MISSED, (double)t->missed, NULL);
}

static void answer_metrics(const struct daemon_told *t,
                           struct listener_reply *reply)
{
    struct exposition out = EXPOSITION_INIT;
    out.text.max = 2 * EXPOSITION_MAX;
    put_run(t, &out);
    exposition_put_time(&out, FAMILY_DAEMON_START, t->began_ms, NULL);
    put_counts(t, &out);
    exposition_put(&out, FAMILY_DAEMON_RUNNING, t->running ? 1 : 0, NULL);
    exposition_put_time(&out, FAMILY_DAEMON_NEXT_RUN, t->next_ms, NULL);
    exposition_put_time(&out, FAMILY_DAEMON_LAST_SUCCESS, t->succeeded_ms,
                        NULL);
    exposition_put(&out, FAMILY_DAEMON_HEALTHY,
                   t->health == DAEMON_WELL ? 1 : 0, NULL);
    reply->status = 200;
    reply->content_type = EXPOSITION_TYPE;
    text_puts(&reply->body, text_str(&out.text));
    exposition_release(&out);
}

static void answer_health(const struct daemon_told *t,
                          struct listener_reply *reply)
{
    char at[MOMENT_TEXT] = "";
    if (t->last.at_ms != MOMENT_NONE)
        moment_format(t->last.at_ms, at);
    reply->status = t->health == DAEMON_WELL ? 200 : 503;
    switch (t->health) {
    case DAEMON_WELL:
        text_printf(&reply->body, "ok: the run of %s ended with 0\n", at);
        break;
    case DAEMON_NEW:
        text_puts(&reply->body, "no run has ended yet\n");
        break;
    case DAEMON_FAILED:
        text_printf(&reply->body, "the run of %s ended with %d\n", at,
                    t->last.exit);
        break;
    case DAEMON_LATE:
        text_printf(&reply->body,
                    "the run of %s was the last one that ended, and the next "
                    "one should have by now\n",
                    at);
        break;
    }
}

void daemon_told_answer(const struct daemon_told *t, const char *path,
                        struct listener_reply *reply)
{
    static const struct {
        const char *path;
        void (*answer)(const struct daemon_told *, struct listener_reply *);
    } pages[] = {
        { "/metrics", answer_metrics },
        { "/healthz", answer_health },
    };
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        if (strcmp(path, pages[i].path) == 0) {
            pages[i].answer(t, reply);
            return;
        }
    }
    reply->status = 404;
    text_puts(&reply->body, "/metrics or /healthz\n");
}
