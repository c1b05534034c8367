#!/usr/bin/env python3
"""gateway.py FILE - a Pushgateway in small: the newest page that was put is in
FILE, its request in FILE.line, the port in FILE.port. FILE.status says what to
answer: a status, or "hang". Ends with whoever started it, or after five
minutes."""
import http.server
import os
import sys
import threading
import time

FILE = sys.argv[1]
PARENT = os.getppid()


def status():
    try:
        with open(FILE + ".status", encoding="ascii") as f:
            return f.read().strip()
    except OSError:
        return "200"


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = status()
        if said == "hang":
            time.sleep(5)
            return
        with open(FILE + ".line", "w", encoding="ascii") as f:
            f.write(f"{self.command} {self.path}\n")
        with open(FILE + ".new", "wb") as f:
            f.write(body)
        os.rename(FILE + ".new", FILE)
        self.send_response(int(said))
        self.send_header("Content-Length", "0")
        self.end_headers()


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(FILE + ".port.new", "w", encoding="ascii") as f:
        f.write(f"{server.server_address[1]}\n")
    os.rename(FILE + ".port.new", FILE + ".port")
    until = time.monotonic() + 300
    while time.monotonic() < until and os.getppid() == PARENT:
        time.sleep(0.5)


if __name__ == "__main__":
    main()
