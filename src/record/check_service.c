/* What the table cannot say about the service document. */
#include <stdio.h>
#include <string.h>

#include "record/check_internal.h"

static void check_row(const struct service_document *d, size_t i,
                      const struct checker *k)
{
    const struct service_fault *f = &d->faults.list[i];
    char path[64];

    snprintf(path, sizeof(path), "faults[%zu].told", i);
    if (f->told[0] && fault_rules[f->class].priority == FAULT_SILENT)
        checker_say(k, path, "must be null: the phone is not told of '%s'",
                    fault_class_name(f->class));
    for (size_t j = 0; j < i; j++) {
        const struct service_fault *other = &d->faults.list[j];
        snprintf(path, sizeof(path), "faults[%zu].subject", i);
        if (other->class == f->class && !strcmp(other->subject, f->subject))
            checker_say(k, path, "'%s' has a fault '%s' already", f->subject,
                        fault_class_name(f->class));
    }
}

void check_service(const void *document, const struct checker *k)
{
    const struct service_document *d = document;
    char path[64];

    for (size_t i = 0; i < d->faults.count; i++)
        check_row(d, i, k);
    for (size_t i = 0; i < d->unrecorded_count; i++) {
        snprintf(path, sizeof(path), "unrecorded[%zu].grid", i);
        for (size_t j = 0; j < i; j++)
            if (!strcmp(d->unrecorded[i].grid, d->unrecorded[j].grid))
                checker_say(k, path, "'%s' is there twice",
                            d->unrecorded[i].grid);
    }
    for (size_t i = 0; i < d->open_count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(d->open[i].id, d->open[j].id))
                checker_say(k, "open_intents", "'%s' is there twice",
                            d->open[i].id);
    check_owed(&d->owed, k);
}
