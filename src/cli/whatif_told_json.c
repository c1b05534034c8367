#include <cjson/cJSON.h>
#include <stdio.h>

#include "base/moment.h"
#include "cli/whatif_told.h"
#include "run/members_json.h"
#include "sys/text.h"

static const char *const words[] = { "lost", "gained" };

static void print(cJSON *o)
{
    struct text out = TEXT_INIT(4096);
    json_line(o, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

void whatif_tell_change(int side, const struct evaluation *e,
                        enum alert_reason reason, bool json)
{
    const struct trigger_result *rows = e->verdict.triggers;
    const char *state = exit_state_name(e->verdict.state);
    char slot[MOMENT_TEXT];

    if (json) {
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "grid", e->grid);
        member_time(o, "slot", e->slot_ms);
        cJSON_AddStringToObject(o, "change", words[side]);
        cJSON_AddStringToObject(o, "state", state);
        cJSON_AddStringToObject(o, "reason", alert_reason_name(reason));
        cJSON *yes = cJSON_AddArrayToObject(o, "triggers");
        for (int i = 0; i < TRIGGER_COUNT; i++)
            if (rows[i].answer == ANSWER_YES)
                cJSON_AddItemToArray(yes, cJSON_CreateString(triggers[i].id));
        print(o);
        return;
    }
    moment_format(e->slot_ms, slot);
    printf("%-12s %s  %-6s  %-22s  %-14s", e->grid, slot, words[side], state,
           alert_reason_name(reason));
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (rows[i].answer == ANSWER_YES)
            printf(" %s", triggers[i].id);
    printf("\n");
}

/* One by its hash, several by their number. */
static void put_was(const struct whatif_sums *sums)
{
    if (sums->was_count > 1)
        printf("%zu configurations", sums->was_count);
    else
        printf("%s", sums->was_count ? sums->was[0] : "none");
}

static void tell_words(const char *grid, const struct whatif_sums *sums,
                       const char *is)
{
    printf("%-12s %zu slots: %zu messages under ", grid, sums->slots,
           sums->messages[WHATIF_LOST]);
    put_was(sums);
    printf(", %zu under %s; %zu lost, %zu gained\n",
           sums->messages[WHATIF_GAINED], is, sums->changed[WHATIF_LOST],
           sums->changed[WHATIF_GAINED]);
}

/* `config_was` is null where there are none or several. */
static void members_config(cJSON *o, const struct whatif_sums *sums,
                           const char *is)
{
    if (sums->was_count == 1)
        cJSON_AddStringToObject(o, "config_was", sums->was[0]);
    else
        cJSON_AddNullToObject(o, "config_was");
    cJSON *list = cJSON_AddArrayToObject(o, "configs_was");
    for (size_t i = 0; i < sums->was_count; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(sums->was[i]));
    cJSON_AddStringToObject(o, "config_is", is);
}

void whatif_tell_sums(const char *grid, const struct whatif_sums *sums,
                      const char *is, bool json)
{
    if (!json) {
        tell_words(grid, sums, is);
        return;
    }
    cJSON *doc = cJSON_CreateObject();
    cJSON *o = cJSON_AddObjectToObject(doc, "summary");
    cJSON_AddStringToObject(o, "grid", grid);
    cJSON_AddNumberToObject(o, "slots", (double)sums->slots);
    cJSON_AddNumberToObject(o, "messages_was",
                            (double)sums->messages[WHATIF_LOST]);
    cJSON_AddNumberToObject(o, "messages_is",
                            (double)sums->messages[WHATIF_GAINED]);
    cJSON_AddNumberToObject(o, "lost", (double)sums->changed[WHATIF_LOST]);
    cJSON_AddNumberToObject(o, "gained", (double)sums->changed[WHATIF_GAINED]);
    members_config(o, sums, is);
    print(doc);
}
