/* sim/kucoin.h - KuCoin's public spot endpoints: bodies as on the wire.
 *
 * Failures of the request come with HTTP 200 and an error code, as there.
 */
#ifndef SIM_KUCOIN_H
#define SIM_KUCOIN_H

struct sim;
struct sim_call;

void sim_kucoin_timestamp(struct sim *s, struct sim_call *call);
void sim_kucoin_status(struct sim *s, struct sim_call *call);
void sim_kucoin_candles(struct sim *s, struct sim_call *call);
void sim_kucoin_symbols(struct sim *s, struct sim_call *call);
void sim_kucoin_symbol(struct sim *s, struct sim_call *call);
void sim_kucoin_ticker(struct sim *s, struct sim_call *call);
void sim_kucoin_depth(struct sim *s, struct sim_call *call);
void sim_kucoin_not_found(struct sim *s, struct sim_call *call);
void sim_kucoin_too_many(struct sim *s, struct sim_call *call);

#endif
