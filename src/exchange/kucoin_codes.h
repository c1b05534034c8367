/* exchange/kucoin_codes.h - what the exchange's codes mean for us. */
#ifndef EXCHANGE_KUCOIN_CODES_H
#define EXCHANGE_KUCOIN_CODES_H

#include "base/error.h"

enum kucoin_remedy {
    KUCOIN_STOP,     /* asking again gives the same answer */
    KUCOIN_BACK_OFF, /* trouble that passes */
    KUCOIN_WAIT,     /* the quota is spent, or the server is overloaded */
    KUCOIN_RESYNC    /* our clock: measure the offset, then once more */
};

struct kucoin_code {
    const char *code; /* as text, or NULL when the words decide */
    const char *says; /* part of the message, or NULL for any */
    enum fault fault;
    enum kucoin_remedy remedy;
    const char *advice; /* to the operator */
};

/* The row of a code that is not a success, or NULL when it is not known. Words
 * are looked at only if no row has the code. */
const struct kucoin_code *kucoin_code_find(const char *code, const char *msg);

#endif
