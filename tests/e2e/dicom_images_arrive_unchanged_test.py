"""DCMTK stores images in Orthanc through the box; the archive holds them as they were made."""

import hashlib
import unittest
from contextlib import ExitStack

from lab import images
from lab.cloud import Cloud
from lab.services.archive import Archive
from support.box_test import BoxTest
from support.site import DICOM, TenantSpec

_IMAGES = 50


class DicomImagesArriveUnchanged(BoxTest):
    TENANTS = (TenantSpec("imaging", "10.12.1.1", (DICOM,)),)
    archive: Archive

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.archive = stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start_archive("imaging", "dicom")

    def test_echo_is_answered(self) -> None:
        outcome = self.terminal("imaging").dicom("echoscu", self.door("imaging", "dicom"))
        self.assertTrue(outcome.succeeded, outcome.errors)
        closed = self.wait_record("session.closed", service="dicom")
        self.assertEqual(closed["terminal"], "desk-1")

    def test_fifty_images_arrive_unchanged(self) -> None:
        made = images.make(self.folder / "images", _IMAGES)
        outcome = self.terminal("imaging").dicom("storescu", self.door("imaging", "dicom"),
                                                 *(str(image.file) for image in made))
        self.assertTrue(outcome.succeeded, outcome.errors)
        self.assertEqual(self._stored(), {image.instance: image.pixels_sha256 for image in made})

    def _stored(self) -> dict[str, str]:
        """SOP instance UID -> digest of the pixels, of all the archive holds."""
        stored = {}
        for instance in self.archive.ask("instances"):
            tags = self.archive.ask(f"instances/{instance}/simplified-tags")
            pixels = self.archive.ask_bytes(f"instances/{instance}/frames/0/raw")
            stored[tags["SOPInstanceUID"]] = hashlib.sha256(pixels).hexdigest()
        return stored


if __name__ == "__main__":
    unittest.main()
