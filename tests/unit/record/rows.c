#include "record/rows.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

void golden_with(enum record_kind kind, const char *from, const char *to,
                 struct text *out)
{
    struct text good = TEXT_INIT(1 << 16);
    char file[32];
    snprintf(file, sizeof(file), "%s.yaml", record_kind_name(kind));
    if (sample_golden(file, &good)) {
        const char *at = strstr(text_str(&good), from);
        if (!at) {
            ASSERT_STR("is not in the golden", from);
        } else {
            text_append(out, good.data, (size_t)(at - good.data));
            text_puts(out, to);
            text_puts(out, at + strlen(from));
        }
    }
    text_release(&good);
}

void holds(const struct row *row)
{
    struct text text = TEXT_INIT(1 << 16);
    struct complaints c = { 0 };
    char first[COMPLAINT_TEXT];
    union sample doc;
    golden_with(row->kind, row->from, row->to, &text);
    document_parse(row->kind, text_str(&text), text.len, &doc, &c);
    first_complaint(&c, first);
    if (!*row->path) {
        ASSERT_STR(first, "");
    } else {
        ASSERT_STR(c.count ? c.list[0].path : row->to, row->path);
        if (!strstr(first, row->what))
            ASSERT_STR(first, row->what);
        ASSERT(c.count > 0 && c.list[0].line > 0);
    }
    text_release(&text);
}
