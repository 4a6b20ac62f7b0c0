"""Whatever somebody writes or sends is shown as text, and no script of it runs (ADM-11): in what administrators write, in the subjects of
certificates, in what strangers send to the box, in the address of a page, and in every field of every page."""

import re
import socket
import unittest
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from authority import Authority
from lab import command, namespaces
from lab.waiting import wait_for
from support import authorities
from support.administered_box import ADDRESS, PORT
from support.administrator import Administrator
from support.browser_test import BrowserTest
from support.site import Site
from support.tls_pipe import Truncated

_SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
_SHORT = "<img src=x onerror=alert(3)>"  # a common name has 64 characters
_UI = Path(__file__).resolve().parents[2] / "gateway/web/ui/src"
_PAGES = re.findall(r"^  \{ id: '(\w+)'", (_UI / "pages/index.ts").read_text(), re.M)
# What would be there if a text had become markup.
_STRANGE = "document.querySelectorAll('img, iframe, object, embed, script:not([src]), [onerror], [onload]').length"
_FILL = """(() => { const text = %r;
  const fields = [...document.querySelectorAll('input:is([type=text], [type=search], [type=password], :not([type])), textarea')];
  for (const field of fields) {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('blur'));
  }
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  document.querySelectorAll('form').forEach((one) => one.requestSubmit());
  return fields.length; })()"""


class ScriptsThatSomebodyStoresNeverRun(BrowserTest):
    vendor: Administrator

    @classmethod
    def shape(cls, site: Site) -> Site:
        """An authority whose own name is a script is trusted beside the tenant's."""
        Authority.make(cls.folder / "scripted-ca", _SHORT)
        tenant = site.tenant("karte")
        tenant["terminal_anchors"] = [{"file": tenant["terminal_anchors"]}, {"file": "scripted-ca.pem"}]
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.vendor = cls.made("vendor-1", "maintainer", source=cls.desk(32))

    def _stores(self, who: Administrator, method: str, path: str, body: dict[str, Any]) -> None:
        said = self.comes(who).ask(method, path, body)
        self.assertLess(said.status, 300, (path, said))

    def _writes_everywhere(self) -> None:
        """Each text that the box keeps and shows."""
        now = datetime.now(timezone.utc).replace(microsecond=0)
        times = {"from": now.isoformat().replace("+00:00", "Z"), "until": (now + timedelta(hours=1)).isoformat().replace("+00:00", "Z")}
        self._stores(self.first, "POST", "/accounts", {"name": "scripted", "person": _SCRIPT, "role": "viewer"})
        self._stores(self.first, "POST", "/cuts", {"what": "terminal", "tenant": "karte", "name": "desk-2", "reason": _SCRIPT})
        self._stores(self.first, "POST", "/cuts/undo", {"what": "terminal", "tenant": "karte", "name": "desk-2", "reason": _SCRIPT})
        self._stores(self.first, "POST", "/terminals/karte/desk-2/block", {"reason": _SCRIPT})
        self._stores(self.first, "POST", "/incidents", {"title": _SCRIPT, "clocks": []})
        self._stores(self.first, "POST", "/incidents/1/notes", {"note": _SCRIPT})
        self._stores(self.first, "POST", "/captures", {"interface": "lan0", "seconds": 1, "reason": _SCRIPT})
        self._stores(self.vendor, "POST", "/maintenance", {"vendor": "vendor-a", "reason": _SCRIPT, "ticket": _SCRIPT[:60], "allowed": ["status.read"],
                                                           "plan": [f"status.read: {_SCRIPT}"], **times})
        base = self.first.ask("GET", "/configuration").json
        text = f"# {_SCRIPT}\n{base['configuration']}"
        self._stores(self.first, "POST", "/changes", {"configuration": text, "reason": _SCRIPT, "base": base["change"]})
        self._stores(self.first, "POST", "/evidence", {})

    def _comes_with_scripts(self) -> None:
        """What strangers send: certificates, requests, packets."""
        Authority.make(self.folder / "stranger-ca", _SHORT)
        for authority in ("scripted-ca", "stranger-ca"):
            shown = authorities.issue_terminal(self.folder / authority, self.folder / f"{authority}-device", "karte", _SHORT)
            with suppress(OSError, Truncated):
                pipe = self.open(self.terminal_with(shown))
                while pipe.receive():
                    pass
        self.wait_record("session.refused", 10)
        with namespaces.socket_in(self.lab.namespace("clinic-karte"), socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(_SCRIPT.encode(), (self.door().address, 161))
        self.wait_record("packet.refused", 10, destination_port=161)
        command.run("curl", "-sk", "--max-time", "5", "--resolve", f"box.clinic.example:{PORT}:{ADDRESS}", "-A", _SCRIPT, "-H", f"Referer: {_SCRIPT}",
                    f"https://box.clinic.example:{PORT}/%3Cimg%20src=x%20onerror=alert(4)%3E", namespace=str(self.lab.namespace("office")))

    def _shows(self, page: str) -> str:
        self.browser.go(page)
        wait_for(f"the page {page}", lambda: self.browser.do("count", selector="main .loading") == 0 or None, 20)
        self.browser.do("evaluate", script="document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self._is_text_alone(page)
        return self.browser.text("main")

    def _is_text_alone(self, page: str) -> None:
        self.assertEqual(self.browser.do("evaluate", script=_STRANGE), 0, page)

    def _nothing_ran(self) -> None:
        told = self.browser.do("told")
        self.assertEqual(told["dialogs"], 0, "a script ran")
        self.assertEqual([one for one in told["console"] if "Content Security Policy" in one], [], "it was stopped by the policy alone")
        self.assertEqual([one for one in told["requests"] if one.endswith("/x")], [])

    def test_1_what_was_stored_and_sent_is_shown_as_text(self) -> None:
        self._writes_everywhere()
        self._comes_with_scripts()
        self.browser.comes_in(self.first)
        for language in ("English", "日本語"):
            self.browser.click(language)
            shown = {page: self._shows(page) for page in [*_PAGES, "incidents/1", "maintenance/1", "changes/2", "evidence/1"]}
        for page in ("accounts", "incidents", "incidents/1", "maintenance", "maintenance/1", "changes/2", "history", "records"):
            self.assertIn("onerror=alert(1)", shown[page], page)
        self.assertIn("onerror=alert(3)", shown["certificates"], "the subject of an authority")
        self._nothing_ran()

    def test_2_an_address_with_a_script_is_none(self) -> None:
        self.browser.comes_in(self.first)
        for page in (_SCRIPT, f"help/{_SCRIPT}", f"terminals/{_SCRIPT}", f"records/event={_SCRIPT}", f"refusals/terminal={_SCRIPT}", f"evidence/1/forms/{_SCRIPT}",
                     f"incidents/1/{_SCRIPT}", "changes/javascript:alert(5)"):
            self._shows("/".join(part.replace("/", "%2F") for part in page.split("/", 1)))
        self._nothing_ran()

    def test_3_every_field_of_every_page_takes_a_script_for_text(self) -> None:
        filled = 0
        for page in ("", "enrol", "claim"):
            self.browser.do("renew")
            self.browser.open(page)
            self.browser.do("shows", role="heading", name={"": "サインイン", "enrol": "アカウントを使い始める", "claim": "最初の管理者を登録する"}[page])
            filled += self._fills(page)
        self.browser.comes_in(self.first)
        for page in _PAGES:
            self._shows(page)
            filled += self._fills(page)
        self.assertGreater(filled, 30)
        self._nothing_ran()

    def _fills(self, page: str) -> int:
        count = int(self.browser.do("evaluate", script=_FILL % _SCRIPT))
        self.browser.do("waits", seconds=0.3)
        self._is_text_alone(page)
        return count


if __name__ == "__main__":
    unittest.main()
