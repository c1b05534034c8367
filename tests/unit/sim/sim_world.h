/* tests/unit/sim/sim_world.h - asks a simulated world without a socket. */
#ifndef UNIT_SIM_WORLD_H
#define UNIT_SIM_WORLD_H

#include <cjson/cJSON.h>

#include "sim/sim.h"

#define GOOD_TOKEN "azGDORePK8gMaC0QOYAMyEEuzJnyUi"
#define GOOD_USER  "uQiRzpo4DXghDmr9QzzfQu27cmVRsG"

/* A world at the time with one symbol, BTC-USDT, that has no bars yet. */
struct sim sim_world_at(const char *time);

/* The last reply of sim_world_ask(), for the test to look at; its body is
 * valid until the next question. */
extern struct sim_reply sim_world_reply;
const char *sim_world_header(const char *name); /* or NULL */

/* "GET /path?query" without a body, "POST /path" with a form, "PUT /path" with
 * any text. Returns the body. */
const char *sim_world_ask(struct sim *s, const char *what, const char *body);
/* A JSON body instead of a form. */
const char *sim_world_ask_json(struct sim *s, const char *what,
                               const char *body);

/* A text member of the last body: copied, valid until the next call; "" when
 * it is not there. */
const char *sim_world_text(const char *member);
double sim_world_number(const char *member); /* -1 when it is not there */

/* What the next requests come with. */
extern int64_t sim_world_mono_ms;

/* A signed GET, with the key that sim_world_key() makes, at the clock. */
#define SIGN_KEY    "67f0a1b2c3d4e5000123abcd"
#define SIGN_SECRET "11111111-2222-4333-8444-555566667777"
#define SIGN_PHRASE "grid-Exit-2026"
void sim_world_key(struct sim *s);
const char *sim_world_signed(struct sim *s, const char *target);

/* A GET with these headers, name and value in turn, up to NULL. */
const char *sim_world_with(struct sim *s, const char *target,
                           const char *const *headers);

void sim_world_end(struct sim *s);

#endif
