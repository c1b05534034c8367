/* run/export.h - the page of a run for Prometheus, at its very end.
 *
 * To a file (export.textfile) and to a Pushgateway (export.pushgateway), by
 * every run, how ever it ended. No alert waits for it, and what goes wrong with
 * it is logged and changes nothing. Silent are a dry run and one with a feed.
 */
#ifndef RUN_EXPORT_H
#define RUN_EXPORT_H

struct run;

/* Makes r->page of the run as it is, writes the file and lets the Pushgateway's
 * go. */
void run_export(struct run *r);

/* Waits for the Pushgateway, for what is left of its time. */
void run_export_end(struct run *r);

/* Once the pool is gone. */
void run_export_release(struct run *r);

#endif
