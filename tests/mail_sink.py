"""A mail server for tests: it takes letters over a real connection, encrypted where it is given a certificate."""

import socketserver
import ssl
import subprocess
import threading
from contextlib import contextmanager


class _Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as a letter needs it: EHLO, STARTTLS, AUTH PLAIN, MAIL, RCPT, DATA."""

    timeout = 10

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def handle(self):
        sink = self.server.sink
        self.say("220 sink")
        while words := self.rfile.readline().decode("utf-8", "replace").strip():
            sink.heard.append(words)
            if sink.silent:
                sink.stopping.wait(10)
                return
            verb = words.split(" ")[0].upper()
            getattr(self, f"do_{verb}", lambda _words: self.say("250 fine"))(words)
            if verb == "QUIT":
                return

    def do_EHLO(self, _words):
        encrypted = isinstance(self.connection, ssl.SSLSocket)
        offered = ["250-STARTTLS"] if self.server.sink.context and not encrypted else []
        self.say("250-sink", *offered, "250 AUTH PLAIN")

    def do_STARTTLS(self, _words):
        self.say("220 go")
        self.connection = self.server.sink.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def do_AUTH(self, _words):
        self.say("235 known")

    def do_RCPT(self, _words):
        self.say("550 nobody here" if self.server.sink.refuses else "250 fine")

    def do_DATA(self, _words):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.sink.letters.append(b"".join(lines).decode())
        self.say("250 taken")

    def do_QUIT(self, _words):
        self.say("221 bye")


class Sink:
    """`letters` taken and lines `heard`; `refuses` every recipient, or keeps `silent` after the first line."""

    def __init__(self, context=None, refuses=False, silent=False):
        self.context, self.refuses, self.silent = context, refuses, silent
        self.letters, self.heard, self.port = [], [], 0
        self.stopping = threading.Event()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up, as it does at a certificate it does not know, is no fault of the sink."""


@contextmanager
def mail_sink(**how):
    sink = Sink(**how)
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.sink, sink.port = sink, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield sink
        finally:
            sink.stopping.set()
            server.shutdown()
            thread.join()


def a_certificate(folder):
    """A certificate for localhost that nobody signed but itself: its file, and the server's side of it."""
    made, key = folder / "cert.pem", folder / "key.pem"
    about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *about]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context
