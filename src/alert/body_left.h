/* alert/body_left.h - the message that a grid looks left. Pure. */
#ifndef ALERT_BODY_LEFT_H
#define ALERT_BODY_LEFT_H

#include "alert/alert.h"

/* Writes out->body: what was seen, and what to say if it is so. */
void body_write_left(const struct alert_now *now, struct intent *out);

#endif
