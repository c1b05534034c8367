/* tools/study_learned.h - the tables of what the tries learned. */
#ifndef TOOLS_STUDY_LEARNED_H
#define TOOLS_STUDY_LEARNED_H

#include "sys/text.h"
#include "tools/study_try.h"

/* `l` was learned before `what`; beside it the curves of the first quarter. */
void learned_say(struct text *t, const struct learned *first,
                 const struct learned *l, const char *what);

#endif
