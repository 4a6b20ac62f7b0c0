"""The fixtures of tests of updates: a box that runs, sticks with bundles, and what must be so after each update, whatever came of it."""

from __future__ import annotations

import os
import random
from pathlib import Path

from lab.command import run

from .appliance import Appliance, Image, medium
from .appliance_test import SERVING, START_SECONDS, ApplianceTest
from .image_variant import Variants

INSTALL_SECONDS = 1800  # emulated, and behind the first proof of isolation; some 15 on a quiet machine that has made it
HANDED_OVER = "Welcome to"  # the root's first words
_MESSAGES = 20


def chance() -> random.Random:
    """Of the seed that GW_SEED names, else of a new one; it is said, so that what was found can be found again."""
    seed = int(os.environ.get("GW_SEED", "0")) or random.randrange(1, 1 << 32)
    print(f"GW_SEED={seed}", flush=True)
    return random.Random(seed)


def rounds() -> int:
    """How often power goes at a random point, each time (GW_CUTS; 3 unless it is set)."""
    return int(os.environ.get("GW_CUTS", "3"))


class UpdateTest(ApplianceTest):
    def stick_of(self, name: str, bundle: Path) -> Path:
        folder = self.folder / f"stick-{name}"
        folder.mkdir()
        run("cp", "--sparse=always", str(bundle), str(folder / "sekisho.raucb"))
        return medium(self.folder / f"{name}.img", "SEKISHOUPDATE", folder, "192M")

    def serves(self) -> None:
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)

    def starts_anew(self, words: str) -> None:
        """Without a farewell; and serves."""
        self.box.cut_power()
        self.starts(words)

    def starts(self, words: str) -> None:
        self.box.power_on()
        print(f"serving after {self.box.wait_for(SERVING, START_SECONDS):.0f} s", flush=True)
        self.box.wait_for(words, START_SECONDS)
        self.serves()

    def fails_to_start(self, words: str) -> None:
        """It ends by itself, and never came to run a program of the root."""
        self.box.power_on()
        self.box.wait_for(words, START_SECONDS)
        self.box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn(HANDED_OVER, self.box.said())

    def installs(self, stick: Path, words: str) -> None:
        self.box.forget_what_it_said()
        self.box.plug(stick)
        print(f"{words} after {self.box.wait_for(words, INSTALL_SECONDS):.0f} s", flush=True)
        self.box.unplug()


class WatchedUpdateTest(UpdateTest):
    """The box's image differs from the delivered one in a shell and in shorter waiting (image_variant.py). Each test finds it running
    from slot a, with slot b never written or no first choice; one that left it otherwise gives the next one a copy of the first box."""

    variants: Variants
    start_takes: float  # seconds of a processor, until it serves
    _first: Appliance
    _new: Appliance
    _site_digest: str
    _copies = 0

    @classmethod
    def image_to_start(cls) -> Image:
        cls.variants = Variants(super().image_to_start())
        return cls.variants.of("lab")

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls._new = cls.box.copied_to(cls.folder / "new")
        cls.box.power_on()
        took = cls.box.wait_for(SERVING, START_SECONDS)
        cls.start_takes = cls.box.worked()
        print(f"first start: serving after {took:.0f} s, {cls.start_takes:.0f} s of a processor", flush=True)
        cls.box.wait_for("started from slot a", START_SECONDS)
        cls._site_digest = cls.site_digest()
        cls.box.shell().run("sync && systemctl start --no-block lab-proof")  # which failed, there was nobody to ask yet
        cls._first = cls.box.copied_to(cls.folder / "first")
        cls.box.eject()

    @classmethod
    def site_digest(cls) -> str:
        return cls.box.shell().run("cd /var/lib/sekisho/site && find . -type f | sort | xargs sha256sum | sha256sum")

    def setUp(self) -> None:
        if not self.box.running() or self.slot() != "a":
            self.fresh()
            self.starts("started from slot a\n")

    @classmethod
    def fresh(cls) -> None:
        """The box as it was behind its first start, switched off."""
        cls._take(cls._first)

    @classmethod
    def renew(cls) -> None:
        """The box as it was delivered, switched off, with the site's stick in it."""
        cls._take(cls._new)
        cls.box.insert(cls.site_stick)

    @classmethod
    def _take(cls, box: Appliance) -> None:
        cls.box.cut_power()
        cls._copies += 1
        cls.box = box.copied_to(cls.folder / f"box{cls._copies}")

    def slot(self) -> str:
        return self.box.shell().run("cat /run/sekisho-boot/slot").strip()

    def stick(self, fault: str) -> Path:
        """With the bundle of that image."""
        made = self.folder / f"{fault}.img"
        return made if made.exists() else self.stick_of(fault, self.variants.of(fault).folder / "sekisho.raucb")

    def is_whole(self, slot: str) -> None:
        """The box serves from there, with the configuration that it had and records that nobody changed."""
        self.serves()
        self.assertEqual(self.slot(), slot)
        self.assertEqual(self.site_digest(), self._site_digest)
        self.box.shell().run("sekisho log verify", 120)
