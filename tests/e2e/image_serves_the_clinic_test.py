"""The image starts on firmware that starts nothing unsigned, takes the site's configuration from a stick, and carries a clinic's
messages to its cloud; after a power cut it does so again, without the stick."""

import re
import unittest

from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_MESSAGES = 20
_RECOVERY_KEY = re.compile(r"\b[cbdefghijklnrtuv]{8}(?:-[cbdefghijklnrtuv]{8}){7}\b")  # systemd-cryptenroll(1)


class ImageServesTheClinic(ApplianceTest):
    def test_box_serves_and_serves_again_after_a_power_cut(self) -> None:
        self.box.power_on()
        print(f"first start: serving after {self.box.wait_for(SERVING, START_SECONDS):.0f} s, {self.box.worked():.0f} s of a processor", flush=True)
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)
        first = self.box.said()
        self.assertEqual(len(_RECOVERY_KEY.findall(first)), 1, "the key for the day without a TPM is shown once")
        self.is_shut(first)

        self.box.cut_power()
        self.box.eject()
        self.box.power_on()
        print(f"second start: serving after {self.box.wait_for(SERVING, START_SECONDS):.0f} s, {self.box.worked():.0f} s of a processor", flush=True)
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)
        self.assertEqual(_RECOVERY_KEY.findall(self.box.said()), [])
        self.is_shut(self.box.said())

    def is_shut(self, console: str) -> None:
        """The firmware checks signatures, the kernel is closed even to root, and nobody is asked for a name."""
        for words in ("UEFI Secure Boot is enabled", "Kernel is locked down from"):
            self.assertIn(words, console)
        for prompt in ("login:", "Press Enter for maintenance", "Give root password"):
            self.assertNotIn(prompt, console)


if __name__ == "__main__":
    unittest.main()
