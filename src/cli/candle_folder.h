/* cli/candle_folder.h - a folder of recorded candles.
 *
 * Files are named SYMBOL-EXCHANGE-15m[-YEAR].csv, or .csv.zst: a header, then
 * time,open,high,low,close,volume (market/bar_csv.h).
 */
#ifndef CLI_CANDLE_FOLDER_H
#define CLI_CANDLE_FOLDER_H

#include "base/error.h"
#include "market/series.h"

#define CANDLES_NAME 64

struct candle_file {
    char name[CANDLES_NAME]; /* "ADAUSDT-BINANCE-15m" */
    char path[4096];
};

struct candle_files {
    size_t count;
    struct candle_file *list; /* owned; sorted by name */
};

/* Those of `dir` that `symbols` names: "all", or names with commas between,
 * each the whole name or its beginning up to a dash. FAULT_MISSING when a name
 * has no file, or no file is there; FAULT_DATA when two files have one name,
 * or one has a name that no table could hold. */
int candle_files_find(const char *dir, const char *symbols,
                      struct candle_files *out, struct error *err);
/* One more, behind them all, without a path: its candles are no file. */
void candle_files_name(struct candle_files *f, const char *name);
void candle_files_release(struct candle_files *f);

/* The bars of a file; 1h and 4h are made of them. A row without volume is
 * absent, and a tick that the next bar denies is none. FAULT_DATA with the
 * line where a row, or a zero byte, is none. */
struct candles {
    size_t count[TF_COUNT];
    struct bar *bars[TF_COUNT]; /* owned */
};
int candles_load(const char *path, struct candles *out, struct error *err);
/* The same of bars that are already sound; they are the candles' from now on.
 */
void candles_take(struct bar *bars, size_t count, struct candles *out);
void candles_series(const struct candles *c, struct series out[TF_COUNT]);
void candles_release(struct candles *c);

#endif
