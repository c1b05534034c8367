/* What stands below the candles: the states, pi, and the time. */
#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "picture/letters.h"
#include "picture/plan_internal.h"

size_t state_run(const struct picture_scene *s, size_t i)
{
    size_t next = i + 1;
    while (next < s->slot_count && s->slots[next].state == s->slots[i].state &&
           s->slots[next].slot_ms == s->slots[next - 1].slot_ms + MS_PER_SLOT)
        next++;
    return next;
}

static struct frame frame_of(const struct drawing *d, double top, double bottom)
{
    return (struct frame){ .left = d->left,
                           .right = d->right,
                           .top = top,
                           .bottom = bottom,
                           .from_ms = d->scene->from_ms,
                           .until_ms = d->scene->until_ms,
                           .low = 0,
                           .high = 1 };
}

/* What a strip has room for; the names of the record are too long. */
static const char *short_name(enum exit_state state)
{
    static const char *const names[STATE_COUNT] = {
        "UNKNOWN", "NORMAL", "WARNING", "LATEST", "MANDATORY",
    };
    return names[state];
}

static void draw_hatch(const struct drawing *d, double x, double y, double x2,
                       double y2)
{
    const struct mark m = { .kind = MARK_HATCH,
                            .x = x,
                            .y = y,
                            .x2 = x2,
                            .y2 = y2,
                            .size = 4 * d->unit,
                            .ink = d->palette->state[STATE_UNKNOWN] };
    plan_add(d->plan, &m);
}

/* The name where it fits, else its first letter, else nothing. Of UNKNOWN on
 * the bare ground, so that the pattern does not run through it. */
static void draw_word(const struct drawing *d, enum exit_state state, double x,
                      double x2, double y)
{
    const char *name = short_name(state);
    const char letter[] = { name[0], '\0' };
    double u = d->unit, most = x2 - x - 4 * u;
    bool unknown = state == STATE_UNKNOWN;
    if (letters_width(name, CAP_SMALL * u) > most)
        name = letter;
    double wide = letters_width(name, CAP_SMALL * u);
    if (wide > most)
        return;
    double at = (x + x2 - wide) / 2;
    if (unknown)
        draw_box(d, at - 2 * u, y - 5 * u, at + wide + 2 * u, y + 5 * u,
                 d->palette->ground);
    draw_text(d, name, at, y, CAP_SMALL, true, x2,
              unknown ? d->palette->text : d->palette->on_state);
}

void draw_states(const struct drawing *d, double top, double bottom)
{
    const struct picture_scene *s = d->scene;
    const struct frame f = frame_of(d, top, bottom);
    for (size_t i = 0, next; i < s->slot_count; i = next) {
        next = state_run(s, i);
        enum exit_state state = s->slots[i].state;
        double x = fmax(f.left, frame_x(&f, s->slots[i].slot_ms - MS_PER_SLOT));
        double x2 = frame_x(&f, s->slots[next - 1].slot_ms);
        if (state == STATE_UNKNOWN)
            draw_hatch(d, x, top, x2, bottom);
        else
            draw_box(d, x, top, x2, bottom, d->palette->state[state]);
        draw_word(d, state, x, x2, (top + bottom) / 2);
    }
}

/* One piece of pi, filled down to zero, where both ends are known. */
static void draw_chance(const struct drawing *d, const struct frame *f,
                        const struct picture_slot *was,
                        const struct picture_slot *is)
{
    const struct ink ink = d->palette->chance;
    if (!isfinite(is->pi))
        return;
    double x = frame_x(f, is->slot_ms), y = frame_y(f, is->pi);
    if (was && isfinite(was->pi) && was->slot_ms + MS_PER_SLOT == is->slot_ms)
        draw_line(d, frame_x(f, was->slot_ms), frame_y(f, was->pi), x, y, 1.8,
                  ink);
    else /* alone: a dot */
        draw_line(d, x, y, x, y, 1.8, ink);
}

void draw_chances(const struct drawing *d, double top, double bottom)
{
    const struct picture_scene *s = d->scene;
    const struct palette *p = d->palette;
    const struct frame f = frame_of(d, top, bottom);
    struct labels labels = { .count = 0 };

    draw_line(d, f.left, top, f.right, top, 0.5, p->faint);
    draw_line(d, f.left, bottom, f.right, bottom, 0.8, p->quiet);
    draw_text(d, "pi: chance to leave the range in 24 h", f.left + 2 * d->unit,
              top + 7 * d->unit, CAP_SMALL, false, f.right, p->quiet);
    labels_add(&labels, "", 1, top, 0, p->quiet);
    labels_add(&labels, "", 0, bottom - 4 * d->unit, 0, p->quiet);
    if (isfinite(s->pi_limit)) {
        double y = frame_y(&f, s->pi_limit);
        draw_dashes(d, f.left, y, f.right, y, 4, p->limit);
        labels_add(&labels, "limit", s->pi_limit, y, 1, p->limit);
    }
    for (size_t i = 0; i < s->slot_count; i++)
        draw_chance(d, &f, i ? &s->slots[i - 1] : NULL, &s->slots[i]);
    if (s->slot_count && isfinite(s->slots[s->slot_count - 1].pi)) {
        double pi = round(100 * s->slots[s->slot_count - 1].pi) / 100;
        labels_add(&labels, "pi", pi, frame_y(&f, pi), 2, p->chance);
    }
    labels_draw(d, &labels, top, bottom);
}

void draw_times(const struct drawing *d, double top, double bottom, double y)
{
    const struct palette *p = d->palette;
    const struct frame f = frame_of(d, top, bottom);
    double u = d->unit, widest = letters_width("00:00", CAP_LABEL * u) + 14 * u;
    int64_t ticks[TICKS_MAX];
    char text[SCALE_TEXT];
    size_t most = (size_t)fmax(1, floor((f.right - f.left) / widest));

    if (most > TICKS_MAX)
        most = TICKS_MAX;
    size_t n = ticks_of_time(f.from_ms, f.until_ms, most, ticks);
    for (size_t i = 0; i < n; i++) {
        double x = frame_x(&f, ticks[i]);
        scale_time(ticks[i], text);
        double wide = letters_width(text, CAP_LABEL * u);
        draw_line(d, x, top, x, bottom, 0.5, p->faint);
        if (x - wide / 2 < 2 * u || x + wide / 2 > d->gutter - 8 * u)
            continue;
        draw_text(d, text, x - wide / 2, y, CAP_LABEL, strchr(text, ' '),
                  d->plan->width, p->quiet);
    }
    draw_text(d, "UTC", d->gutter, y, CAP_LABEL, false, d->plan->width,
              p->quiet);
}
