"""What the kernel refuses is written down with tenant, both ends and rule, and no flood makes it many records (WLS-03, IDS-01)."""

import socket
import threading
import unittest

from lab import namespaces
from lab.records import Record
from lab.waiting import wait_for
from support.box_test import BoxTest

_FLOOD = 5_000


class RefusedPacketsAreEvidence(BoxTest):

    def _datagrams(self, tenant: str, address: str, ports: list[int], source: str = "") -> None:
        sender = namespaces.socket_in(self.lab.namespace(f"clinic-{tenant}"), socket.AF_INET, socket.SOCK_DGRAM)
        with sender:
            sender.bind((source, 0))
            for port in ports:
                sender.sendto(b"?", (address, port))

    def test_a_closed_port_is_named_with_its_tenant(self) -> None:
        door = self.door("karte")
        self._datagrams("karte", door.address, [161])
        refused = self.wait_record("packet.refused", destination_port=161)
        self.assertEqual((refused["of_tenant"], refused["destination"], refused["protocol"]), ("karte", door.address, "udp"))
        self.assertTrue(refused["interface"].startswith("lan"), refused)
        self.assertNotEqual(refused["reason"], "")

    def test_a_port_scan_is_recognised(self) -> None:
        door = self.door("imaging")

        def recognised() -> list[Record] | None:  # the kernel copies so many packets a second of each source
            self._datagrams("imaging", door.address, list(range(1, 60)))
            return self.records("scan.ports") or None

        seen = wait_for("the scan to be recognised", recognised)[0]
        self.assertEqual((seen["of_tenant"], seen["destination"]), ("imaging", door.address))

    def test_a_flood_of_one_source_hides_no_other_ones_scan(self) -> None:
        """Both are refused in the same namespace for the same reason, and the scan comes once."""
        scanned, scanner, over = self.door("imaging").address, "10.12.1.77", threading.Event()
        namespaces.add_address(str(self.lab.namespace("clinic-imaging")), "lan1", f"{scanner}/24")

        def flood() -> None:
            while not over.is_set():
                self._datagrams("karte", self.door("karte").address, [161] * 100)

        flooding = threading.Thread(target=flood)
        flooding.start()
        try:
            self.wait_record("packet.refused", of_tenant="karte", destination_port=161)
            self._datagrams("imaging", scanned, list(range(1, 60)), scanner)
            self.assertEqual(self.wait_record("scan.ports", source=scanner)["destination"], scanned)
        finally:
            over.set()
            flooding.join()

    def test_a_flood_of_refused_packets_is_few_records(self) -> None:
        door = self.door("karte")
        self._datagrams("karte", door.address, [1 + n % 60_000 for n in range(_FLOOD)])
        self.wait_record("packet.refused")
        self._datagrams("karte", door.address, [7])
        self.assertLess(len(self.records("packet.refused")), 200)


if __name__ == "__main__":
    unittest.main()
