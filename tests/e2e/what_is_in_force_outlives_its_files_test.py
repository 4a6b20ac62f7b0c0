"""What is in force can be published again as it is, whatever has become of its files meanwhile."""

import unittest
from contextlib import ExitStack
from pathlib import Path

from support.box_test import BoxTest
from support.cloud_end import CloudEnd


class WhatIsInForceOutlivesItsFiles(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _spoil(self, path: Path) -> None:
        before = path.read_bytes()
        self.addCleanup(path.write_bytes, before)
        path.write_text("nothing of use\n")

    def test_edited_files_change_nothing_until_they_are_published(self) -> None:
        standing, far = self.open(), self.cloud.accept()
        before = self.lab.box.status()["generation"]
        tenant = self.site.tenant("karte")
        side = tenant["services"][0]["downstream"]
        for name in ("site.yaml", tenant["terminal_anchors"], side["certificate"], side["key"]):
            self._spoil(self.folder / name)

        again = self.lab.box.order("config", "republish")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.lab.box.status()["generation"], before + 1)
        self.lab.box.wait_until_serving()
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        self.open().send(b"fresh")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"fresh")

        self.assertFalse(self.lab.box.publish(self.lab.options.config).accepted, "the file itself is of no use now")
        self.assertEqual(self.lab.box.order("config", "republish").returncode, 0)


if __name__ == "__main__":
    unittest.main()
