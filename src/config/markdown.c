/* docs/config.md: the option table, the checks and the secrets, for people. */
#include "config/checks.h"
#include "config/options.h"
#include "config/secrets.h"

static const char intro[] =
    "# Configuration\n"
    "\n"
    "This page is printed from the option table; a test fails when it is not\n"
    "up to date.\n"
    "\n"
    "Two files are the job's and a third is the watchdog's, which shares none "
    "of\n"
    "its values with them. Each has maps in maps: `exit.l_haz.enter` is the\n"
    "key `enter` in the map `l_haz` in the map `exit`. A key that is left out\n"
    "has its default, and an empty file is valid. A key that is not known, a\n"
    "key twice, a wrong type, a value out of range or a secret in a file is "
    "an\n"
    "error. All errors are told at once, with file, line and column, and the\n"
    "exit code is 78.\n"
    "\n"
    "`gridwatch config check` tells them without a run, and reads the "
    "calendar\n"
    "too. `gridwatch config show` prints what holds, and where each value was\n"
    "written; of a secret only whether it is set, and by which variable.\n"
    "`gridwatch config list --json` has the options of this page for "
    "programs.\n"
    "\n"
    "A duration is a whole number with `ms`, `s`, `m` or `h` behind it; a\n"
    "number alone is seconds. The length of a text is counted in bytes.\n";

static const char more_files[] =
    "\n"
    "## Limits of one grid alone\n"
    "\n"
    "Every key of `config/exit_strategy_config.yaml` can have a value of its\n"
    "own for one grid, in its file `grids/GRID.yaml` of the data repository.\n"
    "Range and checks are the same. What is not overridden follows the common\n"
    "file.\n"
    "\n"
    "```yaml\n"
    "overrides:\n"
    "  exit.l_haz.enter: 0.35\n"
    "  exit.l_haz.leave: 0.25\n"
    "  exit.gate: 0.35\n"
    "```\n"
    "\n"
    "## The calendar\n"
    "\n"
    "`outside.calendar_file` names a CSV file of events that are known\n"
    "beforehand. Times have `Z` or an offset; a window holds from `from` "
    "until\n"
    "before `to`; a name with a comma stands in double quotes; empty lines "
    "and\n"
    "lines that begin with `#` are passed over. A file that cannot be read in\n"
    "full makes W_EVENT unknown, and the run says what is wrong.\n"
    "\n"
    "```csv\n"
    "from,to,name\n"
    "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,rate decision\n"
    "2026-04-10T12:00:00Z,2026-04-10T14:00:00Z,\"prices, United States\"\n"
    "```\n"
    "\n"
    "## The external signal\n"
    "\n"
    "A JSON object in a file or at an address. `value` is any finite number,\n"
    "`time` says when it was computed, and after `half_life_s` seconds half "
    "of\n"
    "it is left (`null`: it never fades). All three must be there. The "
    "address\n"
    "must answer with status 200; redirects are not followed. A signal that\n"
    "cannot be read, or is more than a minute ahead, makes W_SIGNAL unknown.\n"
    "Whoever writes the file should write a new one and rename it over.\n"
    "\n"
    "```json\n"
    "{\"value\": 0.7, \"time\": \"2026-03-18T17:45:00Z\", "
    "\"half_life_s\": 3600}\n"
    "```\n";

static const char remotes[] =
    "\n"
    "## The remote\n"
    "\n"
    "`repository.remote` is where commits are pushed to and fetched from. "
    "What\n"
    "is wrong with it never stops an alert: the push is owed, the next run\n"
    "pushes. A server that does not answer costs `repository.push_budget`, no\n"
    "more.\n"
    "\n"
    "| address | login | who the other side is |\n"
    "|---|---|---|\n"
    "| `https://host/path` | `GIT_TOKEN`, and `repository.http_login` if the "
    "server looks at it | a certificate for that name (an IP address will not "
    "do), signed by one of the system's list or of `repository.ca_file` |\n"
    "| `ssh://git@host:22/path` | `GIT_SSH_KEY_FILE`, an ed25519 or ECDSA key; "
    "a passphrase in `GIT_SSH_PASSPHRASE` | a host key named in "
    "`repository.ssh_host_keys`, or else by `~/.ssh/known_hosts` |\n"
    "| a path, `file:///path` | none | the owner of the files must be the "
    "user who runs gridwatch; hooks of such a remote do not run |\n"
    "| `http://localhost/path` | as with https | this machine only |\n"
    "\n"
    "A server may have several host keys, and shows one of them: name all.\n"
    "\n"
    "```sh\n"
    "ssh-keyscan host | ssh-keygen -l -f -    # then ask who runs the host\n"
    "```\n";

static const char secrets_intro[] =
    "\n"
    "## Secrets\n"
    "\n"
    "Secrets come from the environment, never from a file of the\n"
    "configuration. Each variable has a twin with `_FILE` behind its name: "
    "the\n"
    "path of a file that holds the secret. A line break at the end does not\n"
    "count. Both at once, or an empty secret, is an error; a file that others\n"
    "can read is a warning. Secrets are never written anywhere.\n"
    "\n"
    "A key of the exchange needs all three of its secrets. It is asked first\n"
    "what it may do: one that may trade, transfer or withdraw is not used,\n"
    "unless `exchange.allow_trading_key` says so.\n"
    "\n"
    "| variable | or | what |\n"
    "|---|---|---|\n";

static const char checks_intro[] = "\n"
                                   "## Checks between options\n"
                                   "\n"
                                   "| check | rule |\n"
                                   "|---|---|\n";

static const char hash_intro[] =
    "\n"
    "## The hash of the configuration\n"
    "\n"
    "The hash that documents name is FNV-1a (32 bit) over one line\n"
    "`key=value` for each option of the job's two files, in the order of this\n"
    "page.\n"
    "Defaults count as if they were written, `1h` and `3600` are the same, "
    "and\n"
    "secrets do not count.\n";

static int put_option(struct text *out, const struct config_option *o)
{
    char range[OPTION_RANGE];
    bool quoted = o->type >= OPTION_STRING;
    option_range(o, range);
    return text_printf(out, "| `%s` | %s | `%s%s%s` | %s | %s |\n", o->key,
                       option_type_name(o->type), quoted ? "\"" : "", o->preset,
                       quoted ? "\"" : "", range, o->help);
}

static int put_section(struct text *out, const struct config_section *s)
{
    int rc = text_printf(out,
                         "\n### %s\n\n%s\n\n"
                         "| key | type | default | range | meaning |\n"
                         "|---|---|---|---|---|\n",
                         s->key, s->help);
    const struct config_option *o;
    for (size_t i = 0; !rc && (o = option_at(i)); i++)
        if (section_holds(s, o))
            rc = put_option(out, o);
    return rc;
}

static int put_file(struct text *out, enum config_file file)
{
    int rc = text_printf(out, "\n## %s\n", config_file_path(file));
    const struct config_section *s;
    for (size_t i = 0; !rc && (s = section_at(i)); i++)
        if (s->file == file)
            rc = put_section(out, s);
    return rc;
}

static int put_secrets(struct text *out)
{
    int rc = text_puts(out, secrets_intro);
    for (size_t i = 0; i < secret_row_count + watchdog_secret_count && !rc; i++)
        rc = text_printf(out, "| `%s` | `%s_FILE` | %s |\n",
                         secret_rows[i].variable, secret_rows[i].variable,
                         secret_rows[i].help);
    return rc;
}

static int put_checks(struct text *out)
{
    int rc = text_puts(out, checks_intro);
    for (size_t i = 0; i < config_check_count && !rc; i++)
        rc = text_printf(out, "| %s | %s |\n", config_checks[i].name,
                         config_checks[i].rule);
    return rc;
}

int config_print_markdown(struct text *out)
{
    int rc = text_puts(out, intro);
    for (int f = 0; f < CONFIG_FILE_COUNT && !rc; f++)
        rc = put_file(out, (enum config_file)f);
    return rc || text_puts(out, more_files) || text_puts(out, remotes) ||
                   put_secrets(out) || put_checks(out) ||
                   text_puts(out, hash_intro)
               ? -1
               : 0;
}
