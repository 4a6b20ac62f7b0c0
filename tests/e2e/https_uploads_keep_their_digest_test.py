"""curl uploads a gibibyte through the box; the cloud computes the digest the clinic computed."""

import hashlib
import json
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.cloud import Cloud
from support.box_test import BoxTest
from support.site import WEB, TenantSpec

_MEBIBYTE = bytes(range(256)) * 4096
_UPLOAD_MEBIBYTES = 1024
_DOWNLOAD = 64 * 1024 * 1024 + 1


def _write(path: Path, mebibytes: int) -> str:
    """A file whose every block differs; returns its digest."""
    digest = hashlib.sha256()
    with open(path, "wb") as out:
        for number in range(mebibytes):
            block = number.to_bytes(8, "big") + _MEBIBYTE[8:]
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


class HttpsUploadsKeepTheirDigest(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (WEB,)),)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start("https", "karte", "web")

    def test_gibibyte_up_arrives_as_it_was_sent(self) -> None:
        body = self.folder / "body"
        digest = _write(body, _UPLOAD_MEBIBYTES)
        outcome = self.terminal().curl(self.door("karte", "web"), "/images", "-T", str(body))
        self.assertTrue(outcome.succeeded, outcome.errors)
        self.assertEqual(json.loads(outcome.output), {"bytes": body.stat().st_size, "sha256": digest})
        self.assertGreater(self.wait_record("session.closed")["bytes_up"], body.stat().st_size)

    def test_download_of_any_size_is_whole(self) -> None:
        target = self.folder / "got"
        outcome = self.terminal().curl(self.door("karte", "web"), f"/bytes/{_DOWNLOAD}", "-o", str(target))
        self.assertTrue(outcome.succeeded, outcome.errors)
        self.assertEqual(target.stat().st_size, _DOWNLOAD)


if __name__ == "__main__":
    unittest.main()
