/* What verify says of a message that no slot decided: whether it rang, and
 * whether there is a slot to hold it to. */
#include "replay/verify.h"

#include "run/one_run.h"

static struct verify_report held;

/* A message of that grid, and whether it was delivered. */
static void message(const char *grid, const char *id, bool rang)
{
    sample_make(RECORD_INTENT, &sample);
    struct intent *i = &sample.intent.intent;
    snprintf(i->id, sizeof(i->id), "%s", id);
    snprintf(i->grid, sizeof(i->grid), "%s", grid);
    snprintf(i->tag, sizeof(i->tag), "%s-20210519T0030", grid);
    put(RECORD_INTENT, audit(RECORD_INTENT, T0, grid, "0000000a"));
    if (!rang)
        return;
    sample_make(RECORD_DELIVERY, &sample);
    struct delivery *d = &sample.delivery.delivery;
    snprintf(d->intent, sizeof(d->intent), "%s", id);
    snprintf(d->grid, sizeof(d->grid), "%s", grid);
    put(RECORD_DELIVERY, audit(RECORD_DELIVERY, T0, grid, "0000000b"));
}

/* Is the message of the grid accused? */
static bool accused(const char *grid)
{
    bool found = false;
    for (size_t i = 0; i < held.findings && i < FINDINGS_MAX; i++)
        found |=
            strcmp(held.list[i].say, "no slot decided this message") == 0 &&
            strstr(held.list[i].path, grid) != NULL;
    return found;
}

static void what_rang_without_a_slot_is_no_false_message(void)
{
    const struct verify_options how = { .config = &config, .engine = "0.1.0" };
    begin();
    run_begin();
    message("rang-alone", "20210519T0200-0000000a", true);
    message("mute-alone", "20210519T0200-0000000b", false);
    message("rang-slot", "20210519T0200-0000000c", true);
    put_slot(OURS, "rang-slot", "BTC-USDT", T0, false);
    commit(ours);
    ASSERT_INT(verify_repository(ours, &how, &held, &place.err), 0);
    ASSERT_INT(held.intents, 3);
    ASSERT_INT(held.unheld, 1);
    ASSERT(!accused("rang-alone"));
    ASSERT(accused("mute-alone"));
    ASSERT(accused("rang-slot"));
    run_end();
    end();
}

void unheld_test(void);
void unheld_test(void)
{
    TEST_SUITE("run/unheld");
    TEST(what_rang_without_a_slot_is_no_false_message);
}
