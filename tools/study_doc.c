#include "tools/study_doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DOC_BYTES_MAX ((size_t)1 << 20)
#define END_LINE      "<!-- end -->\n"

enum { STATUS_MISSED = 1, STATUS_IO = 74, STATUS_SKIPPED = 77 };

void study_say(struct text *t, const char *fmt, ...)
{
    char line[1024];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    text_printf(t, "%s\n", line);
}

const char *study_passed(bool ok)
{
    return ok ? "yes" : "**NO**";
}

int study_doc_write_part(const struct text *t, const char *path,
                         const char *part, struct error *err)
{
    char line[80];
    snprintf(line, sizeof(line), "<!-- figures%s%s -->\n", *part ? " " : "",
             part);
    struct text old = TEXT_INIT(DOC_BYTES_MAX), new = TEXT_INIT(DOC_BYTES_MAX);
    int rc = text_read_file(&old, path, err);
    const char *begin = strstr(text_str(&old), line);
    const char *end = begin ? strstr(begin, END_LINE) : NULL;

    if (!rc && !end)
        rc =
            error_set(err, FAULT_DATA, "file '%s': no place for figures", path);
    if (!rc) {
        const char *body = begin + strlen(line);
        rc = text_append(&new, text_str(&old),
                         (size_t)(body - text_str(&old))) ||
             text_append(&new, text_str(t), t->len) || text_puts(&new, end);
        rc = rc ? error_set(err, FAULT_IO, "file '%s': too long", path)
                : text_write_file(&new, path, err);
    }
    text_release(&old);
    text_release(&new);
    return rc;
}

int study_doc_write(const struct text *t, const char *path, struct error *err)
{
    return study_doc_write_part(t, path, "", err);
}

int study_args_read(struct study_args *out, int argc, char **argv,
                    struct error *err)
{
    int at = 1;

    *out = (struct study_args){ 0 };
    if (at < argc && strcmp(argv[at], "--doc") == 0) {
        if (at + 1 == argc)
            return error_set(err, FAULT_USAGE, "'--doc' needs a file");
        out->doc = argv[at + 1];
        at += 2;
    }
    if (at < argc && argv[at][0] == '-')
        return error_set(err, FAULT_USAGE, "'%s' is not known", argv[at]);
    out->files = argv + at;
    out->count = argc - at;
    return 0;
}

int study_end(const char *name, const struct study_args *args,
              const struct text *t, bool passed)
{
    struct error err;

    fputs(text_str(t), stdout);
    if (fflush(stdout) || ferror(stdout))
        return STATUS_IO;
    if (!passed)
        fprintf(stderr, "%s: a figure that must be met was MISSED\n", name);
    if (args->count == 0) {
        fprintf(stderr, "%s: SKIPPED the recorded part: no files given\n",
                name);
        return passed ? STATUS_SKIPPED : STATUS_MISSED;
    }
    if (args->doc && study_doc_write(t, args->doc, &err)) {
        fprintf(stderr, "%s: %s\n", name, err.msg);
        return STATUS_IO;
    }
    return passed ? 0 : STATUS_MISSED;
}
