/* run/channel_set.h - which channels there are beside the phone, and what the
 * configuration says of each.
 *
 * The next channel is a file in src/notify, its options in src/config and one
 * row here.
 */
#ifndef RUN_CHANNEL_SET_H
#define RUN_CHANNEL_SET_H

#include "config/config.h"
#include "notify/channel.h"

struct channel_row {
    const struct channel *channel;
    /* Fills url, token and chat; url "" when it is not set up. */
    void (*options)(const struct config *c, struct channel_options *out);
    enum notify_from (*from)(const struct config *c);
    /* People read it: what belongs together is one message. A program that gets
     * JSON is told of each grid. */
    bool groups;
};

#define CHANNEL_SET 3
extern const struct channel_row channel_set[CHANNEL_SET];

/* False when it is not set up, or off. The texts are the configuration's. */
bool channel_set_options(const struct channel_row *row, const struct config *c,
                         struct channel_options *out);

/* Is a message of that priority, Pushover's, loud enough for it? */
bool channel_set_takes(const struct channel_row *row, const struct config *c,
                       int64_t priority);

/* All channels that there are, the phone among them: "Pushover, ntfy (from
 * warning)"; "" when there is none. */
#define CHANNEL_NAMES_MAX 128
void channel_set_names(const struct config *c, bool has_phone,
                       char out[CHANNEL_NAMES_MAX]);

#endif
