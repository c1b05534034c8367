/* sys/log_events.h - every word that may stand third in a log line.
 *
 * The words are part of the interface: people search for them and rules count
 * them. `+word` begins something, `-word` ends it, a word without a sign
 * happens once. A test fails when the source uses a word that is not here.
 */
#ifndef SYS_LOG_EVENTS_H
#define SYS_LOG_EVENTS_H

#include <stdbool.h>
#include <stddef.h>

struct log_word {
    const char *word;
    const char *meaning;
};

extern const struct log_word log_words[];
extern const size_t log_word_count;

bool log_word_known(const char *word);

#endif
