#include "hindsight/placebo.h"

#include "base/prng.h"
#include "base/sort.h"

static int64_t wait_of(const struct life *l)
{
    int64_t alert = life_alert(l);
    return alert == MOMENT_NONE ? MOMENT_NONE : alert - l->start_ms;
}

static int by_group(const struct placebo_row *x, const struct placebo_row *y)
{
    if (x->week != y->week)
        return x->week < y->week ? -1 : 1;
    return (x->half_width_atr > y->half_width_atr) -
           (x->half_width_atr < y->half_width_atr);
}

static int by_life(const void *a, const void *b)
{
    const struct placebo_row *x = a, *y = b;
    int group = by_group(x, y);
    return group ? group : (x->life > y->life) - (x->life < y->life);
}

/* Fisher and Yates: every order of the waits is as likely. */
static void shuffle(const struct placebo_row *rows, size_t count,
                    struct prng *dice, int64_t *wait_ms)
{
    for (size_t n = count; n > 1; n--) {
        size_t k = (size_t)(prng_uniform(dice) * (double)n);
        int64_t *a = &wait_ms[rows[n - 1].life], *b = &wait_ms[rows[k].life];
        int64_t swap = *a;
        *a = *b;
        *b = swap;
    }
}

void placebo_deal(const struct life *const *lives, size_t count, uint64_t seed,
                  struct placebo_row *rows, int64_t *wait_ms)
{
    struct prng dice;

    prng_init(&dice, seed);
    for (size_t i = 0; i < count; i++) {
        rows[i] =
            (struct placebo_row){ lives[i]->half_width_atr, lives[i]->week, i };
        wait_ms[i] = wait_of(lives[i]);
    }
    sort_rows(rows, count, sizeof(*rows), by_life);
    for (size_t begin = 0, end; begin < count; begin = end) {
        for (end = begin; end < count && !by_group(&rows[begin], &rows[end]);)
            end++;
        shuffle(&rows[begin], end - begin, &dice, wait_ms);
    }
}
