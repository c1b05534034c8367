/* run/writers.h - other writers of the same record.
 *
 * Several may run at the same time, each with a clone of its own. What they
 * record meets at the remote, where the first stands (run/rebuild.h). The rest
 * is this: who lost a grid says nothing more about it, and who finds another's
 * message that was decided a moment ago leaves it to the one who decided it.
 */
#ifndef RUN_WRITERS_H
#define RUN_WRITERS_H

#include "run/rebuild.h"
#include "run/run_internal.h"

/* Says what became of own commits, in the log and, where it matters to people,
 * in the record. */
void writers_tell(struct run *r, const struct rebuild_report *b);

/* After own commits were put on another tip: a grid whose state there is not
 * what this run knows is another's now. Its messages that are not out are
 * dropped, and its state is not written by this run any more. The same for the
 * document of the service. */
void writers_yield(struct run *r);

/* Did another writer decide the message at the path just now, so that it sends
 * it itself? */
bool writers_has(struct run *r, const char *path);

/* Drops the messages that came in with this run's sync and are younger than a
 * run takes: whoever decided them is at it. If not, the next run finds them. */
void writers_leave(struct run *r);

#endif
