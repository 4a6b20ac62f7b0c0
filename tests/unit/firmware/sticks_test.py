"""What a box takes from a stick is that stick's alone, whatever an earlier one left half taken; and no stick holds a start up for ever.
The units' own lines are run, beneath a folder and without the mount."""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

_UNITS = Path(__file__).resolve().parents[3] / "firmware/image/root/etc/systemd/system"
_BEFORE_THE_GATEWAY = "Before=sekisho-supervisor.service"


class SticksTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.state = self.root / "var/lib/sekisho"
        self.state.mkdir(parents=True)

    def take(self, unit: str, **files: str) -> None:
        """As the unit does it once the stick is mounted."""
        stick = self.root / f"run/sekisho-{unit}"
        stick.mkdir(parents=True)
        for name, text in files.items():
            (stick / name.replace("_", ".")).write_text(text, encoding="utf-8")
        for line in re.findall(r"^ExecStart=(.*)$", (_UNITS / f"sekisho-{unit}.service").read_text(encoding="utf-8"), re.MULTILINE):
            words = [re.sub(r"^/(?=(run|var)/)", f"{self.root}/", word) for word in shlex.split(line)]
            if words[0] != "mount":
                subprocess.run(words, check=True, capture_output=True)

    def test_configuration_is_that_of_one_stick(self) -> None:
        half_taken = self.state / "site.new"
        half_taken.mkdir()
        (half_taken / "former-tenant.key").write_text("of another stick", encoding="utf-8")
        self.take("site", sekisho_yaml="version: 1\n")
        self.assertEqual([path.name for path in (self.state / "site").iterdir()], ["sekisho.yaml"])

    def test_nothing_is_written_through_a_link_that_an_earlier_stick_left(self) -> None:
        for unit, left, name in (("site", "site.new/sekisho.yaml", "sekisho_yaml"), ("unit", "bootstrap.hash.new", "bootstrap_hash")):
            records = self.state / f"records-{unit}"
            records.write_text("the box's own", encoding="utf-8")
            link = self.state / left
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(records)
            self.take(unit, **{name: "of the stick"})
            self.assertEqual(records.read_text(encoding="utf-8"), "the box's own", unit)
        self.assertEqual((self.state / "bootstrap.hash").read_text(encoding="utf-8"), "of the stick")

    def test_the_gateway_waits_for_no_stick_without_end(self) -> None:
        """systemd gives a unit of one run all the time there is, unless it says otherwise (systemd.service(5), TimeoutStartSec=)."""
        waited_for = [path for path in _UNITS.glob("sekisho-*.service")
                      if {_BEFORE_THE_GATEWAY, "Type=oneshot"} <= set(path.read_text(encoding="utf-8").splitlines())]
        self.assertEqual(sorted(path.name for path in waited_for), ["sekisho-site.service", "sekisho-unit.service"])
        for path in waited_for:
            self.assertRegex(path.read_text(encoding="utf-8"), r"(?m)^TimeoutStartSec=\d+min$", path.name)

    def test_each_stick_is_only_read_and_holds_its_unit_up_for_a_while(self) -> None:
        rules = (_UNITS.parents[2] / "usr/lib/udev/rules.d/90-sekisho-media.rules").read_text(encoding="utf-8")
        called = re.findall(r'ENV\{ID_FS_LABEL\}=="(\w+)".*\+="([\w-]+\.service)"', rules)
        self.assertEqual(len(called), rules.count("SYSTEMD_WANTS"))
        for name, unit in called:
            text = (_UNITS / unit).read_text(encoding="utf-8")
            self.assertIn(f"mount -t ext4 -o ro,noload,nosuid,nodev,noexec /dev/disk/by-label/{name} ", text)
            if unit != "sekisho-update.service":  # which waits for a proof of isolation, and hinders nobody meanwhile
                self.assertRegex(text, r"(?m)^TimeoutStartSec=\d+min$", unit)
            # Each line would have a view of its own, and see nothing of what another has mounted ("+" before it does not help).
            self.assertNotRegex(text, r"(?m)^(Protect(System|Home|ControlGroups|Kernel\w+)|Private(Tmp|Devices)|TemporaryFileSystem|\w+Paths)=", unit)

    def test_each_program_that_a_unit_calls_stays_in_the_root(self) -> None:
        lines = (_UNITS.parents[3] / "kept.txt").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("#")]
        for path in _UNITS.glob("sekisho-*.service"):
            for program in re.findall(r"^Exec\w+=[-+]*([^-+/\s]\S*)", path.read_text(encoding="utf-8"), re.MULTILINE):
                self.assertIn(program, kept, path.name)


if __name__ == "__main__":
    unittest.main()
