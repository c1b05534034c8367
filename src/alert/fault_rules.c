/* The faults of the service, one row each: is the phone told, and what can be
 * done about it. What makes the state of a grid UNKNOWN is told of each grid
 * already and stands in the record only. */
#include "alert/fault.h"

// clang-format off
const struct fault_rule fault_rules[FAULT_CLASS_COUNT] = {
    [FAULT_CLASS_DATA] = { "data", "an input was wrong, at one moment", FAULT_SILENT, 0, 0, "had a wrong input", NULL,
        "Nothing: the record tells what was made of it." },
    [FAULT_CLASS_RUN] = { "run", "a run went wrong, at one moment", FAULT_SILENT, 0, 0, "went wrong", NULL,
        "Nothing: the record tells what was made of it." },
    [FAULT_CLASS_GRID_FILE] = { "grid_file", "the file of a grid cannot be used: the grid is not watched", 1, 0, 0, "is not watched: its file cannot be used", "is watched again",
        "Correct the file below grids/ in the data repository, or put it back. Until then look at the grid yourself." },
    [FAULT_CLASS_GRID_NAME] = { "grid_name", "something below grids/ has no name of a grid file: nothing is made of it", 0, 0, 0, "does not read all that is below grids/", "reads all that is below grids/ again",
        "Name it grids/ID.yaml, ID of a-z, 0-9 and hyphens and the same as id in the file, or take it away." },
    [FAULT_CLASS_GRID_STATE] = { "grid_state", "what is remembered of a grid cannot be read: the grid is not watched", 1, 0, 0, "is not watched: its memory cannot be read", "is watched again",
        "Bring its file below state/ back from an earlier commit, or remove it: then the grid begins anew. Until then look at the grid yourself." },
    [FAULT_CLASS_MEMORY] = { "memory", "what was remembered of a grid is gone: it is watched, and begins anew", 1, 0, 0, "began anew: its memory is gone", NULL,
        "Look at the grid yourself: what it was warned of before may be told again, or not at all. Nothing else is to be done." },
    [FAULT_CLASS_OVERRIDES] = { "overrides", "the overrides of a grid cannot be used: it is watched with the limits of the service", 0, 0, 0, "is watched without its overrides", "is watched as its file says again",
        "Correct overrides in the file of the grid." },
    [FAULT_CLASS_DOCUMENT] = { "document", "a document was refused by its schema: that slot is not recorded", 1, 0, 0, "is not recorded: a document was refused", "is recorded again",
        "Its alerts go out all the same and say so. What was refused lies in the folder .quarantine beside the data repository: report it, or go back to the version before." },
    [FAULT_CLASS_CHANNEL] = { "channel", "the channel refused a message for good (4xx): nobody got it", 1, 0, 4, "lost a message: the phone's service refused it", NULL,
        "Look at the grids yourself: the message is not sent again. Check PUSHOVER_TOKEN and PUSHOVER_USER." },
    [FAULT_CLASS_MESSAGE] = { "message", "a message that was decided cannot be read any more: nobody got it", 0, 0, 0, "has a message that cannot be read", NULL,
        "Look at the grid yourself: its last alert may be lost." },
    [FAULT_CLASS_EDIT] = { "edit", "what an operator did to a grid here was dropped: its file was edited at the remote as well", 1, 0, 0, "dropped what was said of it here", NULL,
        "Look at the file of the grid, and say it again if it is still meant." },
    [FAULT_CLASS_HISTORY] = { "history", "the history of the remote was replaced by another one", 1, 0, 0, "found another history at the remote", NULL,
        "If nobody meant that, bring the grids back from the reference that keeps what was here. Until then look at the grids yourself." },
    [FAULT_CLASS_CALENDAR] = { "calendar", "the calendar cannot be read: W_EVENT is unknown", 0, 0, 0, "cannot read the calendar", "reads the calendar again",
        "Correct the file. Until then W_EVENT is unknown." },
    [FAULT_CLASS_SIGNAL] = { "signal", "the external signal cannot be read: W_SIGNAL is unknown; told after 1 h", 0, 4, 0, "cannot read the external signal", "reads the external signal again",
        "Mend what writes it. Until then W_SIGNAL is unknown." },
    [FAULT_CLASS_SET_ASIDE] = { "set_aside", "a broken data repository lies beside the one that was cloned anew", 0, 0, 0, "set a broken repository aside", "has no broken repository beside it any more",
        "The record goes on with what the remote had. Fetch from the directory what only it holds, then remove it." },
    [FAULT_CLASS_REFUSED] = { "refused", "the remote lets nobody in or refuses what is pushed: waiting does not help", 0, 0, 0, "may not push to the remote", "may push to the remote again",
        "Check login, certificate and hooks of the remote. The commits wait here." },
    [FAULT_CLASS_REMOTE] = { "remote", "the remote cannot be reached: commits wait here", FAULT_SILENT, 0, 0, "cannot reach the remote", NULL,
        "Nothing: every run tries again." },
    [FAULT_CLASS_CLOCK] = { "clock", "the own clock and the exchange's differ: each grid says UNKNOWN", FAULT_SILENT, 0, 0, "has a wrong clock", NULL,
        "Set the clock of the machine." },
    [FAULT_CLASS_EXCHANGE] = { "exchange", "the exchange does not answer at all: each grid says UNKNOWN", FAULT_SILENT, 0, 0, "cannot reach the exchange", NULL,
        "Nothing: every run tries again." },
    [FAULT_CLASS_KEY] = { "key", "the key of the exchange is refused, or may do more than read: it is not used, and positions come from the model", 1, 0, 0, "does not use the exchange's key", "uses the exchange's key again",
        "Make a key that may only read (General), for this machine's address, and take the other one back." },
    [FAULT_CLASS_ACCOUNT] = { "account", "the account cannot be read, so that positions come from the model; told after 1 h", 0, 4, 0, "cannot read the account", "reads the account again",
        "Nothing, if the exchange is in trouble: every run tries again." },
    [FAULT_CLASS_POSITION] = { "position", "the account holds less than the fills of grids say, or a sub-account not what the model says; told after 15 min", 1, 1, 0, "is not what the account holds", "is what the account holds again",
        "Compare with the exchange's app: something else sold or moved it, or the fills are not the grid's alone." },
    [FAULT_CLASS_SECOND] = { "second_channel", "a second channel refuses what it is sent (4xx): told again after 24 h", 0, 0, 96, "takes no message", "takes messages again",
        "What it refused is not sent to it again; the other channels had it. See docs/channels.md: its address, its token, its chat." },
    [FAULT_CLASS_ORDERS] = { "orders", "orders between the lines of a grid are open 300 s after it was stopped, and no grid that runs has them", 1, 0, 0, "has open orders though it was stopped", "has no open orders any more",
        "Cancel them in the exchange's app, or say 'gridwatch grid start' if the grid goes on." },
    [FAULT_CLASS_FILLS] = { "fills", "the bars crossed five lines or more of a grid since its last fill, in whatever order of prices, and the account shows no fill", -1, 0, 0, "does not trade", "trades again",
        "Look in the exchange's app whether its orders are open, and whether the lines in its file are its lines." },
};
// clang-format on

bool fault_is_of_deafness(enum fault_class class)
{
    return class == FAULT_CLASS_CHANNEL;
}

bool fault_is_passing(enum fault_class class)
{
    const struct fault_rule *rule = &fault_rules[class];
    return rule->priority != FAULT_SILENT && !rule->mended &&
           !rule->repeat_slots;
}

const char *fault_class_name(enum fault_class class)
{
    return fault_rules[class].name;
}
