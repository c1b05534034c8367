#include "run/grid_json.h"

#include <cjson/cJSON.h>

#include "record/words.h"
#include "run/members_json.h"

static void member_word(cJSON *o, const char *key, const struct words *words,
                        unsigned number)
{
    member_text(o, key, words->word(number));
}

static void add_kind(cJSON *o, const struct grid *g)
{
    member_word(o, "market", &words_grid_market, g->market);
    member_word(o, "side", &words_grid_side, g->side);
    if (g->spacing)
        member_word(o, "spacing", &words_grid_spacing, g->spacing);
    else
        member_text(o, "spacing", "");
    member_number(o, "levels", g->levels ? (double)g->levels : NO_VALUE);
    member_number(o, "start_price", g->start_price);
    member_text(o, "account", g->account);
    member_word(o, "source", &words_grid_source, g->source);
}

void grid_json(const struct grid *g, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "id", g->id);
    cJSON_AddStringToObject(o, "symbol", g->symbol);
    cJSON_AddStringToObject(o, "status", grid_status_name(grid_status(g)));
    member_number(o, "lower", g->lower);
    member_number(o, "upper", g->upper);
    cJSON *stop = cJSON_AddObjectToObject(o, "stop");
    member_number(stop, "below", g->stop.below);
    member_number(stop, "above", g->stop.above);
    member_number(o, "capital", g->capital);
    member_text(o, "quote", g->quote);
    add_kind(o, g);
    member_time(o, "started_at", g->started_at_ms);
    member_time(o, "last_event", grid_last_event_ms(g));
    json_line(o, out);
}

void repository_json(const char *path, const char *commit, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "repository", path);
    member_text(o, "commit", commit);
    json_line(o, out);
}
