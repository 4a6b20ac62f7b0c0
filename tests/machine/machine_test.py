"""The machine's parts that need no machine: what counts as passed, what is run, and what the kernel starts from."""

import unittest

import initramfs
import kernel
import near
import orders
import verdicts


class Verdicts(unittest.TestCase):
    def assert_failed(self, how: str, ending: dict[str, object] | None, output: str = "") -> None:
        verdict = verdicts.of(ending, output)
        self.assertFalse(verdict.passed)
        self.assertIn(how, verdict.how)

    def test_a_program_that_ended_well_has_passed(self) -> None:
        verdict = verdicts.of({"status": 0, "seconds": 1.5}, "[  PASSED  ] 1 test.\n")
        self.assertTrue(verdict.passed)
        self.assertEqual(verdict.how, "1.5 s")

    def test_without_a_result_nothing_has_passed(self) -> None:
        self.assert_failed("no result", None, "[  PASSED  ] 1 test.\n")

    def test_how_it_failed_is_told(self) -> None:
        self.assert_failed("ended with status 3", {"status": 3, "seconds": 1})
        self.assert_failed("died of SIGSEGV", {"status": -11, "seconds": 1})
        self.assert_failed("was ended after 60 s", {"status": None, "seconds": 60})

    def test_who_leaves_itself_out_has_failed(self) -> None:
        for output in ("[  SKIPPED ] Vlan.is_made (3 ms)\n", "Ran 2 tests in 0.1s\n\nOK (skipped=1)\n"):
            self.assert_failed("left itself out", {"status": 0, "seconds": 1}, output)

    def test_who_runs_nothing_has_failed(self) -> None:
        for output in ("[==========] Running 0 tests from 0 test suites.\n", "----\nRan 0 tests in 0.000s\n\nOK\n"):
            self.assert_failed("ran no test", {"status": 0, "seconds": 1}, output)


class Orders(unittest.TestCase):
    LISTING = {"tests": [
        {"name": "Vlan.is_made", "command": ["/b/vlan_test", "--gtest_filter=Vlan.is_made"],
         "properties": [{"name": "TIMEOUT", "value": 10.0}, {"name": "WORKING_DIRECTORY", "value": "/b"}]},
        {"name": "e2e.demo", "command": ["/usr/bin/python3", "demo.py"],
         "properties": [{"name": "ENVIRONMENT", "value": ["GW_BIN=/b/bin", "A=b=c"]}]}]}

    def test_those_whose_names_match_are_taken_with_all_they_are_told(self) -> None:
        found = orders.of_ctest(self.LISTING, ["^Vlan", "demo"])
        self.assertEqual([order.name for order in found], ["Vlan.is_made", "e2e.demo"])
        self.assertEqual((found[0].folder, found[0].seconds), ("/b", 10.0 * orders.SLOWER))
        self.assertEqual(found[1].environment, {"GW_BIN": "/b/bin", "A": "b=c"})
        self.assertEqual(orders.of_ctest(self.LISTING, ["vlan$"]), [])

    def test_each_test_of_a_program_is_found(self) -> None:
        listing = "Running main() from gtest_main.cc\nVlan.\n  is_made\nRoles/Walls.\n  hold/0  # GetParam() = a.b\n  hold/1\n"
        self.assertEqual(orders.tests_in(listing), ["Vlan.is_made", "Roles/Walls.hold/0", "Roles/Walls.hold/1"])


class Near(unittest.TestCase):
    def test_the_libraries_of_a_program_are_those_with_a_place(self) -> None:
        listing = ("\tlinux-vdso.so.1 (0x00007ffc)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f00)\n"
                   "\t/lib64/ld-linux-x86-64.so.2 (0x00007f01)\n\tlost.so => not found\n")
        self.assertEqual(near.libraries_in(listing), ["/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"])


class Kernel(unittest.TestCase):
    def test_a_module_says_what_it_needs(self) -> None:
        self.assertEqual(kernel.needs_of(b"\x7fELF\0license=GPL\0depends=mrp,nf-tables\0name=x\0"), ["mrp", "nf_tables"])
        self.assertEqual(kernel.needs_of(b"\x7fELF\0license=GPL\0depends=\0"), [])

    def test_an_image_that_is_not_understood_is_refused(self) -> None:
        with self.assertRaises(kernel.MachineError):
            kernel.image_of(b"MZ no compressed kernel in here")


class Initramfs(unittest.TestCase):
    def test_each_record_begins_where_it_must_and_the_archive_ends(self) -> None:
        made = initramfs.archive([initramfs.folder("bin"), initramfs.file("bin/it", b"12345")])
        self.assertEqual(len(made) % 4, 0)
        places = [at for at in range(0, len(made), 4) if made[at:at + 6] == b"070701"]
        self.assertEqual(len(places), 3)
        self.assertIn(b"TRAILER!!!\0", made[places[-1]:])
        self.assertEqual(made[places[1] + 54:places[1] + 62], b"%08X" % 5)


if __name__ == "__main__":
    unittest.main()
