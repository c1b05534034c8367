/* Every option, one by one. Defaults and ranges stand here a second time, by
 * hand, from SPEC 3, 7, 8, 10, 11 and 15, the regime-science notes 4.1 to 4.8
 * and the comments of exit_config.h and gate.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "config_help.h"
#include "sys/xmalloc.h"
#include "test.h"

void config_options_test(void);

struct bounds {
    const char *key, *preset;              /* as option_format() writes it */
    const char *below, *min, *max, *above; /* NULL: there is none */
    const char *wrong;                     /* of another type */
};

// clang-format off
static const struct bounds numbers[] = {
    { "repository.push_budget", "20s", "999ms", "1s", "300s", "301s", "soon" },
    { "retention.tip_days", "7", "0", "1", "3650", "3651", "7d" },
    { "exchange.request_timeout", "10s", "0", "1", "60", "61", "1.5s" },
    { "exchange.max_connections", "64", "0", "1", "128", "129", "8.0" },
    { "exchange.weight_budget", "1000", "49", "50", "2000", "2001", "many" },
    { "run.deadline", "2m", "19s", "20s", "14m", "841s", "2 m" },
    { "run.settle", "10s", NULL, "0s", "30s", "30001ms", "-1s" },
    { "run.max_clock_offset", "30s", "0s", "1s", "5m", "301s", "s" },
    { "position.slippage", "0.001", "-0.001", "0", "0.2", "0.21", "0.1%" },
    { "notify.request_timeout", "10s", "0s", "1s", "1m", "61s", "10sec" },
    { "notify.retry_spacing", "5s", NULL, "0", "60", "61", "5 s" },
    { "notify.tries", "3", "0", "1", "10", "11", "0x3" },
    { "notify.act_within", "1h", "59s", "60s", "24h", "25h", "1d" },
    { "notify.same_level_gap", "4h", NULL, "0s", "86400", "86401", "[4]" },
    { "notify.repeat_most", "24h", "59m", "1h", "604800", "604801", "daily" },
    { "notify.change_gap", "1h", NULL, "0s", "24h", "86401", "1 h" },
    { "notify.escalate_after", "30m", "14m", "15m", "24h", "86401", "2slots" },
    { "notify.stale_after", "45m", "14m", "15m", "24h", "86401", "2slots" },
    { "notify.stale_siren_after", "2h", "14m", "15m", "24h", "86401", "2slots" },
    { "notify.ask_after", "4h", "899", "15m", "24h", "86401", "four" },
    { "notify.graver_pi", "0.1", "0.009", "0.01", "1", "1.01", "10%" },
    { "notify.graver_atr", "1", "0.09", "0.1", "100", "101", "1atr" },
    { "notify.graver_money", "0.2", "0", "0.01", "100", "101", "20%" },
    { "notify.warning_pi_floor", "0.1", "-0.01", "0", "0.89", "0.9", "0,1" },
    { "notify.siren_retry", "75s", "29s", "30s", "10800", "10801", "75500ms" },
    { "notify.siren_expire", "1h", "29s", "30s", "3h", "181m", "1h0m" },
    { "notify.second_after", "15m", "14m", "900", "24h", "86401", "15min" },
    { "exit.release_closes", "2", "0", "1", "48", "49", "two" },
    { "outside.signal_timeout", "5s", "0s", "1s", "60s", "61s", "5 s" },
    { "heartbeat.timeout", "5s", "999ms", "1s", "30s", "31s", "5 s" },
    { "record.fetch_budget", "1m", "999ms", "1s", "10m", "601s", "1 m" },
    { "phone.request_timeout", "10s", "0s", "1s", "1m", "61s", "10sec" },
    { "phone.retry_spacing", "5s", NULL, "0", "60", "61", "5 s" },
    { "phone.tries", "3", "0", "1", "10", "11", "0x3" },
    { "export.timeout", "2s", "999ms", "1s", "30s", "31s", "quick" },
    { "daemon.look_every", "5m", NULL, "0s", "15m", "901", "-1s" },
    { "daemon.starting_deadline", "14m", "9s", "10s", "24h", "86401", "14 m" },
    { "heartbeat.after", "40m", "19m", "20m", "259200", "259201", "40min" },
    { "exit.gate", "0.47", "-0.01", "0", "0.89", "0.9", "high" },
    { "exit.m_trend.p", "0.75", "0.49", "0.5", "1", "1.01", "75%" },
    { "exit.m_trend.slots", "4", "0", "1", "96", "97", "4.0" },
    { "exit.m_trend.pi", "0.25", "-0.1", "0", "0.89", "0.9", "p" },
    { "exit.m_boundary.closes", "2", "0", "1", "48", "49", "2h" },
    { "exit.m_equity.drawdown", "0.15", "0", "0.01", "1", "1.1", "15%" },
    { "exit.m_equity.range", "1", "-0.1", "0", "10", "10.1", "all" },
    { "exit.l_crisis.pi", "0.25", "-0.1", "0", "0.89", "0.9", "pi" },
    { "exit.m_blind.after", "2h", "29m", "30m", "24h", "25h", "2 h" },
    { "exit.m_blind.pi", "0.25", "-0.1", "0", "0.89", "0.9", "~" },
    { "exit.operator_delay", "1h", "-1m", "0s", "24h", "25h", "an hour" },
    { "exit.l_trans.closes_1h", "4", "0", "1", "48", "49", "4h" },
    { "exit.l_trans.closes_4h", "2", "0", "1", "24", "25", "8h" },
    { "exit.l_trans.pi_closes", "4", "0", "1", "48", "49", "true" },
    { "exit.l_hl.ratio", "2", "0.99", "1", "10", "10.1", "2x" },
    { "exit.l_hl.t", "-1.95", "-5.01", "-5", "0", "0.01", "t" },
    { "exit.l_hl.closes", "4", "0", "1", "48", "49", "{}" },
    { "exit.l_ver.limit", "1.25", "0.99", "1", "5", "5.1", "1,25" },
    { "exit.l_guard.keep", "0.8", "0.04", "0.05", "0.99", "1", "80%" },
    { "exit.l_guard.least", "0.01", "-0.01", "0", "1", "1.01", "1%" },
    { "exit.warning.needed", "2", "0", "1", "7", "8", "two" },
    { "exit.warning.held", "2", "0", "1", "96", "97", "30m" },
    { "exit.w_trans.p", "0.4", "0", "0.01", "1", "1.01", "p" },
    { "exit.w_trans.q", "0.5", "0", "0.01", "1", "1.01", "q" },
    { "exit.w_conf.drop", "0.1", "-0.1", "0", "1", "1.1", "[0.1]" },
    { "exit.w_er.z", "1.645", "-0.1", "0", "10", "10.1", "95%" },
    { "exit.w_er.ratio", "0.3", "-0.1", "0", "1", "1.1", ".nan" },
    { "exit.w_mr.ratio", "1.5", "0.9", "1", "10", "10.1", "1.5x" },
    { "exit.w_mr.t", "-1.95", "-5.1", "-5", "0", "0.1", "t" },
    { "exit.w_mr.m_fall", "15", "0.9", "1", "100", "101", "15p" },
    { "exit.w_ver.limit", "1.1", "0.9", "1", "5", "5.1", "1.1x" },
    { "exit.w_signal.limit", "1", "0", "0.001", "1000000", "1e7", ".inf" },
    { "gate.crisis", "12h", NULL, "0s", "168h", "169h", "12h0m" },
    { "gate.quiet_closes", "2", "0", "1", "48", "49", "2h" },
    { "gate.ver", "1.1", "0.4", "0.5", "5", "5.1", "x" },
    { "gate.er_z", "1.645", "-1", "0", "10", "11", "z" },
    { "gate.adx", "30", "4", "5", "100", "101", "adx" },
    { "gate.centre", "0.35", "0", "0.01", "1", "1.1", "35%" },
    { "gate.pi_24", "0.06", "0", "0.001", "0.89", "0.9", "6%" },
    { "gate.pi_72", "0.3", "0", "0.001", "0.89", "0.9", "30%" },
    { "gate.fee", "0.001", "-0.001", "0", "0.05", "0.06", "0.1%" },
    { "gate.step", "0.003", "-0.001", "0", "0.5", "0.6", "0.3%" },
    { "gate.wait", "4h", NULL, "0s", "168h", "169h", "4hours" },
    { "gate.wait_hard", "24h", NULL, "0s", "720h", "721h", "1d" },
    { "gate.range_closes", "4", "0", "1", "48", "49", "4h" },
    { "gate.slowing", "1.5", "0.9", "1", "10", "11", "1.5x" },
    { "gate.inside_closes", "2", "0", "1", "48", "49", "2h" },
    { "gate.restarts", "2", "-1", "0", "50", "51", "2/7d" },
    { "propose.kappa", "4", "0.9", "1", "20", "21", "4 ATR" },
    { "propose.stop_atr", "2", "0", "0.1", "10", "11", "2 ATR" },
    { "propose.step", "0.006", "0", "0.0001", "0.5", "0.6", "0.6%" },
    { "exit.l_haz.enter", "0.5", "0.009", "0.01", "0.89", "0.891", "40%" },
    { "exit.l_haz.leave", "0.4", "-1e-9", "0", "0.89", "1", ".nan" },
    { "exit.w_haz.enter", "0.25", "0", "0.01", "0.89", "1e9", "\"0.25\"" },
    { "exit.w_haz.leave", "0.2", "-1", "0", "0.89", "0.9", ".inf" },
};

static const struct { const char *key, *preset, *others[3], *wrong; } words[] = {
    { "repository.fsync", "true", { "false" }, "yes" },
    { "exchange.allow_trading_key", "false", { "true" }, "no" },
    { "notify.picture", "light", { "dark", "off" }, "none" },
    { "notify.first_message", "true", { "false" }, "once" },
    { "log.level", "info", { "error", "warn", "debug" }, "INFO" },
    { "notify.ntfy_from", "warning", { "normal", "latest", "off" }, "2" },
    { "notify.telegram_from", "warning", { "mandatory", "off" }, "on" },
    { "notify.webhook_from", "warning", { "normal", "latest" }, "all" },
    { "exit.profile", "calibrated", { "seed" }, "literal" },
    { "exit.pi_model", "pi-24h-2", { "pi-24h-1" }, "pi-24h-3" },
    { "exit.shadow", "false", { "true" }, "on" },
    { "exit.m_trend.mode", "active", { "shadow", "off" }, "1" },
    { "exit.m_boundary.mode", "active", { "shadow", "off" }, "on" },
    { "exit.m_stop.mode", "active", { "shadow", "off" }, "\"off\"" },
    { "exit.m_equity.mode", "active", { "shadow", "off" }, "Active" },
    { "exit.m_blind.mode", "active", { "shadow", "off" }, "no" },
    { "exit.l_trans.mode", "active", { "shadow", "off" }, "yes" },
    { "exit.l_hl.mode", "active", { "shadow", "off" }, "OFF" },
    { "exit.l_ver.mode", "active", { "shadow", "off" }, "silent" },
    { "exit.l_z.mode", "active", { "shadow", "off" }, "true" },
    { "exit.l_haz.mode", "active", { "shadow", "off" }, "false" },
    { "exit.l_haz.table", "true", { "false" }, "geometry" },
    { "exit.l_guard.mode", "active", { "shadow", "off" }, "0" },
    { "exit.l_crisis.mode", "active", { "shadow", "off" }, "act" },
    { "exit.w_trans.mode", "active", { "shadow", "off" }, "shadows" },
    { "exit.w_conf.mode", "active", { "shadow", "off" }, "of" },
    { "exit.w_er.mode", "active", { "shadow", "off" }, "none" },
    { "exit.w_mr.mode", "active", { "shadow", "off" }, "seed" },
    { "exit.w_ver.mode", "active", { "shadow", "off" }, "warn" },
    { "exit.w_event.mode", "active", { "shadow", "off" }, "none" },
    { "exit.w_signal.mode", "active", { "shadow", "off" }, "auto" },
    { "exit.w_haz.mode", "active", { "shadow", "off" }, "~" },
    { "exit.w_trend.mode", "active", { "shadow", "off" }, "trend" },
};

static const struct { const char *key, *preset; size_t min, max; } texts[] = {
    { "repository.path", "data.git", 1, 1000 },
    { "repository.remote", "", 0, 1000 },
    { "repository.branch", "main", 1, 200 },
    { "repository.author_name", "gridwatch", 1, 100 },
    { "repository.author_email", "gridwatch@localhost", 1, 200 },
    { "repository.http_login", "gridwatch", 1, 200 },
    { "repository.ca_file", "", 0, 1000 },
    { "repository.ssh_host_keys", "", 0, 1000 },
    { "exchange.base_url", "https://api.kucoin.com", 12, 500 },
    { "notify.pushover_url", "https://api.pushover.net", 12, 500 },
    { "notify.runbook_url", "", 0, 400 },
    { "notify.ntfy_url", "", 0, 500 },
    { "notify.telegram_url", "https://api.telegram.org", 12, 500 },
    { "notify.telegram_chat", "", 0, 100 },
    { "notify.webhook_url", "", 0, 500 },
    { "notify.time_zone", "UTC", 1, 63 },
    { "notify.quiet_hours", "", 0, 11 },
    { "notify.maintenance", "", 0, 1000 },
    { "notify.all_clear_at", "08:00", 0, 5 },
    { "run.grids", "", 0, 500 },
    { "export.textfile", "", 0, 1000 },
    { "export.pushgateway", "", 0, 500 },
    { "export.instance", "", 0, 63 },
    { "daemon.schedule", "*/15 * * * *", 1, 200 },
    { "daemon.time_zone", "UTC", 1, 63 },
    { "daemon.listen", "127.0.0.1:9464", 0, 21 },
    { "outside.calendar_file", "", 0, 1000 },
    { "outside.signal_file", "", 0, 1000 },
    { "outside.signal_url", "", 0, 500 },
    { "record.remote", "", 0, 1000 },
    { "record.branch", "main", 1, 200 },
    { "record.clone", "watchdog.git", 1, 1000 },
    { "record.memory", "watchdog.memory.yaml", 1, 1000 },
    { "record.http_login", "gridwatch", 1, 200 },
    { "record.ca_file", "", 0, 1000 },
    { "record.ssh_host_keys", "", 0, 1000 },
    { "phone.pushover_url", "https://api.pushover.net", 12, 500 },
};
// clang-format on

static void every_option_is_tested_here(void)
{
    ASSERT_INT(ARRAY_LEN(numbers) + ARRAY_LEN(words) + ARRAY_LEN(texts),
               option_count());
}

static void expect_value(const struct sheet *s, const char *key,
                         const char *want)
{
    char got[OPTION_TEXT];
    const struct config_option *o = option_find(key);
    ASSERT_FATAL(o != NULL);
    option_format(o, &s->config, got);
    ASSERT_STR(got, want);
}

static void defaults_are_those_of_the_specification(void)
{
    struct sheet *s = sheet_new();
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        expect_value(s, numbers[i].key, numbers[i].preset);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        expect_value(s, words[i].key, words[i].preset);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        expect_value(s, texts[i].key, texts[i].preset);
    sheet_free(s);
}

/* The same by field: the table may not point at a neighbour. */
static void fields_hold_their_defaults(void)
{
    struct sheet *s = sheet_new();
    const struct config *c = &s->config;
    ASSERT_INT(c->repository.push_budget_ms, 20000);
    ASSERT_INT(c->exchange.request_timeout_ms, 10000);
    ASSERT_INT(c->exchange.weight_budget, 1000);
    ASSERT(!c->exchange.allow_trading_key);
    ASSERT_INT(c->run.deadline_ms, 120000);
    ASSERT_INT(c->run.settle_ms, 10000);
    ASSERT_INT(c->run.max_clock_offset_ms, 30000);
    ASSERT_INT(c->notify.retry_spacing_ms, 5000);
    ASSERT_INT(c->notify.tries, 3);
    ASSERT_INT(c->notify.picture, PICTURE_LIGHT);
    ASSERT_INT(c->alert.act_within_ms, 3600000);
    ASSERT_INT(c->alert.same_level_gap_ms, 14400000);
    ASSERT_INT(c->alert.repeat_most_ms, 86400000);
    ASSERT_INT(c->alert.change_gap_ms, 3600000);
    ASSERT_INT(c->alert.escalate_ms, 1800000);
    ASSERT_INT(c->alert.stale_ms, 2700000);
    ASSERT_INT(c->alert.stale_siren_ms, 7200000);
    ASSERT_INT(c->alert.ask_ms, 14400000);
    ASSERT_NEAR(c->alert.graver_pi, 0.10, 0);
    ASSERT_NEAR(c->alert.graver_atr, 1, 0);
    ASSERT_NEAR(c->alert.graver_money, 0.20, 0);
    ASSERT_NEAR(c->position.slippage, 0.001, 0);
    ASSERT_INT(c->alert.siren_retry_s, 75);
    ASSERT_INT(c->alert.siren_expire_s, 3600);
    ASSERT_NEAR(c->alert.warning_pi_floor, 0.10, 0);
    ASSERT_INT(c->outside.signal_timeout_ms, 5000);
    ASSERT_INT(c->heartbeat.timeout_ms, 5000);
    ASSERT_INT(c->heartbeat.after_ms, 2400000);
    ASSERT_STR(c->outside.calendar_file, "");
    ASSERT_STR(c->outside.signal_url, "");
    ASSERT(c->repository.fsync);
    ASSERT_INT(c->log_level, LOG_LEVEL_INFO);
    ASSERT_STR(c->secrets.pushover_token.text, "");
    sheet_free(s);
}

static void accepts(const char *key, const char *value)
{
    struct sheet *s = sheet_new();
    sheet_put(s, key, value);
    ASSERT_STR(sheet_line(s, 0), "");
    sheet_free(s);
}

/* Refused with the key and its place, and the default stays. */
static void refuses(const char *key, const char *value, const char *preset)
{
    struct sheet *s = sheet_new();
    char place[64], name[64];
    int depth = 1;
    for (const char *p = key; *p; p++)
        depth += *p == '.';
    const char *last = strrchr(key, '.') + 1;
    sheet_put(s, key, value);
    ASSERT_INT(s->problems.errors, 1);
    bool nothing = !*value || strcmp(value, "~") == 0;
    snprintf(place, sizeof(place), ".yaml:%d:%zu: ", depth,
             (size_t)(depth - 1) * 2 + (nothing ? 1 : strlen(last) + 3));
    snprintf(name, sizeof(name), "'%s'", key);
    ASSERT(sheet_tells(s, place) && sheet_tells(s, name));
    expect_value(s, key, preset);
    sheet_free(s);
}

static void numbers_keep_to_their_range(void)
{
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        const struct bounds *b = &numbers[i];
        if (b->below)
            refuses(b->key, b->below, b->preset);
        accepts(b->key, b->min);
        accepts(b->key, b->max);
        refuses(b->key, b->above, b->preset);
        refuses(b->key, b->wrong, b->preset);
        refuses(b->key, "", b->preset);
    }
}

static void words_are_those_of_the_list(void)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        for (size_t k = 0; k < 3 && words[i].others[k]; k++) {
            struct sheet *s = sheet_new();
            sheet_put(s, words[i].key, words[i].others[k]);
            ASSERT_INT(s->problems.errors, 0);
            expect_value(s, words[i].key, words[i].others[k]);
            sheet_free(s);
        }
        refuses(words[i].key, words[i].wrong, words[i].preset);
        refuses(words[i].key, "7", words[i].preset);
        refuses(words[i].key, "[active]", words[i].preset);
    }
}

/* A text of `len` bytes that is also a URL when it is long enough. */
static char *text_of(size_t len)
{
    char *s = xcalloc(len + 3, 1);
    memset(s, 'a', len + 2);
    s[0] = s[len + 1] = '"';
    if (len >= 11)
        memcpy(s + 1, "https://a/", 10);
    return s;
}

static void one_text(const char *key, size_t len, bool good, const char *preset)
{
    char *value = text_of(len);
    if (good)
        accepts(key, value);
    else
        refuses(key, value, preset);
    free(value);
}

static void texts_keep_to_their_length(void)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const char *key = texts[i].key, *preset = texts[i].preset;
        if (texts[i].min > 0)
            one_text(key, 0, false, preset);
        one_text(key, texts[i].min, true, preset);
        one_text(key, texts[i].max, true, preset);
        one_text(key, texts[i].max + 1, false, preset);
        refuses(key, "{ a: b }", preset);
        refuses(key, "", preset);
        refuses(key, "\"a\\tb\"", preset);
        refuses(key, "\"two\\nlines\"", preset);
    }
}

static void an_address_may_be_empty_but_not_wild(void)
{
    refuses("outside.signal_url", "http://example.org/x", "");
    refuses("outside.signal_url", "https://me:PLANTED@example.org", "");
    accepts("outside.signal_url", "\"\"");
    accepts("outside.signal_url", "http://127.0.0.1:8080/signal");
}

static void fields_have_the_size_of_their_type(void)
{
    static const size_t sizes[OPTION_TYPE_COUNT] = {
        [OPTION_INT] = sizeof(int64_t),
        [OPTION_REAL] = sizeof(double),
        [OPTION_DURATION_MS] = sizeof(int64_t),
        [OPTION_DURATION_S] = sizeof(int64_t),
        [OPTION_BOOL] = sizeof(bool),
        [OPTION_CHOICE] = sizeof(int),
        [OPTION_STRING] = CONFIG_TEXT,
        [OPTION_PATH] = CONFIG_TEXT,
        [OPTION_URL] = CONFIG_TEXT,
        [OPTION_PHRASE] = CONFIG_TEXT,
    };
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        ASSERT_INT(o->size, sizes[o->type]);
        ASSERT(o->type < OPTION_STRING || o->max < CONFIG_TEXT);
    }
}

static void no_two_options_share_a_key_or_a_field(void)
{
    for (size_t i = 0; i < option_count(); i++)
        for (size_t k = 0; k < i; k++)
            ASSERT(strcmp(option_at(i)->key, option_at(k)->key) != 0 &&
                   option_at(i)->at != option_at(k)->at);
}

static void the_parts_are_one_table(void)
{
    size_t n = 0, in_sections = 0;
    while (option_at(n))
        n++;
    ASSERT_INT(n, option_count());
    ASSERT(n <= CONFIG_OPTIONS_MAX);
    for (size_t i = 0; i < n; i++)
        ASSERT_INT(option_number(option_at(i)), i);
    for (size_t k = 0; section_at(k); k++)
        for (size_t i = 0; i < n; i++)
            if (section_holds(section_at(k), option_at(i)))
                ASSERT(option_at(in_sections++) == option_at(i));
    ASSERT_INT(in_sections, n); /* and the page has the order of the hash */
}

/* An override of a grid has room for 31 bytes. */
static void the_exit_file_has_no_texts(void)
{
    const struct config_option *o;
    for (size_t i = 0; (o = option_at(i)); i++)
        ASSERT(o->file != CONFIG_EXIT ||
               (o->type < OPTION_STRING && strlen(o->key) < 48));
}

void config_options_test(void)
{
    TEST_SUITE("config: every option");
    TEST(every_option_is_tested_here);
    TEST(defaults_are_those_of_the_specification);
    TEST(fields_hold_their_defaults);
    TEST(numbers_keep_to_their_range);
    TEST(words_are_those_of_the_list);
    TEST(texts_keep_to_their_length);
    TEST(an_address_may_be_empty_but_not_wild);
    TEST(fields_have_the_size_of_their_type);
    TEST(the_parts_are_one_table);
    TEST(the_exit_file_has_no_texts);
    TEST(no_two_options_share_a_key_or_a_field);
}
