"""A configuration that cannot be used is refused with its place, and nothing changes."""

import unittest
from contextlib import ExitStack
from pathlib import Path

from support.box_test import BoxTest
from support.cloud_end import CloudEnd


class BrokenFileKeepsTheOldGeneration(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _is_refused(self, path: Path, expected: str) -> None:
        terminal, cloud = self.open(), self.cloud.accept()
        before = self.lab.box.status()["generation"]
        publication = self.lab.box.publish(path)
        self.assertFalse(publication.accepted)
        self.assertIn(expected, publication.text)
        self.assertEqual(self.lab.box.status()["generation"], before)
        self.wait_record("change.refused")
        terminal.send(b"still here")
        self.assertEqual(cloud.receive_exactly(10), b"still here")

    def _broken(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def test_text_that_is_no_configuration(self) -> None:
        self._is_refused(self._broken("noise.yaml", "version: [1\n"), "noise.yaml:")

    def test_unknown_key(self) -> None:
        changed = self.site.changed()
        changed.tree["netwrok"] = {}
        self._is_refused(changed.write(self.folder / "unknown.yaml"), "netwrok")

    def test_certificate_that_is_not_there(self) -> None:
        changed = self.site.changed()
        changed.tenant("karte")["terminal_anchors"] = "pki/karte/nowhere.pem"
        self._is_refused(changed.write(self.folder / "missing.yaml"), "nowhere.pem")

    def test_key_that_does_not_fit_its_certificate(self) -> None:
        changed = self.site.changed()
        changed.tenant("karte")["services"][0]["downstream"]["key"] = "pki/karte/raw-client.key"
        self._is_refused(changed.write(self.folder / "misfit.yaml"), "")


if __name__ == "__main__":
    unittest.main()
