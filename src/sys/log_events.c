#include "sys/log_events.h"

#include <string.h>

#include "base/array.h"

// clang-format off
const struct log_word log_words[] = {
    { "run-done", "the run is over, whatever the verdict: its summary" },
    { "look", "between two slots the last price was held to a grid's stop and bounds: what was found" },
    { "look-failed", "the newest document of a grid could not be read: it was not looked at" },
    { "look-skipped", "the newest recorded slot of a grid is too old for a look: it was not looked at" },
    { "look-done", "the look is over: its summary" },
    { "run-fault", "the run could not do its work: exit code and why" },
    { "exchange-unreachable", "the exchange did not answer at all" },
    { "exchange-clock-unknown", "its clock could not be read: the last known offset is used" },
    { "exchange-status-unknown", "whether the market is open could not be read" },
    { "symbol-restricted", "the exchange lists the symbol with a restriction" },
    { "data-missing", "candles or ticker of a symbol did not come" },
    { "bars-revised", "bars that were recorded are others now: each is an audit event" },
    { "unfilled", "no time to fill all slots that were missed: the present one comes first" },
    { "key-unused", "the key of the exchange is refused, may do more than read, or could not be checked: positions come from the model" },
    { "account-unread", "a part of the account could not be read: positions come from the model" },
    { "outside-unread", "the calendar or the external signal could not be read: its trigger is unknown" },
    { "clock-offset", "the own clock differs too much from the exchange's" },
    { "service-fault", "a fault of the service began, changed or ended" },
    { "outcry", "the phone was told that nothing can be opened or recorded, or that it can again" },
    { "outcry-forgotten", "that it was told could not be written down: the next run tells it once more" },
    { "repository-set-aside", "a broken data repository was renamed and cloned anew; nothing was deleted" },
    { "grid-invalid", "a grid file cannot be used: that grid is not watched" },
    { "+exit-unknown", "the exit state of a grid cannot be known any more" },
    { "+exit-warning", "a grid entered WARNING" },
    { "+exit-latest", "a grid entered LATEST_ACCEPTABLE_EXIT" },
    { "+exit-mandatory", "a grid entered MANDATORY_EXIT" },
    { "record-failed", "nothing could be committed: alerts go out and say so" },
    { "push-owed", "the remote does not have the commits yet: the next run pushes" },
    { "sync-failed", "the remote could not be asked: the run goes on with what is here" },
    { "rebuilt", "the remote had moved on: own commits were put on its tip" },
    { "slot-yielded", "another writer recorded this slot of a grid first, or goes on from another state: ours is dropped" },
    { "grid-yielded", "another writer has the grid in hand: this run says nothing more about it" },
    { "alert-left", "another writer decided this message just now and sends it itself" },
    { "edit-lost", "an operator's edit was not taken: the remote has another one of the same file" },
    { "history-replaced", "the remote's history was written anew: what was here is kept under the reference" },
    { "tidy-failed", "small packs could not be joined; nothing is lost" },
    { "revision-unknown", "what is recorded of bars that have changed cannot be read: no revision is told" },
    { "retention-failed", "old documents could not leave the tip, or a month got no tag: a later run tries again" },
    { "+exit-normal", "a grid entered NORMAL" },
    { "alert-sent", "a channel accepted a message" },
    { "alert-bare", "a message went out without its picture" },
    { "receipt-unread", "what became of a siren could not be asked: it expires by the clock" },
    { "siren-acknowledged", "a siren was acknowledged on the phone" },
    { "siren-cancelled", "a siren whose reason is over was silenced" },
    { "fill-late", "the exchange listed fills of a grid only after a run had asked for their time: its books were made anew with them" },
    { "grid-left", "the account shows that a grid was left, though its file says that it runs" },
    { "grid-returned", "the account shows that it was not" },
    { "siren-rings", "it could not be silenced: the next run tries again while it may ring" },
    { "heartbeat-failed", "the check or the topic that watches this service did not take a word: the run is none the worse" },
    { "export-failed", "the figures for Prometheus were not written, or not taken: the run is none the worse" },
    { "daemon-began", "the daemon began: its schedule, and where it listens" },
    { "daemon-run", "it began a run, for that time of its schedule" },
    { "daemon-run-ended", "that run ended, with that code" },
    { "daemon-run-lost", "that run crashed, or was ended because it took too long" },
    { "daemon-look", "it began a look between two runs" },
    { "daemon-look-ended", "that look ended, with that code" },
    { "daemon-look-lost", "that look crashed, or was ended because it took too long" },
    { "daemon-missed", "times of the schedule were passed over" },
    { "daemon-zone-failed", "its time zone could not be read anew: the one that was read before goes on" },
    { "daemon-stopping", "it was told to stop; a run that goes on may come to its end" },
    { "daemon-ended", "it ended" },
    { "alert-forgotten", "a second channel is owed too many messages: it will not hear the oldest" },
    { "owed-lost", "after another writer was faster: what second channels are still to hear could not be written" },
    { "owed-unread", "after another writer was faster: a list of what second channels are still to hear could not be read" },
    { "alert-dropped", "a message was owed to a channel that is not set up any more" },
    { "alert-grouped", "a message was told by another grid's, which a channel accepted" },
    { "alert-failed", "a message was not accepted: refused, or tried again by the next run" },
};
// clang-format on
const size_t log_word_count = ARRAY_LEN(log_words);

bool log_word_known(const char *word)
{
    for (size_t i = 0; i < log_word_count; i++)
        if (strcmp(log_words[i].word, word) == 0)
            return true;
    return false;
}
