#include "regime/pool.h"

void regime_pool_init(struct regime_pool *pool)
{
    pool->raw = regime_odds_none(VALUE_UNAVAILABLE);
    regime_track_init(&pool->track);
}

void regime_pool_push(struct regime_pool *pool,
                      const struct regime_model *model,
                      const struct regime_odds *odds_1h,
                      const struct regime_odds *odds_4h)
{
    pool->raw = regime_odds_pool(model, odds_1h, odds_4h);
    regime_track_push(&pool->track, model, &pool->raw);
}

struct value regime_pool_raw(const struct regime_pool *pool,
                             enum regime_class class)
{
    if (!regime_odds_usable(&pool->raw))
        return value_none(pool->raw.status);
    return (struct value){ pool->raw.p[class], pool->raw.status,
                           pool->raw.n_used };
}
