/* run/outcry.h - a message for when the record cannot be the outbox.
 *
 * Where nothing can be opened or recorded, nothing can be decided and
 * committed first. The phone is told all the same: at once, again after 4 h as
 * long as it lasts, or when it is another trouble. When and what was told is
 * kept in the small file PATH.outcry beside the data repository; when that
 * cannot be written either, every run tells: better twice than never. The first
 * run that records again tells that it does, quietly and once.
 */
#ifndef RUN_OUTCRY_H
#define RUN_OUTCRY_H

#include "run/run_internal.h"

enum outcry {
    OUTCRY_OPEN,   /* the data repository cannot be opened */
    OUTCRY_CLONE,  /* there is none yet, and the remote does not give it */
    OUTCRY_LOCK,   /* another run holds the lock, for more than two slots */
    OUTCRY_RECORD, /* nothing can be committed */
    OUTCRY_COUNT
};

/* Tells `why`. May be called from the first step on; nothing happens in a dry
 * run and without a channel. A message that does not get out is noted as
 * RUN_NOT_DELIVERED. */
void run_outcry(struct run *r, enum outcry what, const struct error *why);

/* The lock could not be had: tells it when that is no matter of waiting. */
void run_outcry_lock(struct run *r, const struct error *why);

/* Nothing is wrong any more: tells so if something was told. */
void run_outcry_mended(struct run *r);

/* Something was told and is not mended: one line about it. */
bool run_outcry_stands(const struct run *r, char *what, size_t size);

#endif
