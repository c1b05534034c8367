/* run/beat.h - who watches the watcher.
 *
 * A check elsewhere hears when a run begins and how it ended (HEARTBEAT_URL),
 * and a message elsewhere waits to appear when no good run comes (NTFY_URL). No
 * alert waits for either. What goes wrong with them is logged and changes
 * nothing: they are to notice by themselves that nobody came.
 *
 * Silent are a dry run and one with a feed: neither is the job.
 */
#ifndef RUN_BEAT_H
#define RUN_BEAT_H

struct run;

/* The run begins. The word goes out while the exchange is asked. */
void run_heartbeat_begin(struct run *r);

/* It is over, and r->exit says how. The message ahead is only moved on by a run
 * that did its work: when runs fail for long it appears, too. */
void run_heartbeat_end(struct run *r);

/* Once the pool is gone. */
void run_heartbeat_release(struct run *r);

#endif
