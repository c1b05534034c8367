#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "market/bar_csv.h"
#include "sim/options.h"
#include "sim/server.h"
#include "sim/sim.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

/* Exit codes, as of the program it is made for. */
enum { CODE_USAGE = 64, CODE_DATA = 65, CODE_IO = 74 };

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal };
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

static int complain(const struct error *err)
{
    fprintf(stderr, "gridwatch-sim: %s\n", err->msg);
    if (err->fault == FAULT_USAGE) {
        fputs("gridwatch-sim: try 'gridwatch-sim help'\n", stderr);
        return CODE_USAGE;
    }
    return err->fault == FAULT_DATA || err->fault == FAULT_MISSING ? CODE_DATA
                                                                   : CODE_IO;
}

static int announce(const struct sim_server *server, const char *port_file,
                    struct error *err)
{
    struct text port = TEXT_INIT(16);
    int rc = text_printf(&port, "%u\n", (unsigned)sim_server_port(server));

    if (!rc && port_file)
        rc = text_write_file(&port, port_file, err);
    if (!rc) {
        printf("ready on http://127.0.0.1:%s", text_str(&port));
        fflush(stdout);
    }
    text_release(&port);
    return rc;
}

/* What moved walks are going to do, for who lays grids into them. */
static void foretell(const struct sim_market *m)
{
    char falls[MOMENT_TEXT], ends[MOMENT_TEXT];

    for (size_t i = 0; i < m->count; i++) {
        const struct sim_book *b = &m->books[i];
        if (!b->minutes)
            continue;
        moment_format(b->falls_ms, falls);
        moment_format(sim_book_ends_ms(b), ends);
        if (b->falls_ms)
            printf("%s falls through %d about %s and goes on until %s\n",
                   b->symbol, SIM_WALK_LOWER, falls, ends);
        else
            printf("%s is quiet until %s\n", b->symbol, ends);
    }
    fflush(stdout);
}

static int serve(struct sim *world, const struct sim_serve_options *o,
                 struct error *err)
{
    struct sim_server *server = NULL;
    int rc = 0;

    world->pushover.token = o->token;
    world->pushover.user = o->user;
    world->pushover.attachments.dir = o->attachments;
    world->pushover.attachments.most = o->attachment_max;
    world->clock.running = o->running;
    sim_clock_set(&world->clock,
                  o->now_ms == MOMENT_NONE ? clock_wall_ms() : o->now_ms,
                  clock_monotonic_ms());
    if (o->received)
        rc = sim_received_open(&world->received, o->received, err);
    if (!rc && !(server = sim_server_open(world, o->port, err)))
        rc = -1;
    if (!rc)
        rc = announce(server, o->port_file, err);
    if (!rc)
        foretell(&o->market);
    if (!rc)
        rc = sim_server_run(server, &stop, err);
    sim_server_close(server);
    return rc;
}

static int run_serve(int argc, char *const *argv)
{
    struct error err = { 0 };
    struct sim_serve_options options;
    struct sim world = { 0 };

    catch_signals();
    int rc = sim_serve_options(argc, argv, clock_wall_ms(), &options, &err);
    world.market = options.market;
    if (!rc)
        rc = serve(&world, &options, &err);
    sim_release(&world);
    return rc ? complain(&err) : 0;
}

static void print_script(const struct sim_walk *walk)
{
    struct sim_milestone m;
    char at[MOMENT_TEXT];

    for (size_t i = 0; sim_walk_milestone(walk, i, &m); i++) {
        moment_format(m.at_ms, at);
        printf("%s %.0f %s\n", at, m.price, m.meaning);
    }
}

static void print_bars(const struct sim_walk *walk)
{
    char line[BAR_CSV_TEXT];
    struct bar *bars = xcalloc(SIM_WALK_BARS, sizeof(*bars));

    sim_walk_bars(walk, bars);
    puts(BAR_CSV_HEADER);
    for (size_t i = 0; i < SIM_WALK_BARS; i++) {
        bar_csv_format(&bars[i], line);
        puts(line);
    }
    free(bars);
}

/* The bars, or what each hour was in truth. */
static void print_regimes(const struct sim_regimes_plan *plan, bool truth)
{
    char line[BAR_CSV_TEXT];
    struct bar bars[SIM_BARS_PER_HOUR];
    struct sim_regimes r;

    sim_regimes_init(&r, plan->seed);
    puts(truth ? "time,regime" : BAR_CSV_HEADER);
    for (int32_t hour = 0; hour < plan->hours; hour++) {
        enum sim_regime regime = sim_regimes_hour(&r, bars);
        if (truth) {
            printf("%lld,%s\n", (long long)(bars[0].open_ms / 1000),
                   sim_regime_name(regime));
            continue;
        }
        for (int i = 0; i < SIM_BARS_PER_HOUR; i++) {
            bar_csv_format(&bars[i], line);
            puts(line);
        }
    }
}

static int run_bars(int argc, char *const *argv)
{
    struct error err = { 0 };
    struct sim_bars_options o;

    if (sim_bars_options(argc, argv, &o, &err))
        return complain(&err);
    if (o.script)
        print_script(&o.walk);
    else if (o.regimes.hours)
        print_regimes(&o.regimes, o.truth);
    else
        print_bars(&o.walk);
    if (fflush(stdout) || ferror(stdout)) {
        error_set(&err, FAULT_IO, "stdout cannot be written");
        return complain(&err);
    }
    return 0;
}

static int run_help(int argc, char *const *argv)
{
    (void)argc;
    (void)argv;
    fputs(
        "gridwatch-sim - KuCoin's spot market and the receivers on 127.0.0.1\n"
        "\n"
        "usage: gridwatch-sim serve (--data SYMBOL=FILE | --walk "
        "SYMBOL=SEED)...\n"
        "                           (--now TIME | --break-at now) [options]\n"
        "       gridwatch-sim bars --walk SEED [--script]\n"
        "       gridwatch-sim bars --regimes SEED[:HOURS] [--truth]\n"
        "       gridwatch-sim help\n"
        "\n"
        "serve\n"
        "  --data SYMBOL=FILE  15m bars: " BAR_CSV_HEADER "\n"
        "                      (plain, or zstd when the name ends in .zst)\n"
        "  --walk SYMBOL=SEED  bars made from a seed; SEED:quiet without "
        "drama\n"
        "  --now TIME          the clock, such as 2026-02-10T12:00:00Z\n"
        "  --clock fixed|real  only set by PUT /sim/clock (default), or "
        "running\n"
        "  --break-at WHEN     moves the walks: their price falls through "
        "56400 "
        "then,\n"
        "                      and goes on for months by the machine's clock.\n"
        "                      WHEN: now or a time; who starts it again with "
        "the\n"
        "                      time that it printed has the same market\n"
        "  --port PORT         default 0: a free one\n"
        "  --port-file FILE    where the port is written once it is ready\n"
        "  --received FILE     what the receivers got, one JSON object a line\n"
        "  --token T --user U  the only Pushover keys that are good\n"
        "  --attachments DIR   where the pictures of messages are written\n"
        "  --attachment-max N  bytes of a picture that are taken\n"
        "bars\n"
        "  --walk SEED         prints the bars of a seed\n"
        "  --script            prints the script's milestones instead\n"
        "  --regimes SEED      prints a market that switches between regimes;\n"
        "                      SEED:HOURS for more or less than 1600 hours\n"
        "  --truth             prints the regime of each hour instead\n"
        "\n"
        "control, while it serves: GET and PUT /sim/clock, PUT and DELETE\n"
        "/sim/fault, PUT /sim/acknowledge, GET /sim/stats; an account with\n"
        "PUT /sim/account, PUT /sim/bot, DELETE /sim/bot/ID, GET "
        "/sim/ledger?bot=ID\n"
        "\n"
        "example: gridwatch-sim serve --walk BTC-USDT=1 --port-file sim.port "
        "\\\n"
        "             --now 2026-02-10T12:00:20Z --received received.jsonl\n",
        stdout);
    return 0;
}

// clang-format off
static const struct command {
    const char *name;
    int (*run)(int argc, char *const *argv);
} commands[] = {
    { "serve",  run_serve },
    { "bars",   run_bars },
    { "help",   run_help },
    { "--help", run_help },
};
// clang-format on

int main(int argc, char **argv)
{
    struct error err;
    const char *name = argc > 1 ? argv[1] : "";

    if (argc > 2 && strcmp(argv[2], "--help") == 0)
        name = "help";
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    error_set(&err, FAULT_USAGE, "unknown command '%s'", name);
    return complain(&err);
}
