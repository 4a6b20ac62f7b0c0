"""Where no enrolment server is, people carry the request out of the box and the certificate into it; the key stays where it
was made (CRT-01, CRT-03)."""

import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr}")


def _key_in(request: str) -> str:
    return subprocess.run(["openssl", "req", "-noout", "-pubkey"], check=True, capture_output=True, text=True,
                          input=request).stdout


class CertificatesOfTheBoxByHand(BoxTest):
    WRONG_CERTIFICATES = False

    cloud: CloudEnd
    managed: Site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.managed = cls.site.changed()
        tenant = cls.managed.tenant("karte")
        upstream = tenant["services"][0]["upstream"]
        del upstream["certificate"], upstream["key"]
        upstream["identity"] = "raw-client"
        tenant["identities"] = [{"name": "raw-client"}]
        cls.authority = cls.folder / "vendor"
        cls.authority.mkdir()
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90", "-keyout",
                 str(cls.authority / "ca.key"), "-out", str(cls.authority / "ca.pem"), "-subj", "/CN=vendor", "-addext",
                 "keyUsage=critical,keyCertSign,cRLSign")
        cls.cloud = CloudEnd(cls.lab.namespace("cloud"), upstream["addresses"][0], upstream["port"],
                             cls.keys.tenant("karte").cloud("raw"), str(cls.authority / "ca.pem"))
        stack.callback(cls.cloud.close)

    def _order(self, *words: str, code: int = 0) -> str:
        done = self.lab.box.order("cert", *words)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout + done.stderr

    def _answered(self, request: Path, name: str) -> Path:
        """What the vendor's people do with a request: OpenSSL, whose words decide nothing about the names."""
        leaf, chain = self.authority / f"{name}.pem", self.authority / f"{name}-chain.pem"
        _openssl("req", "-in", str(request), "-verify", "-noout")
        extensions = self.authority / "extensions"
        extensions.write_text("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
                              "extendedKeyUsage=clientAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
                              "subjectAltName=URI:urn:sekisho:karte:box\n")
        _openssl("x509", "-req", "-in", str(request), "-CA", str(self.authority / "ca.pem"), "-CAkey",
                 str(self.authority / "ca.key"), "-days", "30", "-out", str(leaf), "-extfile", str(extensions))
        chain.write_text(leaf.read_text() + (self.authority / "ca.pem").read_text())
        return chain

    def _shown(self) -> str:
        near = self.open()
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        shown = far.session.getpeercert()
        assert shown is not None
        return str(shown["serialNumber"])

    def _adopted(self, chain: Path) -> None:
        mark = self.lab.box.records.mark()
        self._order("adopt", "karte/raw-client", str(chain))
        self.lab.box.records.wait(mark, 30, event="identity.renewed")
        self.lab.box.records.wait(mark, 30, event="configuration.published")

    def test_a_request_goes_out_and_a_certificate_comes_in(self) -> None:
        published = self.lab.box.publish(self.managed.write(self.folder / "managed.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.assertIn("make a request with `sekisho cert request`", published.text)
        told = self.wait_record("identity.not_renewed", 30)
        self.assertIn("sekisho cert request karte/raw-client FILE", told["detail"])
        request = self.folder / "first.csr"
        self._order("request", "karte/raw-client", str(request))
        chain = self._answered(request, "first")
        self._adopted(chain)
        first = self._shown()

        slot = self.lab.box.run_folder / "state" / "identities" / "karte"
        self.assertEqual(sorted(path.name for path in slot.iterdir()), ["raw-client.current"])
        self.assertNotIn("BEGIN PRIVATE KEY", (slot / "raw-client.current").read_text())

        again = self.folder / "second.csr"
        self._order("request", "karte/raw-client", str(again))
        mark = self.lab.box.records.mark()
        self._order("adopt", "karte/raw-client", str(chain))
        refused = self.lab.box.records.wait(mark, 30, event="identity.not_renewed")[-1]
        self.assertIn("est.malformed", refused["reason"] + refused["detail"], "the answer to another request")
        self.assertEqual(self._shown(), first, "what is in use stays in use")
        self._adopted(self._answered(again, "second"))
        wait_for("the new certificate to be shown", lambda: self._shown() != first, 30)

    def test_two_who_ask_at_once_are_both_answered(self) -> None:
        self.lab.box.publish(self.managed.write(self.folder / "managed.yaml"))
        requests = [self.folder / "left.csr", self.folder / "right.csr"]
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda path: self._order("request", "karte/raw-client", str(path)), requests))
        one, other = (path.read_text() for path in requests)
        self.assertEqual(_key_in(one), _key_in(other), "and the key is one")

    def test_what_makes_no_sense_is_told(self) -> None:
        self.lab.box.publish(self.managed.write(self.folder / "managed.yaml"))
        (self.folder / "empty.pem").write_text("")
        taken = self.folder / "taken"
        taken.write_text("mine")
        for words, code, told in ((("request", "karte/none", str(self.folder / "x.csr")), 1, "no identity karte/none"),
                                  (("request", "karte", str(self.folder / "y.csr")), 64, "TENANT/IDENTITY"),
                                  (("request", "karte/raw-client", str(taken)), 64, "not there yet"),
                                  (("enrol", "karte/raw-client", ""), 1, "nothing in what was given"),
                                  (("adopt", "karte/raw-client", str(self.folder / "empty.pem")), 1, "nothing in what was given"),
                                  (("adopt", "karte/raw-client", str(self.folder / "absent.pem")), 66, "absent.pem")):
            done = self.lab.box.order("cert", *words)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(told, done.stderr)
        self.assertEqual(taken.read_text(), "mine")
        self.assertFalse(list(self.folder.glob("[xy].csr")))


if __name__ == "__main__":
    unittest.main()
