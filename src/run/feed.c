#include "run/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run_internal.h"
#include "sys/xmalloc.h"

struct kept_symbol {
    char symbol[SYMBOL_MAX];
    struct market_view *view;  /* owned; NULL while a run has it */
    struct measure_work *work; /* likewise */
};

struct run_kept {
    struct kept_symbol *list;
    size_t count;
};

struct run_kept *run_kept_new(void)
{
    return xcalloc(1, sizeof(struct run_kept));
}

void run_kept_free(struct run_kept *k)
{
    for (size_t i = 0; k && i < k->count; i++) {
        free(k->list[i].view);
        free(k->list[i].work);
    }
    if (k)
        free(k->list);
    free(k);
}

static struct kept_symbol *find(struct run_kept *k, const char *symbol)
{
    for (size_t i = 0; i < k->count; i++) {
        if (strcmp(k->list[i].symbol, symbol) == 0)
            return &k->list[i];
    }
    return NULL;
}

void run_kept_take(struct run_kept *k, struct symbol_run *s)
{
    struct kept_symbol *kept = k ? find(k, s->symbol) : NULL;
    if (!kept || s->view || s->work)
        return;
    s->view = kept->view;
    s->work = kept->work;
    kept->view = NULL;
    kept->work = NULL;
}

void run_kept_give(struct run_kept *k, struct symbol_run *s)
{
    struct kept_symbol *kept = k ? find(k, s->symbol) : NULL;
    if (k && !kept) {
        k->list = xrealloc(k->list, k->count + 1, sizeof(*k->list));
        kept = &k->list[k->count++];
        *kept = (struct kept_symbol){ .view = NULL };
        snprintf(kept->symbol, sizeof(kept->symbol), "%s", s->symbol);
    }
    if (kept && !kept->view && !kept->work) {
        kept->view = s->view;
        kept->work = s->work;
    } else {
        free(s->view);
        free(s->work);
    }
    s->view = NULL;
    s->work = NULL;
}
