#include "picture/picture.h"

#include "picture/canvas.h"
#include "picture/plan_internal.h"

#define LEAST_WIDTH  180
#define LEAST_HEIGHT 135
#define MOST_PIXELS  4096

static bool size_is_sane(int width, int height)
{
    return width >= LEAST_WIDTH && width <= MOST_PIXELS &&
           height >= LEAST_HEIGHT && height <= MOST_PIXELS;
}

int picture_check(const struct picture_scene *s, int width, int height,
                  struct error *err)
{
    size_t seen = 0;
    if (!size_is_sane(width, height))
        return error_set(err, FAULT_BUG, "no picture has %d x %d pixels", width,
                         height);
    if (s->from_ms >= s->until_ms)
        return error_set(err, FAULT_BUG, "the picture's time axis is empty");
    for (size_t i = 0; i < s->bar_count; i++) {
        enum bar_fault fault = bar_check(&s->bars[i], s->tf);
        if (fault != BAR_OK)
            return error_set(err, FAULT_DATA, "bar %zu of the picture: %s", i,
                             bar_fault_text(fault));
        seen += picture_shows(s, &s->bars[i]);
    }
    return seen ? 0
                : error_set(err, FAULT_DATA,
                            "there is no %s bar of %s to draw in that time",
                            timeframe_name(s->tf), s->symbol);
}

int picture_png(const struct picture_scene *scene, int width, int height,
                struct text *out, struct error *err)
{
    struct plan plan;
    if (picture_check(scene, width, height, err))
        return -1;
    plan_make(scene, width, height, &plan);
    int rc = canvas_png(&plan, out, err);
    plan_release(&plan);
    return rc;
}
