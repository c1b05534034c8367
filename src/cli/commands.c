#include <string.h>

#include "base/array.h"
#include "cli/command.h"

// clang-format off
const struct arg_option shared_options[SHARED_COUNT] = {
    [SHARED_CONFIG]      = { "config",      'c',  "FILE", "service configuration (config/gridwatch.yaml)" },
    [SHARED_EXIT_CONFIG] = { "exit-config", '\0', "FILE", "exit strategy (exit_strategy_config.yaml beside it)" },
    [SHARED_JSON]        = { "json",        '\0', NULL,   "print JSON with stable keys" },
    [SHARED_AT]          = { "at",          '\0', "TIME", "act as if it were that slot, RFC 3339" },
    [SHARED_DRY_RUN]     = { "dry-run",     'n',  NULL,   "commit nothing, send nothing" },
    [SHARED_QUIET]       = { "quiet",       'q',  NULL,   "log errors only" },
    [SHARED_VERBOSE]     = { "verbose",     'v',  NULL,   "log details" },
    [SHARED_HELP]        = { "help",        'h',  NULL,   "how this is used" },
    [SHARED_VERSION]     = { "version",     '\0', NULL,   "as the command 'version'" },
};

static const struct arg_option run_cmd_options[] = {
    { "metrics", '\0', NULL, "print its figures for Prometheus instead" },
    { "look",    '\0', NULL, "between two slots: only the last price, of grids in LATEST_ACCEPTABLE_EXIT, against stop and bounds" },
};

static const struct arg_option grid_options[] = {
    { "symbol",      '\0', "BASE-QUOTE", "as the exchange calls it" },
    { "market",      '\0', "spot|futures", "spot unless said" },
    { "side",        '\0', "long|short|neutral", "long unless said" },
    { "lower",       '\0', "PRICE", "lower bound of the range" },
    { "upper",       '\0', "PRICE", "upper bound of the range" },
    { "stop",        '\0', "PRICE", "stop below (short: above) the range; change: or none" },
    { "levels",      '\0', "N", "steps between the bounds, one line more" },
    { "spacing",     '\0', "arithmetic|geometric", "of the lines" },
    { "capital",     '\0', "AMOUNT", "in the quote currency" },
    { "start-price", '\0', "PRICE", "the market's when it was started; the model of its position needs it" },
    { "account",     '\0', "main|robot|NAME", "where its money lies; robot: the only sub-account of a bot" },
    { "note",        '\0', "TEXT", "kept in the history" },
    { "kappa",       '\0', "K", "propose: half-width in ATR(4h), 4 to 6" },
    { "by",          '\0', "NAME", "who did it; who is logged in unless said" },
};

static const struct arg_option ack_options[] = {
    { "note", '\0', "TEXT", "kept in the history" },
    { "by",   '\0', "NAME", "who did it; who is logged in unless said" },
};

static const struct arg_option snooze_options[] = {
    { "until", '\0', "TIME", "instead of a span: RFC 3339" },
    { "note",  '\0', "TEXT", "kept in the history" },
    { "by",    '\0', "NAME", "who did it; who is logged in unless said" },
};

static const struct arg_option log_options[] = {
    { "since", '\0', "TIME", "from then on; or a span back, such as 12h or 7d" },
    { "until", '\0', "TIME", "up to then, not included; or a span back" },
    { "kind",  '\0', "K,...", "transition, message, delivery, operator, fault, revision, look, config" },
    { "lines", 'n',  "N", "the last N (no --dry-run here); 50 unless --since is given" },
};

static const struct arg_option export_options[] = {
    { "format", '\0', "csv|jsonl", "csv unless said" },
    { "what",   '\0', "exits|metrics", "of a grid its exits unless said; of a symbol its metrics" },
    { "since",  '\0', "TIME", "first slot; or a span back, such as 12h or 7d" },
    { "until",  '\0', "TIME", "up to that slot, not included; or a span back" },
};

static const struct arg_option config_cmd_options[] = {
    { "sample",   '\0', "gridwatch|exit|watchdog", "list: the commented file with all defaults" },
    { "markdown", '\0', NULL, "list: the reference, as docs/config.md" },
};

static const struct arg_option replay_options[] = {
    { "profile",     '\0', "calibrated|seed", "instead of the configured one" },
    { "evaluations", '\0', "FILE", "every verdict as the job would have recorded it" },
};

static const struct arg_option whatif_options[] = {
    { "since", '\0', "TIME", "slots from then on; or a span back, such as 12h or 7d" },
    { "until", '\0', "TIME", "up to that slot, not included; or a span back" },
};

static const struct arg_option kpi_options[] = {
    { "since", '\0', "TIME", "grids that started, and messages, from then on; or a span back, such as 12h or 7d" },
    { "until", '\0', "TIME", "up to then, not included; or a span back" },
};

static const struct arg_option backtest_options[] = {
    { "data",       '\0', "DIR", "of candles: SYMBOL-EXCHANGE-15m[-YEAR].csv, or .csv.zst" },
    { "symbols",    '\0', "all|A,B", "files whose names begin so; all unless said" },
    { "profile",    '\0', "calibrated|seed", "instead of the configured one" },
    { "delay",      '\0', "0m|15m|60m|4h", "of the operator whose figures are told; 60m unless said" },
    { "half-width", '\0', "W,...", "of the ranges in ATR(4h), up to four; 4,6 unless said" },
    { "stop-atr",   '\0', "S", "ATR(4h) from a bound to its stop; 2 unless said" },
    { "side",       '\0', "long|neutral", "of the grids; long unless said" },
    { "from",       '\0', "DATE", "first day on which a grid starts" },
    { "until",      '\0', "DATE", "up to that day, not included" },
    { "threads",    '\0', "N", "symbols at a time; 1 unless said" },
    { "shard",      '\0', "I/N", "only every Nth file, from the Ith on" },
    { "lives",      '\0', "FILE", "every life as a line of CSV" },
    { "merge",      '\0', NULL, "of files that --lives wrote, instead of --data" },
    { "grids",       '\0', NULL, "the grids of files like grids/GRID.yaml instead of one a day" },
    { "evaluations", '\0', "FILE", "every verdict as the job would have recorded it" },
    { "walk",        '\0', "DAYS", "of the random walk that is told beside; 1461 unless said, 0: none" },
    { "tick",        '\0', "P", "lines are rounded to it, as at the exchange; not rounded unless said" },
    { "step",        '\0', "Q", "amounts of the base currency likewise, down" },
    { "design",     '\0', "cohort|lifecycle", "a grid a day whatever the gates say, or one after the other as they let them; cohort unless said" },
};

static const struct arg_option explain_options[] = {
    { "picture", '\0', "FILE.png", "the 48 h before the slot, drawn for a phone" },
    { "dark",    '\0', NULL, "light on dark" },
};

static const struct arg_option validate_options[] = {
    { "pre-commit",  '\0', NULL, "what is staged, as git's hook of that name" },
    { "pre-receive", '\0', NULL, "what is pushed, as git's hook of that name" },
    { "history",     '\0', NULL, "everything that ever stood there" },
};

static const struct arg_option init_options[] = {
    { "create-remote", '\0', NULL, "make the remote too when it is a local path" },
};

static const struct arg_option doctor_options[] = {
    { "send", '\0', NULL, "send one test message to each channel" },
};

static const struct arg_option notify_options[] = {
    { "test", '\0', NULL, "one test message to each channel" },
};

static const struct arg_option watchdog_options[] = {
    { "accept", '\0', NULL, "take the history that is there now as the good one" },
};

const struct command commands[] = {
    { "run", cmd_run, NEEDS_CONFIG, "", 0, 0,
      "evaluate every running grid once, record it, alert",
      "gridwatch run --config config/gridwatch.yaml", { run_cmd_options, ARRAY_LEN(run_cmd_options) } },
    { "daemon", cmd_daemon, NEEDS_CONFIG, "", 0, 0,
      "the same by a schedule, until it is told to end; /metrics, /healthz",
      "gridwatch daemon --config config/gridwatch.yaml", { NULL, 0 } },
    { "init", cmd_init, NEEDS_CONFIG, "", 0, 0,
      "make the data repository: README, schema, first commit",
      "gridwatch init --config config/gridwatch.yaml", { init_options, ARRAY_LEN(init_options) } },
    { "grid", cmd_grid, NEEDS_CONFIG, "list | show ID | create ID | start ID | pause ID | resume ID | change ID | stop ID | propose SYMBOL", 1, 2,
      "the grids that are watched",
      "gridwatch grid create btc-a --symbol BTC-USDT --lower 56400 --upper 63600 --stop 55500 --capital 10000 --levels 20 --spacing arithmetic --start-price 60000",
      { grid_options, ARRAY_LEN(grid_options) } },
    { "ack", cmd_ack, NEEDS_CONFIG, "[GRID]", 0, 1,
      "acknowledge what was last told of a grid, or of all",
      "gridwatch ack btc-a --note 'stopping it now'", { ack_options, ARRAY_LEN(ack_options) } },
    { "snooze", cmd_snooze, NEEDS_CONFIG, "GRID 90m|8h|2d|off", 1, 2,
      "tell nothing of a grid below MANDATORY_EXIT for so long",
      "gridwatch snooze btc-a 8h --note 'asleep'", { snooze_options, ARRAY_LEN(snooze_options) } },
    { "status", cmd_status, NEEDS_CONFIG, "", 0, 0,
      "every grid as the record knows it: state, since, pi, distances, money",
      "gridwatch status --json", { NULL, 0 } },
    { "explain", cmd_explain, NEEDS_CONFIG, "GRID [SLOT]", 1, 2,
      "why a grid is in its state, what would change it, what is normal",
      "gridwatch explain btc-a 2026-01-31T14:15Z --picture btc-a.png",
      { explain_options, ARRAY_LEN(explain_options) } },
    { "log", cmd_log, NEEDS_CONFIG, "[GRID]", 0, 1,
      "what happened, one line an event, newest last; times are UTC",
      "gridwatch log btc-a --since 24h --kind transition,message", { log_options, ARRAY_LEN(log_options) } },
    { "export", cmd_export, NEEDS_CONFIG, "GRID | SYMBOL", 1, 1,
      "the slots of a grid or a symbol as a table, one row each",
      "gridwatch export btc-a --since 7d > btc-a.csv", { export_options, ARRAY_LEN(export_options) } },
    { "validate", cmd_validate, NEEDS_CONFIG_TO_VALIDATE, "[REPOSITORY | CHECKOUT | FILE...]", 0, ARGS_MAX,
      "check every document against its schema",
      "gridwatch validate data.git", { validate_options, ARRAY_LEN(validate_options) } },
    { "verify", cmd_verify, NEEDS_CONFIG, "[REPOSITORY]", 0, 1,
      "compute the record anew from its own bars and compare",
      "gridwatch verify data.git", { NULL, 0 } },
    { "replay", cmd_replay, NEEDS_CONFIG, "GRID", 1, 1,
      "what another profile or configuration would have said of the record",
      "gridwatch replay btc-a --profile seed", { replay_options, ARRAY_LEN(replay_options) } },
    { "whatif", cmd_whatif, NEEDS_CONFIG, "[GRID]", 0, 1,
      "messages gained and lost on the record under the given configuration",
      "gridwatch whatif btc-a --exit-config new.yaml --since 30d", { whatif_options, ARRAY_LEN(whatif_options) } },
    { "kpi", cmd_kpi, NEEDS_CONFIG, "[GRID...]", 0, ARGS_MAX,
      "what the alerts of the record were worth, and how well it was served",
      "gridwatch kpi btc-a --since 90d --json", { kpi_options, ARRAY_LEN(kpi_options) } },
    { "notify", cmd_notify, NEEDS_CONFIG, "--test", 0, 0,
      "send a test message to each channel", "gridwatch notify --test", { notify_options, ARRAY_LEN(notify_options) } },
    { "doctor", cmd_doctor, NEEDS_NOTHING, "", 0, 0,
      "everything to check before going live, and figures to compare with the exchange's app",
      "gridwatch doctor --send", { doctor_options, ARRAY_LEN(doctor_options) } },
    { "watchdog", cmd_watchdog, NEEDS_NOTHING, "", 0, 0,
      "look at the record from elsewhere, and ring when it says that nobody watches",
      "gridwatch watchdog --config config/watchdog.yaml", { watchdog_options, ARRAY_LEN(watchdog_options) } },
    { "backtest", cmd_backtest, NEEDS_CONFIG, "[FILE...]", 0, ARGS_MAX,
      "what the alerts would have been worth: grids on recorded candles",
      "gridwatch backtest --data candles --symbols BTCUSDT --delay 60m",
      { backtest_options, ARRAY_LEN(backtest_options) } },
    { "config", cmd_config, NEEDS_NOTHING, "list | check | show", 1, 1,
      "the options there are; whether the files are right; what holds, and from where",
      "gridwatch config check --config config/gridwatch.yaml", { config_cmd_options, ARRAY_LEN(config_cmd_options) } },
    { "version", cmd_version, NEEDS_NOTHING, "", 0, 0,
      "version and revision", "gridwatch version --json", { NULL, 0 } },
    { "help", cmd_help, NEEDS_NOTHING, "[COMMAND [WORD]]", 0, 2,
      "this, or the help of a command", "gridwatch help run", { NULL, 0 } },
};
// clang-format on
const size_t command_count = ARRAY_LEN(commands);

const char *const commands_not_built[] = {
    "report",
    "dashboard",
    "fetch",
};
const size_t commands_not_built_count = ARRAY_LEN(commands_not_built);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}
