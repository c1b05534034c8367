"""A server that gives away what it is told: secrets_echo.py FOLDER.

Listens on two ports of loopback, in the clear and with a certificate that
nobody signed (FOLDER/cert.pem, key.pem), and writes both numbers to
FOLDER/ports. The path up to the second slash says how it answers; whatever the
client sent - path, headers, body, and what Basic hides - stands in the answer.
All of it is kept in FOLDER/heard, to see that a secret was sent at all."""
import base64, http.server, json, os, ssl, sys, threading

FOLDER = sys.argv[1]
LOCK = threading.Lock()


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size).decode("utf-8", "replace")
        lines = [f"{k}: {v}" for k, v in self.headers.items()]
        login = self.headers.get("Authorization", "")
        if login.startswith("Basic "):
            lines.append(base64.b64decode(login[6:]).decode("utf-8", "replace"))
        said = "\n".join([self.path, *lines, body])
        with LOCK, open(f"{FOLDER}/heard", "a", encoding="utf-8") as file:
            file.write(said + "\n")
        way = self.path.split("/")[1]
        flat = " ".join(said.split())
        headers = {"Content-Type": "application/json"}
        if way == "html":
            status, headers["Content-Type"] = 403, "text/html"
            text = f"<html><body><h1>403</h1><pre>{said}</pre></body></html>"
        elif way == "trouble":
            status, text = 502, f"bad gateway: {said}"
        elif way == "redirect":
            status, text = 302, said
            token = self.headers.get("KC-API-KEY") or body or login
            headers["Location"] = f"http://127.0.0.1:9{self.path}?{token}"
        elif way == "login" and not login:
            status, text = 401, said
            headers["WWW-Authenticate"] = 'Basic realm="git"'
        elif way == "garbage":
            status, text = 200, said
        else:  # errors in the forms of the exchange and of Pushover
            status = 400
            text = json.dumps({"code": "400005", "msg": flat, "status": 0,
                               "errors": [flat], "request": "r", "error": flat})
        data = text.encode()
        self.send_response(status, flat[:300].encode("latin-1", "replace")
                           .decode("latin-1") if way == "html" else None)
        for name, value in headers.items():
            self.send_header(name, " ".join(value.split()))
        self.send_header("X-Echo", flat[:2000].encode("latin-1", "replace")
                         .decode("latin-1"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

    def log_message(self, *unused):
        pass


servers = []
for secure in (False, True):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{FOLDER}/cert.pem", f"{FOLDER}/key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    servers.append(server)
with open(f"{FOLDER}/ports.new", "w", encoding="ascii") as file:
    print(*(s.server_address[1] for s in servers), file=file)
os.rename(f"{FOLDER}/ports.new", f"{FOLDER}/ports")
threading.Thread(target=servers[1].serve_forever, daemon=True).start()
servers[0].serve_forever()
