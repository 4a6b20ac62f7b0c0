"""The vendor of karte's cloud service, who also runs the enrolment server (EST) that certifies the box for it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from .box_test import BoxTest
from .cloud_end import CloudEnd
from .est_end import EstEnd
from .tls_pipe import TlsPipe

_EST = ("203.0.113.77", 443)
_TENANT, _IDENTITY = "karte", "raw-client"


class Vendor:
    """`site` is the box's as the vendor wants it: toward the cloud the box shows an identity that it keeps itself."""

    IDENTITY = f"{_TENANT}/{_IDENTITY}"

    def __init__(self, stack: ExitStack, test: type[BoxTest]) -> None:
        self.est = EstEnd(str(test.lab.namespace("cloud")), test.folder / "est", *_EST)
        stack.callback(self.est.close)
        self.site = test.site.changed()
        tenant = self.site.tenant(_TENANT)
        upstream = tenant["services"][0]["upstream"]
        del upstream["certificate"], upstream["key"]
        upstream["identity"] = _IDENTITY
        tenant["identities"] = [{"name": _IDENTITY, "est": {"server_name": EstEnd.NAME, "port": _EST[1],
                                                            "addresses": [_EST[0]], "anchors": "est/tls.pem"}}]
        self.slot = test.lab.box.run_folder / "state" / "identities" / _TENANT
        self.cloud = CloudEnd(test.lab.namespace("cloud"), upstream["addresses"][0], upstream["port"],
                              test.keys.tenant(_TENANT).cloud("raw"), str(self.est.clients_ca))
        stack.callback(self.cloud.close)

    def kept(self, what: str) -> Path:
        """What the box keeps of the identity: `current`, `next`, `ticket`."""
        return self.slot / f"{_IDENTITY}.{what}"

    @staticmethod
    def number_shown(session: TlsPipe) -> str:
        """The serial number of the certificate that the cloud was shown."""
        shown = session.session.getpeercert()
        assert shown is not None
        return str(shown["serialNumber"])
