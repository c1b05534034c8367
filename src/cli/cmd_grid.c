/* gridwatch grid: its words, and which options each of them takes. */
#include <string.h>

#include "base/array.h"
#include "cli/grid_words.h"
#include "cli/wish.h"

// clang-format off
static const struct word {
    struct command_word say;
    int (*act)(struct act *a, const char *id, struct error *err);
} words[] = {
    { { "list",   "",   "every grid that has a file", " " }, NULL },
    { { "show",   "ID", "one grid as its file has it", " " }, NULL },
    { { "create", "ID", "a new grid, watched from now on",
        " symbol market side lower upper stop levels spacing capital start-price account note by " }, grid_create },
    { { "start",  "ID", "it runs: from now on it is watched", " note by " }, grid_start },
    { { "pause",  "ID", "it stands still for a while", " note by " }, grid_pause },
    { { "resume", "ID", "it runs again after a pause", " note by " }, grid_resume },
    { { "change", "ID", "its range, stop, levels or capital are others now; or what its file did not say",
        " lower upper stop levels capital spacing start-price account note by " }, grid_change },
    { { "stop",   "ID", "its bot was stopped: it is not watched any more", " note by " }, grid_stop_it },
    { { "propose", "SYMBOL", "a range, levels and a stop for now; whether the gates are open", WISH_TAKES }, NULL },
};
// clang-format on

static const struct word *find_word(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(words[i].say.name, name) == 0)
            return &words[i];
    }
    return NULL;
}

const struct command_word *grid_word(const char *name)
{
    const struct word *w = find_word(name);
    return w ? &w->say : NULL;
}

/* An option that says nothing here is a slip, and slips are not passed over. */
static int check_options(const struct context *c, const struct word *word,
                         struct error *err)
{
    const struct arg_table *table = &c->command->options;

    for (size_t i = 0; i < table->count; i++) {
        if (c->args->value[1][i] &&
            !args_takes(word->say.takes, table->rows[i].name))
            return error_set(err, FAULT_USAGE, "'grid %s' takes no --%s",
                             word->say.name, table->rows[i].name);
    }
    return 0;
}

static int check_id(const struct word *word, const char *id, struct error *err)
{
    bool wants_id = word->say.words[0] != '\0';
    if (wants_id && !id)
        return error_set(err, FAULT_USAGE, "'grid %s' needs the id of a grid",
                         word->say.name);
    if (!wants_id && id)
        return error_set(err, FAULT_USAGE,
                         "'grid list' lists all: 'grid show %.40s' shows one",
                         id);
    return 0;
}

enum run_exit cmd_grid(const struct context *c, struct error *err)
{
    const char *name = c->args->words[0];
    const char *id = c->args->word_count > 1 ? c->args->words[1] : NULL;
    const struct word *word = find_word(name);
    struct act a;
    int rc;

    if (strcmp(name, "propose") == 0)
        return cmd_propose(c, err);
    if (!word) {
        error_set(err, FAULT_USAGE, "'grid %.20s' is not known", name);
        return RUN_USAGE;
    }
    if (check_id(word, id, err) || check_options(c, word, err))
        return RUN_USAGE;
    if (!word->act)
        return grid_look(c, id, err) ? exit_of_fault(err->fault) : RUN_DONE;
    rc = act_begin(&a, c, err);
    if (!rc)
        rc = word->act(&a, id, err);
    if (!rc)
        rc = act_commit(&a, err);
    return act_finish(&a, rc, err);
}
