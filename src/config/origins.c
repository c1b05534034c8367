#include "config/origins.h"

#include <string.h>

size_t origins_options(enum config_file file)
{
    const struct config_option *o;
    size_t n = 0;
    for (size_t i = 0; (o = option_at(i)); i++)
        n += o->file == file;
    return n;
}

size_t origins_written(const struct config_origins *from, enum config_file file)
{
    const struct config_option *o;
    size_t n = 0;
    for (size_t i = 0; (o = option_at(i)); i++)
        n += o->file == file && from->option[i].line > 0;
    return n;
}

const struct secret_row *origins_instead(const struct config_origins *from,
                                         const struct config_option *o)
{
    for (size_t i = 0; i < secret_row_count; i++) {
        const struct secret_row *row = &secret_rows[i];
        if (from->secret[i] != SECRET_NOT_SET && row->before &&
            strcmp(row->before, o->key) == 0)
            return row;
    }
    return NULL;
}
