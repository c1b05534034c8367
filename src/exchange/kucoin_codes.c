#include "exchange/kucoin_codes.h"

#include <stddef.h>
#include <string.h>

#include "base/array.h"

// clang-format off
static const struct kucoin_code codes[] = {
    /* code     words fault            remedy           advice */
    { "400001", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "a key header is missing: check the API key settings" },
    { "400002", NULL, FAULT_TRANSIENT, KUCOIN_RESYNC,   "this machine's clock is off: check its time service" },
    { "400003", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the API key is not known: deleted, expired or of another site" },
    { "400004", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the API passphrase is wrong" },
    { "400005", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the signature is wrong: check the API secret" },
    { "400006", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "this machine's address is not on the IP list of the API key: add it there, or make the address a fixed one" },
    { "400007", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the API key lacks a permission: give it General at the exchange" },
    { "400008", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the API key is of an old version: create a new one" },
    { "400009", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the key version header is wrong" },
    { "400010", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the account is not admitted" },
    { "400011", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the account is not admitted" },
    { "400012", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the account is not admitted" },
    { "400100", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange does not know the symbol or refuses a parameter" },
    { "400400", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange refuses a parameter" },
    { "102411", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange refuses a parameter" },
    { "102425", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange refuses the time range" },
    { "400200", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange forbids it for this account" },
    { "400301", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange refuses this region or account: see its notices" },
    { "400302", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange refuses this region or account: see its notices" },
    { "400303", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange wants the identity verified first" },
    { "400401", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "not logged in: check the API key settings" },
    { "400500", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange's risk control refuses the account" },
    { "400600", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the symbol is not available" },
    { "400700", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange's risk control refuses the account" },
    { "600203", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the symbol is not available" },
    { "900001", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "there is no such symbol: check its spelling" },
    { "126004", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the symbol is not available" },
    { "200001", NULL, FAULT_TRANSIENT, KUCOIN_WAIT,     "the pair is suspended" },
    { "200002", NULL, FAULT_TRANSIENT, KUCOIN_WAIT,     "too many requests, or the pair is suspended" },
    { "200003", NULL, FAULT_TRANSIENT, KUCOIN_WAIT,     "the pair is suspended" },
    { "200009", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange wants the identity verified first" },
    { "230005", NULL, FAULT_TRANSIENT, KUCOIN_BACK_OFF, "the exchange is busy" },
    { "401000", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the exchange has retired this call: gridwatch needs an update" },
    { "404",    NULL, FAULT_BUG,       KUCOIN_STOP,     "the exchange does not know this call: check the base URL" },
    { "404000", NULL, FAULT_BUG,       KUCOIN_STOP,     "the exchange does not know this call: check the base URL" },
    { "408000", NULL, FAULT_TRANSIENT, KUCOIN_BACK_OFF, "the exchange timed out" },
    { "411100", NULL, FAULT_REFUSED,   KUCOIN_STOP,     "the account is frozen: talk to the exchange now" },
    { "415000", NULL, FAULT_BUG,       KUCOIN_STOP,     "the exchange refuses the content type" },
    { "429000", NULL, FAULT_TRANSIENT, KUCOIN_WAIT,     "too many requests, or the exchange is overloaded" },
    { "500000", NULL, FAULT_TRANSIENT, KUCOIN_BACK_OFF, "the exchange has an internal error" },
    { "503000", NULL, FAULT_TRANSIENT, KUCOIN_BACK_OFF, "the exchange is not available" },
    { NULL, "Exceeded the access frequency", FAULT_TRANSIENT, KUCOIN_WAIT,     "too many requests" },
    { NULL, "Server busy",                   FAULT_TRANSIENT, KUCOIN_BACK_OFF, "the exchange is busy" },
};
// clang-format on

const struct kucoin_code *kucoin_code_find(const char *code, const char *msg)
{
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i].code ? !strcmp(codes[i].code, code)
                          : strstr(msg, codes[i].says) != NULL)
            return &codes[i];
    return NULL;
}
