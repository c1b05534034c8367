#include "sys/pair.h"

#include <string.h>

#include "test.h"

void pair_new(struct pair *p)
{
    *p = (struct pair){ .ours = TEXT_INIT(1 << 20),
                        .theirs = TEXT_INIT(1 << 20) };
    p->w = yaml_writer_new(&p->ours);
    p->e = emitter_writer_new(&p->theirs);
}

void pair_begin(struct pair *p, const char *key, bool map, bool flow)
{
    (map ? yaml_map_begin : yaml_seq_begin)(p->w, key, flow);
    (map ? emitter_map_begin : emitter_seq_begin)(p->e, key, flow);
}

void pair_end(struct pair *p, bool map)
{
    (map ? yaml_map_end : yaml_seq_end)(p->w);
    (map ? emitter_map_end : emitter_seq_end)(p->e);
}

void pair_value(struct pair *p, const char *key, const char *text, bool plain)
{
    (plain ? yaml_plain : yaml_string)(p->w, key, text);
    (plain ? emitter_plain : emitter_string)(p->e, key, text);
}

bool pair_same(struct pair *p, const char *want)
{
    struct error ours = { 0 }, theirs = { 0 };
    yaml_writer_end(p->w, &ours);
    emitter_writer_end(p->e, &theirs);
    bool same = !strcmp(ours.msg, "") && !strcmp(theirs.msg, "") &&
                !strcmp(text_str(&p->ours), text_str(&p->theirs)) &&
                (!want || !strcmp(text_str(&p->ours), want));
    if (!same) {
        ASSERT_STR(ours.msg, theirs.msg);
        ASSERT_STR(text_str(&p->ours), text_str(&p->theirs));
        if (want)
            ASSERT_STR(text_str(&p->ours), want);
    }
    text_release(&p->ours);
    text_release(&p->theirs);
    return same;
}

bool pair_check(const char *text, bool plain, bool as_key)
{
    struct pair p;
    pair_new(&p);
    pair_begin(&p, NULL, true, false);
    pair_value(&p, "value", text, plain);
    pair_begin(&p, "list", false, false);
    pair_value(&p, NULL, text, plain);
    pair_value(&p, NULL, text, plain);
    pair_end(&p, false);
    pair_begin(&p, "flow", true, true);
    pair_value(&p, "value", text, plain);
    pair_begin(&p, "list", false, true);
    pair_value(&p, NULL, text, plain);
    pair_value(&p, NULL, text, plain);
    pair_end(&p, false);
    pair_end(&p, true);
    if (as_key) {
        pair_value(&p, text, "key", false);
        pair_begin(&p, "keys", true, true);
        pair_value(&p, text, "key", false);
        pair_end(&p, true);
    }
    pair_value(&p, "last", text, plain);
    pair_end(&p, true);
    bool inside = pair_same(&p, NULL);
    pair_new(&p);
    pair_value(&p, NULL, text, plain);
    bool alone = pair_same(&p, NULL);
    ASSERT(inside && alone);
    return inside && alone;
}
