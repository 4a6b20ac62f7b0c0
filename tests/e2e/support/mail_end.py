"""The mail server of an operations centre: takes what comes by SMTP (RFC 5321) and keeps it."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import threading
from typing import NamedTuple

from lab import namespaces


class Mail(NamedTuple):
    to: str
    subject: str
    text: str


class MailEnd:
    """Listens in the namespace until `close`."""

    def __init__(self, namespace: str | None, port: int = 25) -> None:
        self._mails: list[Mail] = []
        self._socket = namespaces.socket_in(namespace)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def mails(self, to: str = "") -> list[Mail]:
        """In the order in which they came; those to one place."""
        return [mail for mail in self._mails if mail.to.startswith(to)]

    def subjects(self, word: str = "") -> list[str]:
        return [mail.subject for mail in self._mails if word in mail.subject]

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rwb", buffering=0) as talk:
            talk.write(b"220 noc.example\r\n")
            to = ""
            for said in talk:
                word = said[:4].upper()
                if word == b"DATA":
                    talk.write(b"354 go on\r\n")
                    self._keep(to, talk)
                if named := re.match(rb"RCPT TO:<([^>]*)>", said, re.IGNORECASE):
                    to = named[1].decode()
                talk.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    return

    def _keep(self, to: str, talk: object) -> None:
        lines = []
        for one in talk:  # type: ignore[attr-defined]
            if one == b".\r\n":
                break
            lines.append(one.removeprefix(b".") if one.startswith(b"..") else one)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        body = message.get_body(("plain",))
        self._mails.append(Mail(to, str(message["Subject"]), "" if body is None else body.get_content()))
