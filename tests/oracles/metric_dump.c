/* metric_dump TF [HOURS] < BARS - what the metrics of one timeframe say about
 * bars, bar by bar, as CSV: the rows of the table (metrics/metric.h) and, as
 * raw_NAME, what the families know besides. Empty where there is no value.
 *
 * BARS is market/bar_csv.h with its heading, oldest first. HOURS is a file of
 * the same form: the 1h bars that make the hour-of-week profile. Without it
 * nothing is deseasonalised.
 *
 * metric_dump TF warmup prints NAME,BARS: what the table says they need. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "market/bar_csv.h"
#include "metrics/metric.h"
#include "metrics/season.h"

#define HOURS_MOST 65536

static struct bar hours[HOURS_MOST];
static size_t hour_count;

static struct value true_range(const struct bank *b)
{
    return wilder_true_range(&b->raw);
}

static struct value natr(const struct bank *b)
{
    return wilder_natr(&b->raw);
}

static struct value plus_di(const struct bank *b)
{
    return wilder_plus_di(&b->raw);
}

static struct value minus_di(const struct bank *b)
{
    return wilder_minus_di(&b->raw);
}

static struct value adx(const struct bank *b)
{
    return wilder_adx(&b->raw);
}

static struct value sma20(const struct bank *b)
{
    return bollinger_sma(&b->bollinger);
}

static struct value sd20(const struct bank *b)
{
    return bollinger_sd(&b->bollinger);
}

static struct value line_b(const struct bank *b)
{
    return slope_b(&b->slope);
}

static struct value line_r2(const struct bank *b)
{
    return slope_r2(&b->slope);
}

static struct value rho(const struct bank *b)
{
    return autocorr_rho(&b->rho);
}

static struct value t_df(const struct bank *b)
{
    return half_life_t(&b->hl100);
}

static struct value vr(const struct bank *b)
{
    return variance_ratio_value(&b->vr);
}

static struct value vr_z(const struct bank *b)
{
    return variance_ratio_z(&b->vr);
}

static struct value er10(const struct bank *b)
{
    return efficiency_ratio(&b->er10);
}

static struct value er24(const struct bank *b)
{
    return efficiency_ratio(&b->er24);
}

static struct value ver_raw(const struct bank *b)
{
    return expansion_raw(&b->ver);
}

static const struct {
    const char *name;
    struct value (*read)(const struct bank *b);
} extras[] = {
    { "true_range", true_range },
    { "natr", natr },
    { "plus_di", plus_di },
    { "minus_di", minus_di },
    { "adx", adx },
    { "sma20", sma20 },
    { "sd20", sd20 },
    { "b", line_b },
    { "r2", line_r2 },
    { "rho", rho },
    { "t_df", t_df },
    { "vr", vr },
    { "vr_z", vr_z },
    { "er10", er10 },
    { "er24", er24 },
    { "ver", ver_raw },
};

/* 1 with a bar, 0 at the end. `number` counts lines. */
static int read_bar(FILE *f, enum timeframe tf, long *number, struct bar *out,
                    struct error *err)
{
    char line[BAR_CSV_TEXT];
    do {
        if (!fgets(line, sizeof(line), f))
            return 0;
        line[strcspn(line, "\n")] = '\0';
    } while (++*number == 1 && !strcmp(line, BAR_CSV_HEADER));
    if (bar_csv_parse(line, out, err))
        return error_wrap(err, "line %ld", *number);
    enum bar_fault fault = bar_check(out, tf);
    if (fault != BAR_OK)
        return error_set(err, FAULT_DATA, "line %ld: %s", *number,
                         bar_fault_text(fault));
    return 1;
}

static int read_hours(const char *path, struct error *err)
{
    long number = 0;
    int got = -1;
    FILE *f = fopen(path, "r");
    if (!f)
        return error_set(err, FAULT_IO, "'%s': %s", path, strerror(errno));
    do {
        if (hour_count == HOURS_MOST) {
            error_set(err, FAULT_DATA, "'%s': too many bars", path);
            goto out;
        }
        got = read_bar(f, TF_1H, &number, &hours[hour_count], err);
        hour_count += got == 1;
    } while (got == 1);
out:
    fclose(f);
    return got;
}

/* The profile of the week in which a bar opens; 4h bars have none. */
static struct value season_of(const struct bar *b, enum timeframe tf)
{
    static struct season season = { .monday_ms = -1 };
    int64_t monday_ms = last_monday(b->open_ms);
    if (tf == TF_4H)
        return value_none(VALUE_UNAVAILABLE);
    if (season.monday_ms != monday_ms)
        season_build(hours, hour_count, monday_ms, &season);
    return season_factor(&season, b->open_ms);
}

static void print_heading(enum timeframe tf)
{
    printf("time");
    for (int i = 0; i < METRIC_COUNT; i++)
        if (metrics[i].tf == tf)
            printf(",%s", metrics[i].name);
    for (size_t i = 0; i < ARRAY_LEN(extras); i++)
        printf(",raw_%s", extras[i].name);
    printf("\n");
}

static void print_value(struct value x)
{
    if (value_usable(x))
        printf(",%.17g", x.v);
    else
        printf(",");
}

static int dump(enum timeframe tf, struct error *err)
{
    static struct bank bank;
    struct bar b;
    long number = 0;
    int got;
    bank_init(&bank, tf);
    print_heading(tf);
    while ((got = read_bar(stdin, tf, &number, &b, err)) == 1) {
        bank_push(&bank, &b, season_of(&b, tf));
        printf("%lld", (long long)(b.open_ms / 1000));
        for (int i = 0; i < METRIC_COUNT; i++)
            if (metrics[i].tf == tf)
                print_value(metrics[i].read(&bank));
        for (size_t i = 0; i < ARRAY_LEN(extras); i++)
            print_value(extras[i].read(&bank));
        printf("\n");
    }
    return got;
}

static int print_warmups(enum timeframe tf)
{
    for (int i = 0; i < METRIC_COUNT; i++)
        if (metrics[i].tf == tf)
            printf("%s,%d\n", metrics[i].name, (int)metrics[i].warmup);
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = { FAULT_NONE, "" };
    enum timeframe tf;
    if (argc < 2 || argc > 3 || !timeframe_from_name(argv[1], &tf)) {
        fprintf(stderr, "metric_dump 15m|1h|4h [HOURS|warmup] < BARS\n");
        return 64;
    }
    if (argc == 3 && !strcmp(argv[2], "warmup"))
        return print_warmups(tf);
    if ((argc == 3 && read_hours(argv[2], &err)) || dump(tf, &err)) {
        fprintf(stderr, "metric_dump: %s\n", err.msg);
        return 1;
    }
    return 0;
}
