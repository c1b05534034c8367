/* config/origins.h - a configuration together with where each of its values
 * comes from: for whoever shows or checks it. A run needs config_load() only.
 */
#ifndef CONFIG_ORIGINS_H
#define CONFIG_ORIGINS_H

#include "config/options.h"
#include "config/secrets.h"

/* Where an option was written, so that the checks can point at it. */
struct option_seen {
    int line, column; /* 0: not written, the default holds */
    bool wrong;       /* its problem is already told */
};

enum secret_origin {
    SECRET_NOT_SET,
    SECRET_IN_VARIABLE, /* NAME */
    SECRET_IN_FILE      /* the file that NAME_FILE names */
};

struct config_origins {
    struct config_file_origin {
        const char *path; /* for messages; borrowed */
        bool there;       /* false: absent, all of its options are defaults */
        size_t errors;
    } file[CONFIG_FILE_COUNT];
    struct option_seen option[CONFIG_OPTIONS_MAX]; /* by row of the table */
    enum secret_origin secret[SECRETS_MAX];        /* by row of the table */
    size_t secret_errors;
};

/* As config_load(), and says where it found what. The paths are borrowed from
 * the sources. */
int config_load_origins(const struct config_sources *sources,
                        struct config *out, struct problems *p,
                        struct config_origins *from);

/* The options of that file, and those of them that are written in it. */
size_t origins_options(enum config_file file);
size_t origins_written(const struct config_origins *from,
                       enum config_file file);

/* The secret that is set and goes before the option, or NULL: what stands in
 * the file is not used then. */
const struct secret_row *origins_instead(const struct config_origins *from,
                                         const struct config_option *o);

#endif
