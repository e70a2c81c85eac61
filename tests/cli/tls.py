"""Stand before a web server with a certificate of one's own, as a county's proxy does."""

import http.client
import ssl
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def certificate(folder: Path, host: str) -> Path:
    """Write a key and a certificate that it signed itself, and return the file of both."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "tls.pem"
    kind = serialization.PrivateFormat.PKCS8
    bare = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    file.write_bytes(bare + made.public_bytes(serialization.Encoding.PEM))
    return file


class Proxy(ThreadingHTTPServer):
    """A proxy that ends TLS and says so to the server behind it."""

    def __init__(self, certificate: Path, inner: int) -> None:
        super().__init__(("127.0.0.1", 0), Hop)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.inner = inner


class Hop(BaseHTTPRequestHandler):
    """Pass one request on."""

    server: Proxy

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {**dict(self.headers), "X-Forwarded-Proto": "https"}
        headers["X-Forwarded-For"] = self.client_address[0]
        inner = http.client.HTTPConnection("127.0.0.1", self.server.inner, timeout=20)
        inner.request(self.command, self.path, self.rfile.read(length) or None, headers)
        answer = inner.getresponse()
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        inner.close()

    do_POST = do_GET  # noqa: N815 (the name that the server looks for)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""
