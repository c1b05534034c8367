/* run/run_id.h - the name of one run in every document that it writes. */
#ifndef RUN_RUN_ID_H
#define RUN_RUN_ID_H

#include <stdint.h>

#include "record/document.h"

/* "20210519T020010Z-1a2b3c4d": the time, and enough of the process to tell two
 * runs of one second apart. */
void run_id_make(int64_t at_ms, char out[RECORD_RUN_ID_MAX]);

#endif
