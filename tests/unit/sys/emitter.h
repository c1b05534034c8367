/* tests/unit/sys/emitter.h - the writer of sys/yaml.h by libyaml's emitter: the
 * witness for its bytes. */
#ifndef SYS_EMITTER_H
#define SYS_EMITTER_H

#include <stdbool.h>

#include "base/error.h"
#include "sys/text.h"

struct emitter;
struct emitter *emitter_writer_new(struct text *out);
void emitter_map_begin(struct emitter *w, const char *key, bool flow);
void emitter_map_end(struct emitter *w);
void emitter_seq_begin(struct emitter *w, const char *key, bool flow);
void emitter_seq_end(struct emitter *w);
void emitter_string(struct emitter *w, const char *key, const char *text);
void emitter_plain(struct emitter *w, const char *key, const char *text);
int emitter_writer_end(struct emitter *w, struct error *err);

#endif
