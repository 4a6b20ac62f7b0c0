"""A thousand publications, every other one of a change, while sessions move data: every octet arrives, every session lives on."""

import unittest
from contextlib import ExitStack
from pathlib import Path

from support import stream_load
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_PUBLICATIONS = 1000
_SESSIONS = 6


class PublishingUnderLoadLosesNoByte(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def test_thousand_publications_lose_no_byte(self) -> None:
        files = [self.site.write(self.folder / "same.yaml"), self._with_another_terminal()]
        loads = stream_load.start([self.open() for _ in range(_SESSIONS)], self.cloud)
        before = self.lab.box.status()["generation"]
        for number in range(_PUBLICATIONS // 2):
            publication = self.lab.box.publish(files[number % 2])
            self.assertTrue(publication.accepted, publication.text)
            again = self.lab.box.order("config", "republish")
            self.assertEqual(again.returncode, 0, again.stderr)
        moved = sum(load.finish() for load in loads)
        self.assertGreater(moved, 0)
        self.assertEqual(self.lab.box.status()["generation"], before + _PUBLICATIONS)
        closed = self.lab.box.records.wait(self.mark, event="session.closed", count=_SESSIONS)
        self.assertEqual({record["reason"] for record in closed}, {"finished"})

    def _with_another_terminal(self) -> Path:
        changed = self.site.changed()
        changed.tenant("karte")["terminals"].append({"name": "desk-3"})
        return changed.write(self.folder / "wider.yaml")


if __name__ == "__main__":
    unittest.main()
