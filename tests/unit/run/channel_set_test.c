/* Which channels there are, as the first message names them. */
#include "run/channel_set.h"

#include <stdio.h>

#include "test.h"

static struct config config;
static char names[CHANNEL_NAMES_MAX];

static const char *named(bool has_phone)
{
    channel_set_names(&config, has_phone, names);
    return names;
}

static void every_channel_is_named_with_its_least_level(void)
{
    config = (struct config){ .notify.ntfy_from = NOTIFY_FROM_WARNING,
                              .notify.telegram_from = NOTIFY_FROM_MANDATORY,
                              .notify.webhook_from = NOTIFY_OFF };
    ASSERT_STR(named(false), "");
    ASSERT_STR(named(true), "Pushover");
    snprintf(config.notify.ntfy_url, CONFIG_TEXT, "https://ntfy.example/x");
    ASSERT_STR(named(false), "ntfy (from warning)");
    ASSERT_STR(named(true), "Pushover, ntfy (from warning)");
    config.notify.ntfy_from = NOTIFY_OFF; /* off is not there */
    ASSERT_STR(named(false), "");
    config.notify.ntfy_from = NOTIFY_FROM_WARNING;
    snprintf(config.notify.telegram_url, CONFIG_TEXT, "https://t.example");
    snprintf(config.notify.telegram_chat, CONFIG_TEXT, "-1001");
    snprintf(config.notify.webhook_url, CONFIG_TEXT, "https://w.example");
    ASSERT_STR(named(true),
               "Pushover, ntfy (from warning), telegram (from mandatory)");
    config.notify.webhook_from = NOTIFY_FROM_NORMAL;
    ASSERT_STR(named(false), "ntfy (from warning), telegram (from mandatory), "
                             "webhook (from normal)");
    snprintf(config.secrets.ntfy_alert_url.text,
             sizeof(config.secrets.ntfy_alert_url.text), "https://s.example/y");
    config.notify.ntfy_url[0] = '\0'; /* a secret address is one, too */
    config.notify.telegram_from = config.notify.webhook_from = NOTIFY_OFF;
    ASSERT_STR(named(false), "ntfy (from warning)");
    config.secrets.ntfy_alert_url.text[0] = '\0';
    ASSERT_STR(named(false), "");
}

void channel_set_test(void);
void channel_set_test(void)
{
    TEST_SUITE("run/channel_set");
    TEST(every_channel_is_named_with_its_least_level);
}
