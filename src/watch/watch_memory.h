/* watch/watch_memory.h - what was told of each rule, and what is due. Pure.
 *
 * One message when a rule begins to find something, one when it finds more than
 * was told, one after 4, 8, 16 and each 24 h while it stands, one when it ends.
 * What was never told does not end. Who forgets all of it tells what stands
 * once more, and nothing else.
 */
#ifndef WATCH_WATCH_MEMORY_H
#define WATCH_WATCH_MEMORY_H

#include "watch/watch_rule.h"

struct watch_told {
    int64_t since_ms; /* first look that found something; 0: nothing stands */
    int64_t told_ms;  /* of the last message that was taken; 0: none */
    int64_t repeats;  /* messages since the first */
    size_t count;     /* subjects that were told */
    char subject[WATCH_FINDINGS_MAX][WATCH_PATH_MAX];
};

enum watch_news {
    WATCH_NOTHING,
    WATCH_BEGINS,
    WATCH_MORE, /* it stands, and now of something else as well */
    WATCH_REPEATS,
    WATCH_ENDS
};
const char *watch_news_name(enum watch_news news);

/* What is to be told of the rule now. Sets `since_ms`, which is forgotten when
 * nothing was found and nothing has to be told. */
enum watch_news watch_decide(enum watch_rule_id id, const struct watch_facts *f,
                             const struct watch_findings *found,
                             struct watch_told *told);

/* The phone took the message. */
void watch_remember(enum watch_news news, int64_t now_ms,
                    const struct watch_findings *found,
                    struct watch_told *told);

#endif
