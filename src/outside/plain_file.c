#include "outside/plain_file.h"

#include <sys/stat.h>

int plain_file_read(struct text *out, const char *path, struct error *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return error_set(err, FAULT_IO,
                         "file '%s': is not a plain file: name one", path);
    if (text_read_file(out, path, err) == 0)
        return 0;
    if (err->fault == FAULT_MISSING)
        return error_set(err, FAULT_MISSING,
                         "file '%s': does not exist: name one that does, or "
                         "none",
                         path);
    return -1;
}
