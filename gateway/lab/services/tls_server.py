"""What all Python services share: a threaded TLS server that demands a certificate, and its command line."""

from __future__ import annotations

import argparse
import ipaddress
import socket
import socketserver
import ssl
from contextlib import suppress
from typing import Any


def server_context(certificate: str, client_ca: str) -> ssl.SSLContext:
    """Mutual TLS 1.3. The key stands beside the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate, certificate.removesuffix(".pem") + ".key")
    context.load_verify_locations(client_ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class TlsServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Each connection shakes hands in its own thread, so that a slow one keeps nobody waiting."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], handler: Any, context: ssl.SSLContext) -> None:
        self.address_family = socket.AF_INET6 if ipaddress.ip_address(address[0]).version == 6 else socket.AF_INET
        self._context = context
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, peer = self.socket.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), peer

    def shutdown_request(self, request: Any) -> None:
        with suppress(OSError):  # RFC 8446 6.1: whoever just hangs up looks like an attacker who cut the line
            request.unwrap()
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a peer that goes away is this service's daily bread


def serve(handler: Any, arguments: list[str]) -> None:
    """Serves until it is ended. Says `ready` when it accepts."""
    parser = argparse.ArgumentParser()
    for name in ("--address", "--certificate", "--client-ca"):
        parser.add_argument(name, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args(arguments)
    context = server_context(options.certificate, options.client_ca)
    with TlsServer((options.address, options.port), handler, context) as server:
        print("ready", flush=True)
        server.serve_forever()
