# shellcheck shell=sh disable=SC2034
# servers.sh - read by tests/record/*.sh: git over http, https and ssh on
# loopback, each with its own port, ended by pid.
#
# Wants OUT, a directory of one's own. What is installed is used; else what
# './bootstrap servers' has unpacked below build/servers.
#
#   servers_have_http, servers_have_ssh   false when they are not there
#   http_start ROOT                sets HTTP_URL: basic auth, SERVER_USER and
#                                  SERVER_TOKEN, the repositories below ROOT
#   https_start ROOT               sets HTTPS_URL and CA_FILE_MADE
#   https_start_misnamed ROOT      the same, its certificate for another name
#   ssh_start ROOT                 sets SSH_URL (ssh://user@host:port/ROOT),
#                                  SSH_FINGERPRINT and SSH_KEY_MADE
#   ssh_new_host_key               another host key, on the same port
#   silent_start                   sets SILENT_PORT: accepts, says nothing
#   server_stop NAME               http, https, misnamed, ssh, silent
#   servers_stop                   all of them

SERVERS_ROOT=$PWD/build/servers
SERVER_USER=gridwatch SERVER_TOKEN=token-that-nobody-may-see
SERVER_PIDS='' SSHD_DIRECTORY=''

servers_path() {
    for at in "/usr/sbin/$1" "$SERVERS_ROOT/usr/sbin/$1"; do
        if [ -x "$at" ]; then
            echo "$at"
            return 0
        fi
    done
    return 1
}

servers_libraries() {
    for at in "$SERVERS_ROOT"/usr/lib/*-linux-gnu* "$SERVERS_ROOT"/lib/*-linux-gnu*
    do
        [ ! -d "$at" ] || printf '%s:' "$at"
    done
}

servers_modules() {
    for at in /usr/lib/lighttpd "$SERVERS_ROOT/usr/lib/lighttpd"; do
        if [ -e "$at/mod_openssl.so" ]; then
            echo "$at"
            return 0
        fi
    done
    return 1
}

git_backend() {
    echo "$(git --exec-path)/git-http-backend"
}

servers_have_http() {
    servers_path lighttpd > /dev/null && servers_modules > /dev/null &&
        [ -x "$(git_backend)" ]
}

servers_have_ssh() {
    servers_path sshd > /dev/null && command -v ssh-keygen > /dev/null
}

# Free when asked; nobody else here takes one by chance before it is used.
free_port() {
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# wait_for_port PORT: up to ten seconds
wait_for_port() {
    python3 - "$1" << 'END'
import socket, sys, time
for _ in range(200):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.05)
sys.exit(1)
END
}

# server_started NAME PID PORT
server_started() {
    SERVER_PIDS="$SERVER_PIDS $1=$2"
    wait_for_port "$3" && return 0
    echo "server '$1' does not answer" >&2
    cat "$OUT/$1.log" >&2
    return 1
}

server_stop() {
    for pair in $SERVER_PIDS; do
        [ "${pair%%=*}" = "$1" ] || continue
        kill "${pair#*=}" 2> /dev/null || true
        wait "${pair#*=}" 2> /dev/null || true
        SERVER_PIDS=$(echo "$SERVER_PIDS" | sed "s/ $pair//")
    done
}

servers_stop() {
    for pair in $SERVER_PIDS; do
        server_stop "${pair%%=*}"
    done
    [ -z "$SSHD_DIRECTORY" ] || rmdir "$SSHD_DIRECTORY" || true
    SSHD_DIRECTORY=
}

# lighttpd_start NAME ROOT PORT [CERTIFICATE]
lighttpd_start() {
    crypted=$(openssl passwd -apr1 "$SERVER_TOKEN")
    echo "$SERVER_USER:$crypted" > "$OUT/$1.users"
    cat > "$OUT/$1.conf" << END
server.document-root = "$2"
server.bind = "127.0.0.1"
server.port = $3
server.modules = ( "mod_auth", "mod_authn_file", "mod_alias", "mod_setenv",
                   "mod_cgi"${4:+, \"mod_openssl\"} )
auth.backend = "htpasswd"
auth.backend.htpasswd.userfile = "$OUT/$1.users"
auth.require = ( "/git" => ( "method" => "basic", "realm" => "git",
                             "require" => "valid-user" ) )
alias.url = ( "/git" => "$(git_backend)" )
\$HTTP["url"] =~ "^/git" {
    cgi.assign = ( "" => "" )
    setenv.set-environment = ( "GIT_PROJECT_ROOT" => "$2",
                               "GIT_HTTP_EXPORT_ALL" => "1",
                               "HOME" => "$OUT" )
}
END
    [ -z "${4:-}" ] || cat >> "$OUT/$1.conf" << END
ssl.engine = "enable"
ssl.pemfile = "$4"
END
    LD_LIBRARY_PATH=$(servers_libraries) "$(servers_path lighttpd)" -D \
        -m "$(servers_modules)" -f "$OUT/$1.conf" > "$OUT/$1.log" 2>&1 &
    server_started "$1" $! "$3"
}

http_start() {
    port=$(free_port)
    HTTP_URL=http://localhost:$port/git
    lighttpd_start http "$1" "$port"
}

# An authority of one's own, once.
make_authority() {
    CA_FILE_MADE=$OUT/authority.pem
    [ ! -e "$CA_FILE_MADE" ] || return 0
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -days 2 -subj "/CN=A test's authority" -keyout "$OUT/authority.key" \
        -out "$CA_FILE_MADE" > "$OUT/openssl.log" 2>&1
}

# make_certificate NAME DNS-NAME
make_certificate() {
    make_authority
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj "/CN=$2" -keyout "$OUT/$1.key" -out "$OUT/$1.csr" \
        > "$OUT/openssl.log" 2>&1
    echo "subjectAltName=DNS:$2" > "$OUT/$1.ext"
    openssl x509 -req -in "$OUT/$1.csr" -days 2 -CA "$CA_FILE_MADE" \
        -CAkey "$OUT/authority.key" -CAcreateserial -extfile "$OUT/$1.ext" \
        -out "$OUT/$1.crt" > "$OUT/openssl.log" 2>&1
    cat "$OUT/$1.crt" "$OUT/$1.key" > "$OUT/$1.pem"
}

https_start() {
    port=$(free_port)
    make_certificate https localhost
    HTTPS_URL=https://localhost:$port/git
    lighttpd_start https "$1" "$port" "$OUT/https.pem"
}

https_start_misnamed() {
    port=$(free_port)
    make_certificate misnamed elsewhere.example
    MISNAMED_URL=https://localhost:$port/git
    lighttpd_start misnamed "$1" "$port" "$OUT/misnamed.pem"
}

make_host_key() {
    rm -f "$OUT/host_key" "$OUT/host_key.pub"
    ssh-keygen -q -t ed25519 -N '' -f "$OUT/host_key"
    SSH_FINGERPRINT=$(ssh-keygen -l -f "$OUT/host_key.pub" | cut -d ' ' -f 2)
}

# Run by root, sshd wants a user of its own, whom its package would have made.
sshd_lent_user() {
    [ "$(id -u)" -eq 0 ] && ! getent passwd sshd > /dev/null || return 0
    for at in "$SERVERS_ROOT"/usr/lib/*/libnss_wrapper.so \
        /usr/lib/*/libnss_wrapper.so; do
        [ ! -e "$at" ] || echo "$at"
    done | head -n 1
}

sshd_start() {
    getent passwd > "$OUT/passwd"
    echo "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin" >> "$OUT/passwd"
    getent group > "$OUT/group"
    LD_LIBRARY_PATH=$(servers_libraries) LD_PRELOAD=$(sshd_lent_user) \
        NSS_WRAPPER_PASSWD=$OUT/passwd NSS_WRAPPER_GROUP=$OUT/group \
        "$(servers_path sshd)" -D -e -f "$OUT/sshd.conf" > "$OUT/ssh.log" 2>&1 &
    server_started ssh $! "$SSH_PORT"
}

# sshd wants its own empty directory, which only root can make.
ssh_start() {
    if [ ! -d /run/sshd ]; then
        mkdir /run/sshd || return 1
        SSHD_DIRECTORY=/run/sshd
    fi
    SSH_PORT=$(free_port)
    SSH_URL=ssh://$(id -un)@localhost:$SSH_PORT$1
    SSH_KEY_MADE=$OUT/client_key
    [ -e "$SSH_KEY_MADE" ] ||
        ssh-keygen -q -t ed25519 -N '' -f "$SSH_KEY_MADE"
    [ -e "$OUT/host_key" ] || make_host_key
    cp "$SSH_KEY_MADE.pub" "$OUT/authorized_keys"
    cat > "$OUT/sshd.conf" << END
ListenAddress 127.0.0.1
Port $SSH_PORT
HostKey $OUT/host_key
AuthorizedKeysFile $OUT/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
END
    sshd_start
}

ssh_new_host_key() {
    server_stop ssh
    make_host_key
    sshd_start
}

silent_start() {
    SILENT_PORT=$(free_port)
    python3 - "$SILENT_PORT" > "$OUT/silent.log" 2>&1 << 'END' &
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
kept = []
while True:
    kept.append(server.accept())
END
    server_started silent $! "$SILENT_PORT"
}
