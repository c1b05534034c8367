#include "replay/open_document.h"

#include "base/moment.h"

static int open_at(struct store *store, enum record_kind kind, const char *path,
                   bool ever, void *out, struct error *err)
{
    struct record_place place = record_place_of(path);
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    char why[COMPLAINT_TEXT];
    int rc = store_read(store, path, &data, err);
    if (rc && ever && err->fault == FAULT_MISSING &&
        place.time_ms != MOMENT_NONE)
        rc = store_read_past(store, path, place.time_ms, &data, err);
    if (!rc &&
        document_parse(kind, text_str(&data), data.len, out, &complaints)) {
        complaint_format(&complaints.list[0], why);
        rc = error_set(err, FAULT_DATA, "'%s': %s", path, why);
    }
    text_release(&data);
    return rc;
}

int open_document(struct store *store, enum record_kind kind, const char *path,
                  void *out, struct error *err)
{
    return open_at(store, kind, path, false, out, err);
}

int open_document_ever(struct store *store, enum record_kind kind,
                       const char *path, void *out, struct error *err)
{
    return open_at(store, kind, path, true, out, err);
}

int open_grid_blob(struct store *store, const char *blob, struct grid *out,
                   struct error *err)
{
    struct text data = TEXT_INIT(RECORD_BYTES_MAX);
    struct complaints complaints = { 0 };
    int rc = store_read_blob(store, blob, &data, err);

    if (!rc && document_parse(RECORD_GRID, text_str(&data), data.len, out,
                              &complaints))
        rc = error_set(err, FAULT_DATA, "it is not valid");
    text_release(&data);
    return rc ? error_wrap(err, "grid file %.12s", blob) : 0;
}
