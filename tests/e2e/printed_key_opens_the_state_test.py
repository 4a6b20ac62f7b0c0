"""PHY-01: a box whose TPM does not open the state says so and serves nobody; the key that was printed at its first start opens it, from a
stick and however it was copied, and seals it to the TPM that is there now."""

import json
import re
import unittest
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support.appliance import medium, partition_start
from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_MESSAGES = 20
_RECOVERY_KEY = re.compile(r"\b[cbdefghijklnrtuv]{8}(?:-[cbdefghijklnrtuv]{8}){7}\b")  # systemd-cryptenroll(1)
_CLOSED = "the TPM of this machine does not open it"
_SEALED = "the state is open, and the TPM of this machine opens it from now on"
_UNSEALED = "the state is open until the box is switched off"
_DESCRIBED, _HEADER = 4096, 16384  # LUKS2 On-Disk Format 1.1, 2.1: where its JSON begins and ends


class PrintedKeyOpensTheState(ApplianceTest):
    """The tests are one story of one box, in the order of their names."""

    printed: str
    described: dict[str, Any]  # the volume as it was opened by itself last

    def stick(self, name: str, copied: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        (folder / "recovery.key").write_bytes(copied.encode())
        return medium(self.folder / f"{name}.img", "SEKISHOKEY", folder)

    def try_with(self, name: str, copied: str, *answers: str) -> None:
        """A stick into the running box, until it has said what it makes of it."""
        self.box.forget_what_it_said()
        self.box.plug(self.stick(name, copied))
        for answer in answers:
            self.box.wait_for(answer, START_SECONDS)
        self.box.unplug()

    def serves(self) -> None:
        """systemd says of what is started late nothing on the console, so it is asked for."""
        wait_for("the box to serve", self.is_served, START_SECONDS)

    def is_served(self) -> bool:
        try:
            return self.terminal().hl7(self.door(), _MESSAGES) == _MESSAGES
        except OSError:
            return False

    def volume(self) -> dict[str, Any]:
        with open(self.box.disk, "rb") as disk:
            disk.seek(partition_start(self.box.disk, "state"))
            head = disk.read(_HEADER)
        found: dict[str, Any] = json.loads(head[_DESCRIBED:].split(b"\0")[0])
        return found

    @staticmethod
    def ways_in(volume: dict[str, Any]) -> dict[str, list[str]]:
        """Key slots by the kind of the token that says what they are."""
        return {token["type"]: token["keyslots"] for token in volume["tokens"].values()}

    @staticmethod
    def seal(volume: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = next(token for token in volume["tokens"].values() if token["type"] == "systemd-tpm2")
        return found

    @staticmethod
    def binding(volume: dict[str, Any]) -> tuple[Any, ...]:
        """To which registers of the TPM the state is sealed, and to whose signed policy."""
        token = PrintedKeyOpensTheState.seal(volume)
        return sorted(token["tpm2-pcrs"]), token["tpm2_pubkey_pcrs"], token["tpm2_pubkey"], token.get("tpm2-pcr-bank")

    def test_1_key_is_printed_at_the_first_start(self) -> None:
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.serves()
        type(self).printed = _RECOVERY_KEY.findall(self.box.said())[0]
        type(self).described = self.volume()
        self.box.cut_power()
        self.box.eject()
        self.assertEqual(self.ways_in(self.described).keys(), {"systemd-tpm2", "systemd-recovery"})
        self.assertEqual(self.binding(self.described)[:2], ([7, 12], [11]))

    def test_2_another_tpm_leaves_it_closed_and_the_box_says_what_to_do(self) -> None:
        self.box.move_disk()
        self.box.power_on()
        self.box.wait_for(_CLOSED, START_SECONDS)
        self.assertIn("SEKISHOKEY", self.box.said())

    def test_3_what_is_no_key_of_this_box_opens_nothing(self) -> None:
        wrong = self.printed[:13] + "a" + self.printed[14:]
        self.try_with("misread", wrong, "letter 13 (group 2, letter 5) is a", "is no recovery key")
        another = self.printed.translate(str.maketrans("cb", "bc"))
        self.try_with("another", another, "It is another box's, or a letter was misread")
        self.assertFalse(self.is_served())
        self.assertEqual(self.volume(), self.described)

    def test_4_key_opens_it_however_it_was_copied(self) -> None:
        groups = self.printed.upper().split("-")
        sloppy = "\r\n  " + " ".join(groups[:3]) + "".join(groups[3:5]) + "\r\n" + "\u30fc".join(groups[5:]) + "  \r\n"
        self.try_with("sloppy", sloppy, _SEALED)
        self.serves()
        self.assertNotIn(self.printed, self.box.said())
        self.box.cut_power()
        self.is_sealed_as_at_the_first_start()

    def is_sealed_as_at_the_first_start(self) -> None:
        volume, first = self.volume(), self.ways_in(self.described)["systemd-recovery"]
        self.assertEqual(self.ways_in(volume)["systemd-recovery"], first)
        self.assertEqual(volume["keyslots"][first[0]], self.described["keyslots"][first[0]], "the printed key's slot was touched")
        self.assertEqual((len(volume["tokens"]), len(volume["keyslots"])), (2, 2), "the seal of before is gone")
        self.assertEqual(self.binding(volume), self.binding(self.described))
        self.assertNotEqual(self.seal(volume)["tpm2-blob"], self.seal(self.described)["tpm2-blob"], "that is of the TPM of before")
        type(self).described = volume

    def test_5_next_start_needs_no_stick(self) -> None:
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.serves()
        self.assertNotIn(_CLOSED, self.box.said())
        self.box.cut_power()

    def test_6_stick_that_is_left_in_does_nothing_to_a_box_that_is_open(self) -> None:
        self.box.insert(self.folder / "sloppy.img")
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.serves()
        self.assertNotIn("sekisho-recovery:", self.box.said())
        self.box.cut_power()

    def test_7_stick_that_is_there_at_the_start_opens_it_too(self) -> None:
        self.box.move_disk()
        self.box.power_on()
        self.box.wait_for(_SEALED, START_SECONDS)
        self.serves()
        self.box.cut_power()
        self.is_sealed_as_at_the_first_start()

    def test_8_board_without_a_tpm_is_opened_until_it_is_switched_off(self) -> None:
        sealed = self.volume()
        self.box.has_tpm = False
        self.box.power_on()
        self.box.wait_for(_UNSEALED, START_SECONDS)
        self.serves()
        self.box.cut_power()
        self.assertEqual(self.volume(), sealed, "the seal of before is still there")


if __name__ == "__main__":
    unittest.main()
