"""A service whose own client certificate stays with the terminal: the box puts its TLS around, leads to that one name and port,
sees that what is inside is TLS of the profile with that name, and records it (NET-07, NET-10, WLS-01)."""

import hashlib
import json
import plistlib
import ssl
import unittest
import uuid
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from lab import command
from lab.cloud import Cloud, service_of
from lab.pki import Credential
from lab.terminals import Door, Terminal
from support.box_test import BoxTest
from support.site import RAW, WEB, ServiceSpec, Site, TenantSpec
from support.tls_pipe import TlsPipe

_BYTES = 5_000_000
_JVM = Path(__file__).parent / "support" / "TunnelClient.java"
_TWO_TUNNELS = _JVM.with_name("two_tunnels.js")
_FOREIGN = ServiceSpec("foreign", 443, 443, ("203.0.113.22",))


class ServiceKeepsItsOwnTls(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (WEB, RAW)), TenantSpec("remote", "10.12.1.1", (_FOREIGN,)))
    clouds: Cloud

    @classmethod
    def shape(cls, site: Site) -> Site:
        tomorrow = (datetime.now() + timedelta(days=30)).strftime("%Y-%m-%d")
        site.tenant("karte")["enrolment"] = {"address": "10.11.1.1", "port": 9443,
                                             "downstream": {"certificate": "pki/karte/enrolment.pem", "key": "pki/karte/enrolment.key"}}
        return site.wrapped("karte", "web").passed_through("remote", "foreign", tomorrow, "desk-1", "10.12.1.101")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder))
        cls.clouds.start("https", "karte", "web")
        cls.clouds.start("https", "remote", "foreign")

    # --- who is who

    def proxy(self) -> Door:
        door = self.door("karte", "web")
        return Door(door.address, door.port, "web.karte.clinic.example", door.ca)

    def cloud(self, tenant: str = "karte", service: str = "web") -> Door:
        upstream = service_of(self.lab.site, tenant, service)["upstream"]
        return Door("", upstream["port"], upstream["server_name"], self.keys.tenant(tenant).cloud_ca(service))

    def clinics(self, tenant: str = "karte", service: str = "web") -> Credential:
        """The certificate that the service gave the clinic."""
        return Credential(self.keys.tenant(tenant).folder / f"{service}-client.pem")

    # --- wrap

    def test_the_terminal_shows_the_cloud_a_certificate_that_the_box_does_not_have(self) -> None:
        file = self.folder / "upload"
        file.write_bytes(bytes(range(256)) * (_BYTES // 256))
        sent = self.terminal().curl_through(self.proxy(), self.cloud(), self.clinics(), "/upload", "-T", str(file))
        self.assertTrue(sent.succeeded, sent.errors)
        self.assertEqual(json.loads(sent.output)["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())
        opened = self.wait_record("session.opened", service="web")
        self.assertEqual(opened["terminal"], "desk-1")
        self.assertRegex(opened["downstream_tls"], r"^TLSv1\.3 TLS_AES")
        self.assertRegex(opened["upstream_tls"], r"^TLSv1\.3 TLS_AES\w+ end to end$")
        self.assertNotIn("upstream_certificate_sha256", opened)
        self.assertGreater(self.wait_record("session.closed", service="web")["bytes_up"], _BYTES)

    def test_without_that_certificate_it_is_the_cloud_who_says_no(self) -> None:
        refused = self.terminal().curl_through(self.proxy(), self.cloud(), None, "/")
        self.assertFalse(refused.succeeded)
        self.wait_record("session.opened", service="web")
        # The words do not tell: a cloud that closes with something unread resets the connection, and may outrun its alert (RFC 9293 3.6.1).
        self.wait_record("session.closed", service="web")
        self.assertEqual(self.records("session.refused"), [])

    def test_without_the_terminals_certificate_it_is_the_box(self) -> None:
        refused = Terminal(self.terminal().namespace, None).curl_through(self.proxy(), self.cloud(), self.clinics(), "/")
        self.assertFalse(refused.succeeded)
        self.wait_record("session.refused", reason="certificate_missing")

    def test_another_name_or_port_is_refused_in_words(self) -> None:
        cloud = self.cloud()
        for elsewhere in (Door("", cloud.port, "raw.karte.cloud.example", cloud.ca), Door("", 8443, cloud.server_name, cloud.ca)):
            refused = self.terminal().curl_through(self.proxy(), elsewhere, self.clinics(), "/")
            self.assertIn("403", refused.errors)
            record = self.wait_record("session.refused", reason="connect_elsewhere")
            self.assertIn(elsewhere.server_name, record["detail"])
            self.mark = self.lab.box.records.mark()

    def test_two_tunnels_in_one_connection_carry_their_own_upload_each(self) -> None:
        file = self.folder / "upload"
        file.write_bytes(bytes(range(256)) * (_BYTES // 256))
        door, cloud, own, inner = self.proxy(), self.cloud(), self.terminal().credential, self.clinics()
        assert own is not None
        sent = self.terminal().run("node", str(_TWO_TUNNELS), door.address, str(door.port), door.server_name, str(door.ca), str(own.certificate), str(own.key),
                                   cloud.server_name, str(cloud.port), str(cloud.ca), str(inner.certificate), str(inner.key), "/upload", str(file))
        self.assertTrue(sent.succeeded, sent.errors)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        self.assertEqual([json.loads(line)["sha256"] for line in sent.output.splitlines()], [digest, digest])
        self.wait_record("session.closed", service="web")
        opened = self.records("session.opened", service="web")
        self.assertEqual(len({record["session"] for record in opened}), 2)
        self.assertEqual(len({record["source_port"] for record in opened}), 1, "one connection")
        self.assertTrue(all(record["downstream_tls"].endswith(" h2") for record in opened), opened)

    def test_a_client_of_the_jvm_shows_each_its_own_certificate(self) -> None:
        bags = []
        for name, credential in (("own", self.terminal().credential), ("clinics", self.clinics())):
            assert credential is not None
            bags.append(str(self.folder / f"{name}.p12"))
            command.run("openssl", "pkcs12", "-export", "-in", str(credential.certificate), "-inkey", str(credential.key), "-passout", "pass:password",
                        "-out", bags[-1])
        door, cloud = self.proxy(), self.cloud()
        shown = self.terminal().run("java", "-XX:TieredStopAtLevel=1", str(_JVM), door.address, str(door.port), door.server_name, str(door.ca), bags[0],
                                    cloud.server_name, str(cloud.port), str(cloud.ca), bags[1], "/chart")
        self.assertTrue(shown.succeeded, shown.errors)
        self.assertIn(b'{"path": "/chart"}', shown.output)
        self.assertRegex(self.wait_record("session.opened", service="web")["upstream_tls"], r" end to end$")

    def test_old_tls_inside_is_refused(self) -> None:
        refused = self.terminal().curl_through(self.proxy(), self.cloud(), self.clinics(), "/", "--tls-max", "1.2")
        self.assertFalse(refused.succeeded)
        self.wait_record("session.refused", reason="inner_tls_version")

    def test_a_cloud_of_that_name_which_the_terminal_does_not_trust_gets_nothing(self) -> None:
        cloud = self.cloud()
        other = Door("", cloud.port, cloud.server_name, self.keys.tenant("karte").cloud_ca("raw"))
        refused = self.terminal().curl_through(self.proxy(), other, self.clinics(), "/")
        self.assertFalse(refused.succeeded)
        self.assertLess(self.wait_record("session.closed", service="web")["bytes_up"], 1000, "a hello and an alert, and no request")

    def test_browsers_are_told_where_to_ask_by_a_script_that_the_box_serves(self) -> None:
        shown = Terminal(self.terminal().namespace, None).run("curl", "-sS", "--cacert", str(self.door("karte", "web").ca), "-D", "-",
                                                              "https://10.11.1.1:9443/proxy.pac")
        self.assertTrue(shown.succeeded, shown.errors)
        self.assertIn(b"application/x-ns-proxy-autoconfig", shown.output)
        self.assertIn(b'return "HTTPS web.karte.clinic.example:8443";', shown.output)

    def test_apples_devices_find_profiles_there_that_lead_to_the_same_door(self) -> None:
        for device, types in (("macos", {"com.apple.relay.managed", "com.google.Chrome", "com.microsoft.Edge"}), ("ipados", {"com.apple.relay.managed"})):
            served = Terminal(self.terminal().namespace, None).run("curl", "-sS", "--fail", "--cacert", str(self.door("karte", "web").ca),
                                                                   f"https://10.11.1.1:9443/proxy/{device}.mobileconfig")
            self.assertTrue(served.succeeded, served.errors)
            profile = plistlib.loads(served.output)
            self.assertEqual(profile["PayloadType"], "Configuration")
            parts = {part["PayloadType"]: part for part in profile["PayloadContent"]}
            self.assertEqual(set(parts), types)
            relay = parts["com.apple.relay.managed"]
            self.assertEqual(relay["Relays"][0]["HTTP2RelayURL"], "https://web.karte.clinic.example:8443/")
            self.assertEqual(relay["MatchDomains"], [self.cloud().server_name])
            identifiers = [part["PayloadUUID"] for part in (profile, *profile["PayloadContent"])]
            self.assertEqual(len(identifiers), len({uuid.UUID(one) for one in identifiers}))
            if "com.google.Chrome" in parts:
                self.assertEqual(parts["com.google.Chrome"]["ProxySettings"]["ProxyPacUrl"], "https://10.11.1.1:9443/proxy.pac")

    # --- pass_through

    def pipe(self, name: str, source: str) -> TlsPipe:
        context = ssl.create_default_context(cafile=str(self.cloud("remote", "foreign").ca))
        own = self.clinics("remote", "foreign")
        context.load_cert_chain(own.certificate, own.key)
        door = self.door("remote", "foreign")
        return self.open(self.terminal("remote"), Door(door.address, door.port, name, door.ca), context, source=source)

    def test_a_foreign_client_reaches_the_name_it_may_and_no_other(self) -> None:
        name = self.cloud("remote", "foreign").server_name
        session = self.pipe(name, "10.12.1.101")
        session.send(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        self.assertTrue(session.receive().startswith(b"HTTP/1.1 200"))
        opened = self.wait_record("session.opened", service="foreign")
        self.assertEqual(opened["terminal"], "desk-1")
        self.assertRegex(opened["upstream_tls"], r" end to end$")
        self.assertNotIn("downstream_tls", opened)
        with self.assertRaises(OSError):
            self.pipe("other.example", "10.12.1.101")
        self.wait_record("session.refused", reason="policy_unknown_name")


if __name__ == "__main__":
    unittest.main()
