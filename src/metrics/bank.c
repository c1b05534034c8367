#include "metrics/bank.h"

#define WILDER_N  14
#define RETURNS_N 100

void bank_init(struct bank *bank, enum timeframe tf)
{
    bank->tf = tf;
    wilder_init(&bank->raw, WILDER_N, PRICE_RAW);
    wilder_init(&bank->log, WILDER_N, PRICE_LOG);
    efficiency_init(&bank->er10, 10);
    efficiency_init(&bank->er24, 24);
    slope_init(&bank->slope, 24);
    bollinger_init(&bank->bollinger);
    autocorr_init(&bank->rho, RETURNS_N);
    half_life_init(&bank->hl100, 100);
    half_life_init(&bank->hl200, 200);
    variance_ratio_init(&bank->vr, RETURNS_N, 8);
    expansion_init(&bank->ver, tf == TF_4H ? 50 : 100);
    vol_rank_init(&bank->vols);
}

void bank_push(struct bank *bank, const struct bar *b, struct value season)
{
    wilder_push(&bank->raw, b);
    expansion_push(&bank->ver, b, bank->tf, season);
    if (bank->tf == TF_15M) {
        vol_rank_push(&bank->vols, b);
        return;
    }
    wilder_push(&bank->log, b);
    efficiency_push(&bank->er10, b, bank->tf);
    efficiency_push(&bank->er24, b, bank->tf);
    slope_push(&bank->slope, b, bank->tf);
    bollinger_push(&bank->bollinger, b, bank->tf);
    autocorr_push(&bank->rho, b, bank->tf);
    half_life_push(&bank->hl100, b, bank->tf);
    half_life_push(&bank->hl200, b, bank->tf);
    variance_ratio_push(&bank->vr, b, bank->tf);
}
