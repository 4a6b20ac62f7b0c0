"""Whether the kernel could carry the octets of a session: of TLS 1.2 both ways, but of TLS 1.3 Debian 12's library gives it only what is
sent. The data path needs both, so it does that work itself. When this fails, the answer has changed.
Needs a kernel with its own TLS; runs in the machine of tests/machine."""

import subprocess
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import command, namespaces
from lab.waiting import wait_for

_NAMESPACE = "kernel-tls"
_PORT = "4433"
_OPTIONS = """openssl_conf = all
[all]
ssl_conf = tls
[tls]
system_default = sessions
[sessions]
Options = KTLS
"""


class KernelOffersHalfOfTls(unittest.TestCase):
    def setUp(self) -> None:
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            namespaces.create(_NAMESPACE)
            stack.callback(namespaces.remove, _NAMESPACE)
            (self.folder / "openssl.cnf").write_text(_OPTIONS, encoding="ascii")
            command.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=box",
                        "-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "certificate.pem"))
            self.addCleanup(stack.pop_all().close)

    def taken(self, protocol: str, cipher: tuple[str, str]) -> tuple[int, int]:
        """How many of a server's and a client's ways the kernel took: to send, to receive (/proc/net/tls_stat)."""
        before = self.counted()
        server = command.start(["env", f"OPENSSL_CONF={self.folder}/openssl.cnf", "openssl", "s_server", "-accept", _PORT, protocol, *cipher,
                                "-key", str(self.folder / "key.pem"), "-cert", str(self.folder / "certificate.pem"), "-rev"], _NAMESPACE)
        try:
            wait_for("the server", lambda: f":{_PORT}" in command.run("ss", "-ltn", namespace=_NAMESPACE), 60)
            client = command.inside(_NAMESPACE, ["env", f"OPENSSL_CONF={self.folder}/openssl.cnf", "openssl", "s_client", "-quiet", protocol,
                                                 "-connect", f"127.0.0.1:{_PORT}"])
            with subprocess.Popen(client, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as talk:
                assert talk.stdin and talk.stdout
                talk.stdin.write(b"sekisho\n")
                talk.stdin.flush()
                self.assertEqual(talk.stdout.readline(), b"ohsikes\n")
                after = self.counted()
                talk.kill()
        finally:
            command.stop(server)
        return after[0] - before[0], after[1] - before[1]

    @staticmethod
    def counted() -> tuple[int, int]:
        lines = command.run("cat", "/proc/net/tls_stat", namespace=_NAMESPACE).splitlines()
        numbers = {name: int(number) for name, number in map(str.split, lines)}
        return numbers["TlsTxSw"], numbers["TlsRxSw"]

    def test_of_tls_1_2_the_kernel_takes_both_ways(self) -> None:
        self.assertEqual(self.taken("-tls1_2", ("-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256")), (2, 2))

    def test_of_tls_1_3_the_kernel_takes_what_is_sent(self) -> None:
        self.assertEqual(self.taken("-tls1_3", ("-ciphersuites", "TLS_AES_128_GCM_SHA256")), (2, 0))


if __name__ == "__main__":
    unittest.main()
