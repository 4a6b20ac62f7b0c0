"""The box asks an OCSP responder about the cloud's certificate: good lets traffic flow, revoked ends it, and silence counts as
the policy says (SRV-03). The responder is `openssl ocsp`."""

import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from typing import Any

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.ocsp_end import OcspEnd
from support.site import Site

_ADDRESS = "203.0.113.78"


class ResponderSaysWhetherACloudIsRevoked(BoxTest):
    WRONG_CERTIFICATES = False

    cloud: CloudEnd
    responder: OcspEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        keys = cls.keys.tenant("karte")
        cls.responder = OcspEnd(str(cls.lab.namespace("cloud")), cls.folder / "ocsp", _ADDRESS, keys.cloud_ca("raw"),
                                keys.cloud("raw"))
        stack.callback(cls.responder.stop)

    def setUp(self) -> None:
        super().setUp()
        self.lab.box.stop()  # what responders said is not kept beyond
        self.lab.box.start()

    def _publish(self, **more: Any) -> None:
        site: Site = self.site.changed()
        site.tenant("karte")["services"][0]["upstream"]["revocation"] = {
            "responder": {"server_name": OcspEnd.NAME, "addresses": [_ADDRESS], "path": "/ocsp"}} | more
        published = self.lab.box.publish(site.write(self.folder / "next.yaml"))
        self.assertTrue(published.accepted, published.text)

    def _soft(self) -> str:
        return (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _flows(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")

    def _is_refused(self, reason: str) -> None:
        self.is_refused(self.keys.tenant("karte").terminal("desk-1"), reason)

    def test_a_revoked_cloud_ends_what_stands_and_what_comes(self) -> None:
        self.responder.start()
        self._publish()
        self._flows()
        standing = self.open()
        self.cloud.accept()
        self.responder.start(revoked=True)
        # The answer of before ends after a minute.
        self.wait_record("session.closed", 90, reason="upstream_certificate_revoked")
        self.ends(standing)
        self._is_refused("upstream_certificate_revoked")
        self.assertEqual(self.records("responder.silent"), [])

    def test_a_silent_responder_counts_as_the_policy_says(self) -> None:
        self.responder.stop()
        self._publish()
        self._is_refused("upstream_certificate_status_unknown")
        told = self.wait_record("responder.silent")
        self.assertEqual((told["service"], told["server_name"], told["detail"]),
                         ("raw", f"{OcspEnd.NAME}:80", "it refused the connection"))
        self._publish(soft_until=self._soft())
        self._flows()
        self.assertEqual(len(self.records("responder.silent")), 1, "told once")
        self.responder.start()
        wait_for("the responder to be asked again", lambda: bool(self.records("responder.answers")), 70)
        self._publish()
        self._flows()


if __name__ == "__main__":
    unittest.main()
