/* What nobody else may see, kept for as long as the store is open. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_internal.h"
#include "sys/xmalloc.h"

static char *copy(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

void store_login_copy(struct store_login *to, const struct store_login *from)
{
    *to = (struct store_login){ .http_user = copy(from->http_user),
                                .http_token = copy(from->http_token),
                                .ca_file = copy(from->ca_file),
                                .ssh_key = copy(from->ssh_key),
                                .ssh_passphrase = copy(from->ssh_passphrase),
                                .ssh_host_keys = copy(from->ssh_host_keys) };
}

/* Overwritten first: memory that is free is read by others now and then. */
static void drop_text(const char *text)
{
    char *own = (char *)(uintptr_t)text;
    if (own)
        explicit_bzero(own, strlen(own));
    free(own);
}

void store_login_drop(struct store_login *l)
{
    drop_text(l->http_user);
    drop_text(l->http_token);
    drop_text(l->ca_file);
    drop_text(l->ssh_key);
    drop_text(l->ssh_passphrase);
    drop_text(l->ssh_host_keys);
}
