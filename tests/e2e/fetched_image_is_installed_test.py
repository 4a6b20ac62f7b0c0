"""UPD-01: what controld has fetched, and somebody wants installed, the image's own unit puts into the other slot, where it is tried as one from a
stick; once, and a file that is not ours is refused. What an agent would have brought lies in its place here (an_offered_image_is_fetched_by_rounds)."""

import unittest

from lab.waiting import wait_for
from support.appliance import medium
from support.update_test import INSTALL_SECONDS, WatchedUpdateTest

_FILE = "/var/lib/sekisho/records/image/sekisho.raucb"


class FetchedImageIsInstalled(WatchedUpdateTest):
    def fetched(self, command: str) -> None:
        """And the word for it is left."""
        self.box.forget_what_it_said()
        self.box.shell().run(f"{command} && echo wanted > /run/sekisho/install", INSTALL_SECONDS)

    def word_is_taken(self) -> None:
        wait_for("the word to be taken", lambda: self.box.shell().run("ls /run/sekisho").split().count("install") == 0 or None, INSTALL_SECONDS)

    def test_what_is_not_ours_is_refused(self) -> None:
        self.fetched(f"echo something else > {_FILE}")
        self.box.wait_for("update of slot b refused", INSTALL_SECONDS)
        self.word_is_taken()
        self.is_whole("a")

    def test_what_was_fetched_is_tried_and_kept(self) -> None:
        files = self.folder / "files"
        files.mkdir()
        (files / "sekisho.raucb").write_bytes((self.variants.of("lab").folder / "sekisho.raucb").read_bytes())
        self.box.plug(medium(self.folder / "plain.img", "LABFILES", files, "192M"))
        self.fetched("mkdir -p /run/lab && until mount -t ext4 -o ro,noload /dev/disk/by-label/LABFILES /run/lab; do sleep 1; done && "
                     f"cp /run/lab/sekisho.raucb {_FILE} && umount /run/lab")
        self.box.wait_for("update of slot b waiting", INSTALL_SECONDS)
        self.box.unplug()
        self.word_is_taken()
        self.starts_anew("started from slot b, which is on trial")
        self.box.wait_for("update of slot b kept", INSTALL_SECONDS)
        self.is_whole("b")


if __name__ == "__main__":
    unittest.main()
