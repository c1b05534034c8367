#include "sim/attachment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

// clang-format off
static const struct {
    const char *type, *ending;
    const char *magic; /* its first bytes */
    size_t magic_len;
} types[] = {
    { "image/png",  "png", "\x89PNG\r\n\x1a\n", 8 },
    { "image/jpeg", "jpg", "\xff\xd8\xff",      3 },
    { "image/gif",  "gif", "GIF8",              4 },
};
// clang-format on

/* The six bits of a letter, or -1. */
static int bits_of(char c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
                                  "mnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

/* The bytes, to be freed, or NULL when these are no letters of RFC 4648. */
static unsigned char *decode(const char *s, size_t *len)
{
    size_t n = strlen(s), pad = 0;
    unsigned char *out = xcalloc(n / 4 * 3 + 1, 1);
    uint32_t held = 0;

    *len = 0;
    while (pad < 2 && n > pad && s[n - 1 - pad] == '=')
        pad++;
    for (size_t i = 0; i < n - pad; i++) {
        int bits = bits_of(s[i]);
        if (bits < 0 || n % 4) {
            free(out);
            return NULL;
        }
        held = held << 6 | (uint32_t)bits;
        if (i % 4)
            out[(*len)++] = (unsigned char)(held >> (6 - i % 4 * 2) & 255);
    }
    return out;
}

/* Its place in the table, or ARRAY_LEN(). */
static size_t type_of(const struct sim_fields *f)
{
    const char *type = sim_fields_get(f, "attachment_type");
    size_t i = 0;
    while (i < ARRAY_LEN(types) && (!type || strcmp(types[i].type, type) != 0))
        i++;
    return i;
}

static const char *flaw_of(const unsigned char *bytes, size_t len, size_t type)
{
    if (!bytes || len == 0)
        return "is not base64";
    if (len < types[type].magic_len ||
        memcmp(bytes, types[type].magic, types[type].magic_len) != 0)
        return "is not of its type";
    return NULL;
}

const char *sim_attachment_flaw(const struct sim_attachments *a,
                                const struct sim_fields *f, int *status)
{
    const char *letters = sim_fields_get(f, "attachment_base64");
    size_t type = type_of(f), len = 0;
    size_t most = (size_t)(a->most ? a->most : SIM_ATTACHMENT_MAX);

    *status = 400;
    if (!letters)
        return sim_fields_get(f, "attachment_type") ? "is missing" : NULL;
    if (type == ARRAY_LEN(types))
        return "is of no type that is taken";
    unsigned char *bytes = decode(letters, &len);
    const char *flaw = flaw_of(bytes, len, type);
    if (!flaw && len > most) {
        flaw = "is too large";
        *status = 413;
    }
    free(bytes);
    return flaw;
}

static int write_file(struct sim_attachments *a, struct sim_fields *f,
                      const unsigned char *bytes, size_t len, struct error *err)
{
    struct text path = TEXT_INIT(4096), data = TEXT_INIT(SIM_ATTACHMENT_MAX);
    char name[40];
    snprintf(name, sizeof(name), "picture-%u.%s", (unsigned)++a->written,
             types[type_of(f)].ending);
    int rc = text_printf(&path, "%s/%s", a->dir, name) ||
                     text_append(&data, bytes, len)
                 ? error_set(err, FAULT_IO, "an attachment is too long")
                 : text_write_file(&data, text_str(&path), err);
    text_release(&path);
    text_release(&data);
    return rc || sim_fields_set(f, "attachment", name) ? -1 : 0;
}

int sim_attachment_keep(struct sim_attachments *a, struct sim_fields *f,
                        bool accepted, struct error *err)
{
    const char *letters = sim_fields_get(f, "attachment_base64");
    char said[40];
    size_t len = 0;
    int rc = 0;

    if (!letters)
        return 0;
    unsigned char *bytes = decode(letters, &len);
    if (accepted && bytes && a->dir && type_of(f) < ARRAY_LEN(types))
        rc = write_file(a, f, bytes, len, err);
    snprintf(said, sizeof(said), "(%zu bytes)", len);
    free(bytes);
    return sim_fields_set(f, "attachment_base64", said) || rc ? -1 : 0;
}
