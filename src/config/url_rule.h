/* config/url_rule.h - which addresses a request may go to. */
#ifndef CONFIG_URL_RULE_H
#define CONFIG_URL_RULE_H

#include "base/error.h"

/* https to any host, http only to this machine (127.0.0.0/8, localhost,
 * [::1]); no user name or password, no '?' or '#', no blank, no '/' at the
 * end. The message does not repeat the address, which may hold a password. */
int url_rule(const char *url, struct error *err);

#endif
