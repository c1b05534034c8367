#include "sim/account_money.h"

#include <string.h>

#include "base/number.h"
#include "sim/decimal.h"

__extension__ typedef unsigned __int128 wide;

int64_t sim_power10(int n)
{
    int64_t power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

sim_money sim_money_of(int64_t n, int places)
{
    return (sim_money)n * sim_power10(SIM_MONEY_PLACES - places);
}

/* Plain digits with at most one point. */
static bool read_plain(const char *text, sim_money *out)
{
    sim_money m = 0;
    int after = -1, digits = 0;

    for (; *text; text++) {
        if (*text == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (*text < '0' || *text > '9')
            return false;
        if (after == SIM_MONEY_PLACES && *text != '0')
            return false;
        if (after == SIM_MONEY_PLACES)
            continue;
        after += after >= 0;
        digits++;
        m = m * 10 + (*text - '0');
        if (m >= (sim_money)sim_power10(16) * sim_power10(18))
            return false;
    }
    for (int i = after < 0 ? 0 : after; i < SIM_MONEY_PLACES; i++) {
        m *= 10;
        if (m >= (sim_money)sim_power10(15) * sim_power10(18))
            return false;
    }
    *out = m;
    return digits > 0;
}

bool sim_money_parse(const char *text, sim_money *out)
{
    char plain[SIM_DECIMAL_TEXT];
    double v = 0.0;

    if (!strpbrk(text, "eE"))
        return read_plain(text, out);
    if (!number_parse(text, &v))
        return false;
    sim_decimal(v, plain);
    return read_plain(plain, out);
}

bool sim_money_whole(sim_money m, int places, int64_t *out)
{
    sim_money unit = sim_power10(SIM_MONEY_PLACES - places);
    if (m % unit || m / unit > INT64_MAX || m / unit < -INT64_MAX)
        return false;
    *out = (int64_t)(m / unit);
    return true;
}

void sim_money_format(sim_money m, char out[SIM_MONEY_TEXT])
{
    char digits[SIM_MONEY_TEXT];
    wide rest = m < 0 ? -(wide)m : (wide)m;
    int n = 0, zeros = 0;

    while (rest || n <= SIM_MONEY_PLACES) {
        digits[n++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    while (zeros < SIM_MONEY_PLACES && digits[zeros] == '0')
        zeros++;
    if (m < 0)
        *out++ = '-';
    while (n > zeros) {
        if (n == SIM_MONEY_PLACES)
            *out++ = '.';
        *out++ = digits[--n];
    }
    *out = '\0';
}

sim_money sim_money_part(sim_money total, sim_money part, sim_money whole)
{
    sim_money each = total / whole, rest = (total % whole) * part;
    sim_money result = each * part + rest / whole;
    sim_money left = rest % whole * 2;

    if (left > whole || (left == whole && result % 2))
        result++;
    return result;
}
