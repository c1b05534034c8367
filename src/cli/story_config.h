/* cli/story_config.h - what another configuration has otherwise. */
#ifndef CLI_STORY_CONFIG_H
#define CLI_STORY_CONFIG_H

#include "cli/story_event.h"
#include "store/store.h"

/* Writes "exit.l_haz.enter 0.4 -> 0.35, ..." of the two that config/HASH.yaml
 * holds, as many as there is room for; "" when one of them is not there. */
void story_config_changes(struct store *store, const char *was, const char *is,
                          char out[STORY_CHANGES]);

#endif
