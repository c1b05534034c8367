/* watch/watch_words.h - the watchdog's messages. Pure. */
#ifndef WATCH_WATCH_WORDS_H
#define WATCH_WATCH_WORDS_H

#include "watch/watch_memory.h"

#define WATCH_TITLE_MAX 160
#define WATCH_BODY_MAX  1024 /* bytes, with the zero byte */

struct watch_message {
    char title[WATCH_TITLE_MAX];
    char body[WATCH_BODY_MAX];
    int priority; /* of a siren: retry_s and expire_s are set */
    int retry_s, expire_s;
};

/* `news` is not WATCH_NOTHING. What to do comes first, then what was found,
 * then where to read on. */
void watch_words(enum watch_rule_id id, enum watch_news news,
                 const struct watch_findings *found,
                 const struct watch_told *told, struct watch_message *out);

#endif
