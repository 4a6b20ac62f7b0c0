"""What the parts of the image's build promise each other, without building one."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Callable
from unittest import mock

_FIRMWARE = Path(__file__).resolve().parents[3] / "firmware"
sys.path.insert(0, str(_FIRMWARE / "image"))
import disk  # noqa: E402
import keys  # noqa: E402
import modules  # noqa: E402
import system  # noqa: E402
import workshop  # noqa: E402
from places import Places  # noqa: E402
from workshop import ImageError  # noqa: E402


class SlotsTest(unittest.TestCase):
    def test_early_files_know_the_slots_by_the_numbers_that_the_disk_gives_them(self) -> None:
        numbers = {name: number for name, _, _, number in disk.PARTITIONS}
        init = (_FIRMWARE / "boot" / "init").read_text(encoding="utf-8")
        found = re.search(r"^  (\S+)\[ab\]\)", init, re.MULTILINE)
        assert found is not None
        self.assertEqual({name: number for name, number in numbers.items() if name.startswith("esp-")},
                         {"esp-a": found[1] + "a", "esp-b": found[1] + "b"})

    def test_both_slots_are_alike(self) -> None:
        sizes = {name: (size, kind) for name, size, kind, _ in disk.PARTITIONS}
        self.assertEqual((sizes["esp-a"], sizes["root-a"]), (sizes["esp-b"], sizes["root-b"]))


class WorkshopTest(unittest.TestCase):
    """The shell's own reading of what is asked of it, with programs that say what they are called with."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name) / "it's my $work"
        self.folder.mkdir()

    def asked(self, ask: Callable[[], object]) -> tuple[str, ...]:
        with mock.patch.object(workshop, "run", return_value="") as run:
            ask()
        return tuple(map(str, run.call_args.args))

    def shell(self, script: str, *words: str) -> list[str]:
        said = 'mount() { printf "%s\\n" "$@"; }\n'
        done = subprocess.run(["sh", "-c", said + script, *words], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    def test_folder_of_any_name_is_bound_whole(self) -> None:
        tree = self.folder / "tree"
        words = self.asked(lambda: workshop.Workshop(tree, 0).run("true", binds={"/out of 'it'": self.folder}))
        script = words[words.index("-c") + 1].split(" && root=")[0]
        said = self.shell(script, str(tree))
        self.assertEqual(said[-3:], ["--bind", str(self.folder), f"{tree}/out of 'it'"])

    def test_archives_are_kept_in_a_folder_of_any_name(self) -> None:
        places = Places(_FIRMWARE.parent, self.folder, self.folder, self.folder)
        words = self.asked(lambda: workshop.bootstrap(places, self.folder / "tree", "workshop"))
        hooks = {word.partition("=")[0]: word.partition("=")[2] for word in words}
        made, later = self.folder / "made", self.folder / "later"
        (made / "var/cache/apt/archives").mkdir(parents=True)
        (made / "var/cache/apt/archives/one.deb").write_text("", encoding="utf-8")
        self.shell(hooks["--customize-hook"], "sh", str(made))
        later.mkdir()
        self.shell(hooks["--setup-hook"], "sh", str(later))
        self.assertTrue((later / "var/cache/apt/archives/one.deb").exists())

    def test_folder_in_which_an_image_was_made_is_not_in_it(self) -> None:
        places = Places(_FIRMWARE.parent, self.folder, self.folder, self.folder)
        tree, package = self.folder / "tree", self.folder / "packages" / "ours.deb"

        def as_mmdebstrap_leaves_it(*_words: str, **_settings: str) -> str:
            place = tree / package.relative_to("/")
            place.parent.mkdir(parents=True)
            place.touch()
            (tree / "usr").mkdir()
            return ""

        with mock.patch.object(workshop, "run", side_effect=as_mmdebstrap_leaves_it):
            workshop.bootstrap(places, tree, "system", [package])
        self.assertEqual([path.name for path in tree.iterdir()], ["usr"])


class KeysTest(unittest.TestCase):
    def provided(self, *names: str) -> list[str]:
        """What is made beside files of those names."""
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            for name in names:
                (here / name).write_text("", encoding="utf-8")
            shop = mock.Mock()
            keys.provide(shop, Places(here, here, here, here))
            return sorted({word for call in shop.run.call_args_list for word in call.args if word.endswith((".key", ".crt")) and "-in" not in call.args})

    def test_all_is_made_or_what_is_missing(self) -> None:
        pairs = ["KEK", "PK", "db", "release", "release-ca"]
        everything = sorted(f"/keys/{name}.{half}" for name in pairs for half in ("crt", "key"))
        self.assertEqual(self.provided(), sorted([*everything, "/keys/measured.key"]))
        self.assertEqual(self.provided(*(f"{name}.{half}" for name in pairs for half in ("crt", "key")), "measured.key"), [])
        ceremony = ["PK.crt", "KEK.crt", "db.crt", "db.key", "release-ca.crt", "release.crt", "release.key", "measured.key"]
        self.assertEqual(self.provided(*ceremony), [], "keys with which no build signs stay where they are")

    def test_half_a_pair_is_refused_by_its_name(self) -> None:
        for there, missing in (("PK.key", "PK.crt"), ("KEK.key", "KEK.crt"), ("db.key", "db.crt"), ("db.crt", "db.key"),
                               ("release.key", "release.crt"), ("release.crt", "release.key"), ("release-ca.key", "release-ca.crt")):
            with self.assertRaisesRegex(ImageError, f"/{missing} is missing"):
                self.provided(there)
        with self.assertRaisesRegex(ImageError, "/release-ca.crt is missing"):
            self.provided("release.crt", "release.key")


class ReductionTest(unittest.TestCase):
    """A small tree, reduced by lists of its own."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        root = Path(scratch.name)
        self.tree = root / "tree"
        self.places = Places(root, root, root, root)
        for name in ("usr/bin/kept", "usr/bin/sh", "usr/sbin/also-kept", "usr/sbin/useradd", "usr/share/doc/page", "var/lib/dpkg/status"):
            path = self.tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("", encoding="utf-8")
        (self.tree / "etc").mkdir()
        os.chmod(self.tree / "usr/bin/kept", 0o4755)

    def reduce(self, kept: str, removed: str) -> None:
        folder = self.places.firmware / "image"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kept.txt").write_text(f"# a comment\n{kept}\n", encoding="utf-8")
        (folder / "removed.txt").write_text(f"{removed}\n", encoding="utf-8")
        system.reduce(self.places, self.tree)

    def test_programs_that_nobody_named_are_gone_and_those_that_stay_make_nobody_root(self) -> None:
        self.reduce("kept\nalso-*", "usr/share/doc")
        left = sorted(str(path.relative_to(self.tree)) for path in self.tree.rglob("*") if path.is_file())
        self.assertEqual(left, ["etc/machine-id", "usr/bin/kept", "usr/sbin/also-kept"])
        self.assertEqual(stat.S_IMODE((self.tree / "usr/bin/kept").stat().st_mode), 0o755)

    def test_a_line_that_names_nothing_ends_the_build(self) -> None:
        with self.assertRaisesRegex(ImageError, "kept.txt names .*misspelt"):
            self.reduce("kept\nmisspelt", "usr/share/doc")
        with self.assertRaisesRegex(ImageError, "removed.txt names .*usr/share/dock"):
            self.reduce("kept", "usr/share/dock")


class ModulesTest(unittest.TestCase):
    """modules.dep(5) of a kernel with four of them."""

    _NEEDED = {"kernel/fs/ext4/ext4.ko.xz": ["kernel/fs/jbd2/jbd2.ko.xz"], "kernel/fs/jbd2/jbd2.ko.xz": [],
               "kernel/net/sctp/sctp.ko.xz": [], "kernel/net/tls/tls.ko.xz": []}

    def test_what_is_named_stays_and_what_that_needs(self) -> None:
        self.assertEqual(modules.chosen(self._NEEDED, ["fs/ext4", "net/tls/tls.ko"]), self._NEEDED.keys() - {"kernel/net/sctp/sctp.ko.xz"})

    def test_a_line_that_names_nothing_ends_the_build(self) -> None:
        for misspelt in ("fs/ext", "net/tls/tl", "sctp"):
            with self.assertRaisesRegex(ImageError, f"kept_modules.txt names {misspelt},"):
                modules.chosen(self._NEEDED, [misspelt])


class StartTest(unittest.TestCase):
    def test_early_files_take_the_root_from_the_signed_words_and_from_nothing_behind_them(self) -> None:
        init = (_FIRMWARE / "boot" / "init").read_text(encoding="utf-8")
        found = re.search(r"^root=.*\n(case .*esac)$", init, re.MULTILINE)
        assert found is not None
        signed = f"quiet sekisho.root={'a' * 64},4096"
        for words, opens in ((signed, True), (f"{signed} sekisho.root={'b' * 64},4096", False), (f"{signed} rdinit=/bin/sh", False),
                             ("quiet", False)):
            script = f'give_up() {{ exit 1; }}\nwords="{words}"\n{found[0]}\nprintf %s "$root"'
            done = subprocess.run(["sh", "-c", script], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, f"{'a' * 64},4096") if opens else (1, ""), words)

    def test_the_watchdog_counts_once_from_the_first_driver_on_that_finds_one(self) -> None:
        lines = (_FIRMWARE / "boot" / "modules.txt").read_text(encoding="utf-8").splitlines()
        names = [line.split()[0] for line in lines if line and not line.startswith("#")]
        watchdogs = [name for name in names if name in ("i6300esb", "iTCO_wdt", "sp5100_tco")]
        self.assertLess(names.index(watchdogs[-1]), names.index("dm_verity"))  # all others may be what hangs
        for finds in watchdogs:
            with tempfile.TemporaryDirectory() as scratch:
                done = self.load(Path(scratch), names, finds)
            started = done.index("started")
            self.assertEqual((done.count("started"), done[started - 1]), (1, f"{names.index(finds):03}-{finds}.ko heartbeat=180"))
            self.assertEqual([line.split("-", 1)[1] for line in done if "heartbeat" in line], [f"{name}.ko heartbeat=180" for name in watchdogs])
            self.assertEqual(len(done), len(names) + 1)

    @staticmethod
    def load(folder: Path, modules: list[str], finds: str) -> list[str]:
        """What the early files ask of BusyBox, where one module's driver finds a watchdog; and when they start that."""
        init = (_FIRMWARE / "boot" / "init").read_text(encoding="utf-8")
        found = re.search(r"^counting=\n.*?^done$", init, re.MULTILINE | re.DOTALL)
        assert found is not None
        (folder / "modules").mkdir()
        for number, name in enumerate(modules):
            (folder / "modules" / f"{number:03}-{name}.ko").touch()
        box = f'box() {{ shift; echo "$@" >> {folder}/log; case $1 in *-{finds}.ko) : > {folder}/watchdog0 ;; esac; }}\nbox=box\n'
        script = found[0].replace("/modules/", f"{folder}/modules/").replace("echo > /dev/watchdog0", f"echo started >> {folder}/log") \
            .replace("-c /dev/watchdog0", f"-e {folder}/watchdog0")
        subprocess.run(["sh", "-c", box + script], check=True)
        return (folder / "log").read_text(encoding="utf-8").replace(f"{folder}/modules/", "").splitlines()


if __name__ == "__main__":
    unittest.main()
