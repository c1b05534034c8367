/* Lives written as a table and read again are the same to the bit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/backtest.h"
#include "test.h"

void backtest_lives_test(void);

static struct life_row row_of(int32_t symbol, int n)
{
    struct life_row r = { .reverse_equity = n ? 1.0 / 3 * n : NO_VALUE,
                          .pi_day = n ? 1.0 / 7 * n : NO_VALUE };
    struct life *l = &r.life;
    l->symbol = symbol;
    l->week = 2662 + n;
    l->start_ms = 1610064000000 + n;
    l->window_end_ms = 1610928000000;
    l->known_end_ms = 1612224000000;
    l->capital = 1000;
    l->half_width_atr = 4;
    l->stop_atr = .1 + n;
    l->half_width = .17388010876752980;
    l->sigma_1h = 1e-300;
    l->activation = NO_VALUE;
    l->delay_ms = 900000 * n;
    l->first_warning_ms = 1610065800000;
    l->first_latest_ms = n ? 1610336700000 : MOMENT_NONE;
    l->first_mandatory_ms = MOMENT_NONE;
    l->reason = (enum life_reason)(n % 5);
    l->alert_down = n & 1;
    l->mandatory_down = n & 2;
    l->alerts[0] = 4;
    l->alerts[1] = n;
    l->alerts[2] = 7;
    l->mandatory = 3;
    l->met = 2;
    l->exit_ms = MOMENT_NONE;
    l->end_equity = -77.637059072762;
    l->end_realised = 26.630613314197227;
    l->peak_equity = 33.42176739429519;
    l->peak_unrealised = 0;
    l->m_ms[LIFE_BOTH] = 11;
    l->m_ms[LIFE_DOWN] = MOMENT_NONE;
    l->s_ms[LIFE_BOTH] = 13;
    l->s_ms[LIFE_DOWN] = 14;
    l->later_equity = NO_VALUE;
    l->hours[LIFE_BOTH] = (struct life_hours){ 1, 2, 3 };
    l->hours[LIFE_DOWN] = (struct life_hours){ 4, 5, 6 };
    return r;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Member by member: a struct has padding. */
static bool same(const struct life_row *a, const struct life_row *b)
{
    const struct life *x = &a->life, *y = &b->life;
    bool hours = memcmp(x->hours, y->hours, sizeof(x->hours)) == 0 &&
                 memcmp(x->m_ms, y->m_ms, sizeof(x->m_ms)) == 0 &&
                 memcmp(x->s_ms, y->s_ms, sizeof(x->s_ms)) == 0 &&
                 memcmp(x->alerts, y->alerts, sizeof(x->alerts)) == 0;
    bool times = x->start_ms == y->start_ms &&
                 x->window_end_ms == y->window_end_ms &&
                 x->known_end_ms == y->known_end_ms &&
                 x->delay_ms == y->delay_ms && x->exit_ms == y->exit_ms &&
                 x->first_warning_ms == y->first_warning_ms &&
                 x->first_latest_ms == y->first_latest_ms &&
                 x->first_mandatory_ms == y->first_mandatory_ms;
    bool words = x->symbol == y->symbol && x->week == y->week &&
                 x->reason == y->reason && x->alert_down == y->alert_down &&
                 x->mandatory_down == y->mandatory_down &&
                 x->mandatory == y->mandatory && x->met == y->met;
    bool grid = same_number(x->capital, y->capital) &&
                same_number(x->half_width_atr, y->half_width_atr) &&
                same_number(x->stop_atr, y->stop_atr) &&
                same_number(x->half_width, y->half_width) &&
                same_number(x->sigma_1h, y->sigma_1h) &&
                same_number(x->activation, y->activation);
    bool money = same_number(x->end_equity, y->end_equity) &&
                 same_number(x->end_realised, y->end_realised) &&
                 same_number(x->peak_equity, y->peak_equity) &&
                 same_number(x->peak_unrealised, y->peak_unrealised) &&
                 same_number(x->later_equity, y->later_equity) &&
                 same_number(a->reverse_equity, b->reverse_equity) &&
                 same_number(a->pi_day, b->pi_day);
    return hours && times && words && grid && money;
}

static const char *file(void)
{
    static char path[64];
    snprintf(path, sizeof(path), "/tmp/backtest_lives.%d", (int)getpid());
    return path;
}

static void fill(struct lives *l)
{
    *l = (struct lives){ .design = PASS_LIFECYCLE,
                         .profile = PROFILE_SEED,
                         .side = GRID_NEUTRAL,
                         .config = "0123abcd",
                         .engine = "1.2+ab" };
    for (int n = 0; n < 7; n++) {
        int32_t symbol = lives_symbol(l, n % 2 ? "A-X-15m" : "B-X-15m");
        struct life_row row = row_of(symbol, n);
        lives_add(l, &row);
    }
}

static void they_read_back(void)
{
    struct lives l, read = { 0 };
    struct error err = { FAULT_NONE, "" };
    fill(&l);
    ASSERT_INT(lives_write(&l, file(), &err), 0);
    ASSERT_INT(lives_read(&read, file(), &err), 0);
    ASSERT_INT(read.count, 7);
    ASSERT_INT(read.symbol_count, 2);
    ASSERT_STR(read.symbols[1], "A-X-15m");
    ASSERT(read.profile == PROFILE_SEED && read.side == GRID_NEUTRAL);
    ASSERT_INT(read.design, PASS_LIFECYCLE);
    ASSERT_STR(read.config, "0123abcd");
    ASSERT_STR(read.engine, "1.2+ab");
    for (size_t i = 0; i < l.count && i < read.count; i++)
        ASSERT(same(&l.at[i], &read.at[i]));
    ASSERT_INT(lives_read(&read, file(), &err), 0);
    ASSERT_INT(read.count, 14);
    ASSERT_INT(read.symbol_count, 2);
    lives_release(&read);
    lives_release(&l);
    unlink(file());
}

/* The text of the file with one word in place of another. */
static void spoilt(const char *from, const char *to, const char *complaint)
{
    struct text t = TEXT_INIT(65536), out = TEXT_INIT(65536);
    struct lives l, read = { 0 };
    struct error err = { FAULT_NONE, "" };
    fill(&l);
    ASSERT_INT(lives_write(&l, file(), &err), 0);
    ASSERT_INT(text_read_file(&t, file(), &err), 0);
    const char *at = strstr(text_str(&t), from);
    ASSERT_FATAL(at != NULL);
    text_append(&out, text_str(&t), (size_t)(at - text_str(&t)));
    text_puts(&out, to);
    text_puts(&out, at + strlen(from));
    ASSERT_INT(text_write_file(&out, file(), &err), 0);
    ASSERT_INT(lives_read(&read, file(), &err), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT(strstr(err.msg, complaint) != NULL);
    text_release(&t);
    text_release(&out);
    lives_release(&read);
    lives_release(&l);
    unlink(file());
}

static void what_is_no_life_is_refused(void)
{
    spoilt("week", "weak", "not the columns");
    spoilt("seed", "sown", "no design 'lifecycle', profile 'sown'");
    spoilt("lifecycle", "cycle", "no design 'cycle', profile 'seed'");
    spoilt("\nA-X-15m,lifecycle", "\nA-X-15m,cohort",
           "line 3: a life of design cohort, those before are of lifecycle");
    spoilt("\nA-X-15m,lifecycle,seed", "\nA-X-15m,lifecycle,calibrated",
           "another profile");
    spoilt("1.2+ab,2663", "1.2+ac,2663",
           "line 3: a life of engine 1.2+ac, those before are of 1.2+ab");
    spoilt("0123abcd,1.2+ab,2663", "0123abce,1.2+ab,2663",
           "line 3: a life under configuration 0123abce, those before are "
           "under 0123abcd");
    spoilt("0123abcd", "0123abc", "'0123abc' is no configuration's hash");
    spoilt(",2662,", ",2662.5,", "line 2: column 'week'");
    spoilt(",none,", ",some,", "column 'reason'");
    spoilt(",no,", ",nay,", "column 'alert_down'");
    spoilt(",1000,", ",1e,", "column 'capital'");
    spoilt("\nA-X-15m", ",\nA-X-15m", "line 2: too many columns");
}

static void a_file_that_is_not_whole_is_refused(void)
{
    spoilt("# 7 lives\n", "", "line 9: cut off");
    spoilt("# 7 lives", "# 8 lives", "line 9: '# 8 lives' is not the last");
    spoilt("# 7 lives", "# 7", "is not the last line '# 7 lives'");
    spoilt("# 7 lives\n", "# 7 lives\n\n", "is not the last line");
}

/* B before A, later before sooner, wide before narrow and slow before quick. */
static void they_are_sorted(void)
{
    struct lives l = { 0 };
    struct error err = { FAULT_NONE, "" };
    for (int i = 0; i < 32; i++) {
        struct life_row row = row_of(0, 1);
        row.life.symbol = lives_symbol(&l, i & 16 ? "A-X-15m" : "B-X-15m");
        row.life.start_ms = i & 8 ? 1000 : 2000;
        row.life.half_width_atr = i & 4 ? 4 : 6;
        row.life.stop_atr = i & 2 ? 1 : NO_VALUE;
        row.life.delay_ms = i & 1 ? 0 : 900000;
        row.path = i < 16 ? "one" : "two";
        row.line = (size_t)i;
        lives_add(&l, &row);
    }
    ASSERT_INT(lives_sort(&l, &err), 0);
    ASSERT_STR(l.symbols[0], "A-X-15m");
    ASSERT_INT(l.symbol_count, 2);
    for (size_t i = 0; i < 32; i++)
        ASSERT_INT(l.at[i].line, (31 - i) ^ 2);
    for (size_t i = 0; i < 32; i++)
        ASSERT_INT(l.at[i].life.symbol, i / 16);
    struct life_row again = l.at[20];
    again.path = "three", again.line = 77;
    lives_add(&l, &again);
    ASSERT_INT(lives_sort(&l, &err), -1);
    ASSERT_INT(err.fault, FAULT_DATA);
    ASSERT(strstr(err.msg, "'three', line 77") != NULL);
    ASSERT(strstr(err.msg, "'one', line 9") != NULL);
    lives_release(&l);
}

/* Every run has the random walk: the same lives of it count once, others are
 * refused like those of candles. */
static void the_walk_is_taken_once(void)
{
    struct lives l = { 0 };
    struct error err = { FAULT_NONE, "" };
    struct life_row row = row_of(0, 1);
    row.life.symbol = lives_symbol(&l, BACKTEST_WALK);
    lives_add(&l, &row);
    row.path = "two", row.line = 2;
    lives_add(&l, &row);
    row.life.start_ms++;
    lives_add(&l, &row);
    ASSERT_INT(lives_sort(&l, &err), 0);
    ASSERT_INT(l.count, 2);
    ASSERT_INT(l.at[1].life.start_ms, l.at[0].life.start_ms + 1);
    row.life.end_equity += 1e-9;
    lives_add(&l, &row);
    ASSERT_INT(lives_sort(&l, &err), -1);
    ASSERT(strstr(err.msg, "once more") != NULL);
    lives_release(&l);
}

/* However many there are; one that is not known is none of them. */
static void widths_are_told_in_order(void)
{
    struct lives l = { 0 };
    double *found;
    for (int i = 0; i < 99; i++) {
        struct life_row row = row_of(0, i);
        row.life.half_width_atr = i % 33 == 7 ? NO_VALUE : 40 - i % 33;
        lives_add(&l, &row);
    }
    ASSERT_INT(backtest_widths(&l, &found), 32);
    for (int i = 0; i < 32; i++)
        ASSERT(found[i] == (i < 25 ? 8 + i : 9 + i));
    free(found);
    lives_release(&l);
}

void backtest_lives_test(void)
{
    TEST_SUITE("cli/backtest lives");
    TEST(they_read_back);
    TEST(what_is_no_life_is_refused);
    TEST(a_file_that_is_not_whole_is_refused);
    TEST(they_are_sorted);
    TEST(the_walk_is_taken_once);
    TEST(widths_are_told_in_order);
}
