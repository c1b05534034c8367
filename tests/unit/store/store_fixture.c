#include "store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "test.h"

void place_init(struct place *p)
{
    const char *tmp = getenv("TMPDIR");
    *p = (struct place){ .err = { FAULT_NONE, "" } };
    snprintf(p->root, sizeof(p->root), "%s/gridwatch-store.XXXXXX",
             tmp && tmp[0] ? tmp : "/tmp");
    ASSERT_FATAL(mkdtemp(p->root) != NULL);
    snprintf(p->repo, sizeof(p->repo), "%s/data.git", p->root);
    snprintf(p->remote, sizeof(p->remote), "%s/remote.git", p->root);
    snprintf(p->other, sizeof(p->other), "%s/other.git", p->root);
}

static void drop_all(const char *path)
{
    char below[1200];
    struct stat st;
    if (lstat(path, &st))
        return;
    DIR *dir = S_ISDIR(st.st_mode) ? opendir(path) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof(below), "%.800s/%s", path, e->d_name);
        drop_all(below);
    }
    if (dir)
        closedir(dir);
    remove(path);
}

void place_release(struct place *p)
{
    drop_all(p->root);
}

struct store_options place_options(const char *repo, const char *remote)
{
    return (struct store_options){
        .path = repo,
        .remote = remote,
        .author_name = "Grid Watch",
        .author_email = "gridwatch@example.org",
    };
}

struct store *place_open(struct place *p, const char *repo, const char *remote)
{
    struct store *s = NULL;
    struct store_options o = place_options(repo, remote);
    o.clone_if_absent = remote != NULL;
    int rc = store_open(&o, &s, &p->err);
    ASSERT_STR(rc ? p->err.msg : "", "");
    ASSERT_FATAL(rc == 0);
    return s;
}

struct store *place_start(struct place *p, const char *remote)
{
    struct store_options o = place_options(p->repo, NULL);
    ASSERT_FATAL(store_create(&o, &p->err) == 0);
    return place_open(p, p->repo, remote);
}

enum fault place_put(struct place *p, struct store *s, const char *path,
                     const char *text, char *hex)
{
    char unused[STORE_ID_SIZE];
    struct store_change c = { path, text, text ? strlen(text) : 0, !text };
    struct store_batch b = { &c, 1, "one file", STORE_TEST_MS };
    int rc = store_commit(s, &b, hex ? hex : unused, &p->err);
    return rc ? p->err.fault : FAULT_NONE;
}

const char *place_read(struct place *p, struct store *s, const char *path,
                       struct text *out)
{
    text_clear(out);
    if (store_read(s, path, out, &p->err))
        text_clear(out);
    return text_str(out);
}

bool git_is_there(void)
{
    static const char *const places[] = { "/usr/bin/git", "/bin/git",
                                          "/usr/local/bin/git" };
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (access(places[i], X_OK) == 0)
            return true;
    test_skip("git's command line is not here to bear witness");
    return false;
}

static void become_git(const struct place *p, char *const *argv, int fd)
{
    int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    setenv("HOME", p->root, 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "Phone", 1);
    setenv("GIT_AUTHOR_EMAIL", "phone@example.org", 1);
    setenv("GIT_COMMITTER_NAME", "Phone", 1);
    setenv("GIT_COMMITTER_EMAIL", "phone@example.org", 1);
    execvp(argv[0], argv);
    _exit(127);
}

static int run_git(const struct place *p, struct text *out, char *const *argv)
{
    int fd[2], status = -1;
    char chunk[4096];
    fflush(stdout);
    ASSERT_FATAL(pipe(fd) == 0);
    pid_t pid = fork();
    if (pid == 0)
        become_git(p, argv, fd[1]);
    close(fd[1]);
    for (ssize_t got; (got = read(fd[0], chunk, sizeof(chunk))) > 0;)
        text_append(out, chunk, (size_t)got);
    close(fd[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int git(const struct place *p, struct text *out, const char *dir, ...)
{
    char name[] = "git", minus_c[] = "-C", where[400];
    char *argv[24] = { name, minus_c, where };
    size_t n = 3;
    va_list ap;
    snprintf(where, sizeof(where), "%s", dir);
    va_start(ap, dir);
    while (n + 1 < ARRAY_LEN(argv) && (argv[n] = va_arg(ap, char *)) != NULL)
        n++;
    va_end(ap);
    text_clear(out);
    int rc = run_git(p, out, argv);
    while (out->len && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    return rc;
}

bool git_finds_no_fault(const struct place *p, const char *dir)
{
    struct text out = TEXT_INIT(1 << 20);
    int rc =
        git(p, &out, dir, "fsck", "--strict", "--full", "--no-progress", NULL);
    bool good = rc == 0 && !strstr(text_str(&out), "error") &&
                !strstr(text_str(&out), "missing");
    if (!good)
        printf("    git fsck says %d: %s\n", rc, text_str(&out));
    text_release(&out);
    return good;
}

void file_write(const char *dir, const char *name, const char *text)
{
    char path[600];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    FILE *f = fopen(path, "we");
    ASSERT_FATAL(f != NULL);
    fputs(text, f);
    fclose(f);
}

void file_lock(const char *dir, const char *name, int64_t age_s)
{
    char path[4300];
    struct timespec now, times[2];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    ASSERT_FATAL(fd >= 0);
    clock_gettime(CLOCK_REALTIME, &now);
    times[0] = times[1] = (struct timespec){ .tv_sec = now.tv_sec - age_s };
    ASSERT_INT(futimens(fd, times), 0);
    close(fd);
}
