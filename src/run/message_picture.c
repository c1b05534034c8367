#include "run/message_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/row.h"
#include "base/utf8.h"
#include "picture/picture.h"
#include "run/chart.h"
#include "store/sha1.h"
#include "sys/clock.h"
#include "sys/errand.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* A picture takes 0.2 s of a processor. */
#define PICTURE_MS      3000
#define PICTURES_MS     6000 /* of all messages of a run: others wait */
#define PICTURE_LEAST   100
#define PICTURE_DATA    ((size_t)256 << 20)
#define WITHOUT_PICTURE "without the picture: "

/* What the errand takes along. */
struct drawing {
    struct run *run;
    const struct message_run *message;
};

static int draw(void *payload, struct text *out, struct error *err)
{
    const struct drawing *d = payload;
    struct run *r = d->run;
    const struct grid_run *g = &r->grids[d->message->grid];
    struct exit_document *x = xcalloc(1, sizeof(*x));
    const struct chart chart = { &g->grid, x, &g->strategy.exit };
    char path[RECORD_PATH_MAX];

    record_exit_path(g->grid.id, d->message->intent.slot_ms, path);
    int rc =
        run_read_document(r, RECORD_EXIT, path, x, err) ||
                chart_png(&chart, r->store,
                          r->config->notify.picture == PICTURE_DARK, out, err)
            ? -1
            : 0;
    free(x);
    return rc;
}

/* The alert's own time is not for pictures: all its tries, and the one more
 * that a refused picture costs. */
static int64_t time_for_it(const struct run *r)
{
    int64_t left_ms = run_rest_ms(r) - run_alert_ms(r->config) -
                      r->config->notify.request_timeout_ms;
    if (left_ms > PICTURES_MS - r->pictures_ms)
        left_ms = PICTURES_MS - r->pictures_ms;
    return left_ms < PICTURE_MS ? left_ms : PICTURE_MS;
}

static bool is_wanted(const struct run *r, const struct message_run *m)
{
    return r->config->notify.picture != PICTURE_OFF && !r->options->feed &&
           m->decided_now && m->grid != MESSAGE_OF_SERVICE &&
           alert_reason_pictured(m->intent.reason);
}

void run_picture_of(struct run *r, const struct message_run *m,
                    struct run_picture *out)
{
    struct drawing d = { r, m };
    struct error err = { FAULT_NONE, "" };
    const struct errand e = { draw, &d, time_for_it(r), PICTURE_DATA };

    *out = (struct run_picture){ .wanted = is_wanted(r, m),
                                 .png = TEXT_INIT(PUSHOVER_PICTURE_MAX) };
    if (!out->wanted)
        return;
    int64_t began_ms = clock_monotonic_ms();
    if (m->unrecorded)
        error_set(&err, FAULT_MISSING, "the slot is not recorded");
    else if (e.budget_ms < PICTURE_LEAST)
        error_set(&err, FAULT_TRANSIENT, "there is no time for it");
    else
        errand_run(&e, &out->png, &err);
    r->pictures_ms += clock_monotonic_ms() - began_ms;
    if (err.fault != FAULT_NONE)
        utf8_cut_line(err.msg, PICTURE_WHY, out->why);
}

static void name_picture(const struct text *png, char out[DELIVERY_PICTURE])
{
    unsigned char sum[SHA1_SIZE];
    struct sha1 s;
    sha1_init(&s);
    sha1_feed(&s, png->data, png->len);
    sha1_finish(&s, sum);
    for (int i = 0; i < SHA1_SIZE; i++)
        snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

void run_picture_end(struct run_picture *p, const struct pushover_result *sent,
                     struct message_run *m)
{
    const char *why = p->why[0] ? p->why : sent->bare;
    bool accepted = sent->outcome == PUSHOVER_DELIVERED;
    char line[sizeof(WITHOUT_PICTURE) + sizeof(p->why)], text[LOG_VALUE_MAX];

    if (accepted && sent->pictured)
        name_picture(&p->png, m->delivery.picture);
    if (p->wanted && accepted && !sent->pictured) {
        snprintf(line, sizeof(line), WITHOUT_PICTURE "%s", why);
        utf8_cut_line(line, DELIVERY_REASON_POINTS, m->delivery.reason);
        log_event(LOG_LEVEL_WARN, "alert-bare", "grid=%s intent=%s why=%s",
                  m->intent.grid, m->intent.id, log_value(why, text));
    }
    text_release(&p->png);
}
