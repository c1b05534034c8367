/* What the operator's key may do, before it is used for anything. */
#include <string.h>

#include "base/array.h"
#include "exchange/kucoin_private_json.h"
#include "exchange/kucoin_signed.h"

static const char *const state_names[] = {
    [KUCOIN_KEY_NONE] = "none",         [KUCOIN_KEY_USABLE] = "usable",
    [KUCOIN_KEY_POWERFUL] = "powerful", [KUCOIN_KEY_REFUSED] = "refused",
    [KUCOIN_KEY_UNKNOWN] = "unknown",
};

const char *kucoin_key_state_name(enum kucoin_key_state state)
{
    return state_names[state];
}

/* A name that is not known counts as a power: the exchange may add some. */
static bool only_reads(const char *permissions)
{
    static const char general[] = "General";
    for (const char *at = permissions; *at;) {
        at += strspn(at, ", ");
        size_t len = strcspn(at, ", ");
        if (len && (len != strlen(general) || strncmp(at, general, len) != 0))
            return false;
        at += len;
    }
    return true;
}

/* Did the exchange itself say no to the key, and for good? */
static bool is_refusal(const struct kucoin_signed *c, enum fault fault)
{
    struct kucoin_envelope e;
    if (fault != FAULT_REFUSED || c->call.request.reply.outcome != HTTP_REPLIED)
        return false;
    kucoin_envelope_parse(kucoin_signed_body(c), &e);
    return e.is_json && !e.success;
}

static void judge(struct kucoin_signed *c, bool allow_trading,
                  struct kucoin_key *out)
{
    if (kucoin_signed_check(c, &out->err)) {
        if (is_refusal(c, out->err.fault))
            out->state = KUCOIN_KEY_REFUSED;
        return;
    }
    if (kucoin_rights_parse(kucoin_signed_body(c), out, &out->err))
        return;
    if (allow_trading || only_reads(out->permissions)) {
        out->state = KUCOIN_KEY_USABLE;
        return;
    }
    out->state = KUCOIN_KEY_POWERFUL;
    error_set(&out->err, FAULT_CONFIG,
              "it may do more than read (permissions '%s') and is not used: "
              "make one at KuCoin with the permission General alone, put it "
              "into KUCOIN_API_KEY, KUCOIN_API_SECRET and "
              "KUCOIN_API_PASSPHRASE and delete this one there; or set "
              "exchange.allow_trading_key: true",
              out->permissions);
}

static bool is_given(const struct kucoin_login *login)
{
    const char *const parts[] = { login->key, login->secret,
                                  login->passphrase };
    bool given = false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        given = given || (parts[i] && *parts[i]);
    return given;
}

void kucoin_ask_key(struct kucoin *k, const struct kucoin_login *login,
                    bool allow_trading, int64_t deadline_ms,
                    struct kucoin_key *out)
{
    struct kucoin_session session;
    struct kucoin_signed call;
    struct kucoin_signed *calls[] = { &call };
    *out = (struct kucoin_key){ .state = KUCOIN_KEY_UNKNOWN };
    if (!login || !is_given(login)) {
        out->state = KUCOIN_KEY_NONE;
        return;
    }
    if (!kucoin_session_begin(&session, k, login, deadline_ms, &out->err)) {
        kucoin_signed_init(&call, &session, KUCOIN_KEY_RIGHTS);
        if (!kucoin_signed_run(&session, calls, 1, &out->err))
            judge(&call, allow_trading, out);
        kucoin_signed_release(&call);
    }
    if (out->err.fault != FAULT_NONE)
        error_wrap(&out->err, "API key");
}

enum kucoin_mode kucoin_ask_mode(struct kucoin *k,
                                 const struct kucoin_login *login,
                                 int64_t deadline_ms,
                                 struct kucoin_unified *subs, struct error *err)
{
    struct kucoin_session session;
    struct kucoin_signed call;
    struct kucoin_signed *calls[] = { &call };
    enum kucoin_mode mode = KUCOIN_MODE_UNKNOWN;
    *err = (struct error){ 0 };
    subs->known = false;
    subs->count = 0;
    if (!kucoin_session_begin(&session, k, login, deadline_ms, err)) {
        kucoin_signed_init(&call, &session, KUCOIN_ACCOUNT_MODE);
        if (!kucoin_signed_run(&session, calls, 1, err) &&
            !kucoin_signed_check(&call, err))
            kucoin_mode_parse(kucoin_signed_body(&call), &mode, subs, err);
        kucoin_signed_release(&call);
    }
    if (mode == KUCOIN_MODE_UNIFIED)
        error_set(err, FAULT_CONFIG,
                  "it is a unified account, which is not supported yet: its "
                  "money and orders are not seen");
    if (err->fault != FAULT_NONE)
        error_wrap(err, "account mode");
    return mode;
}
