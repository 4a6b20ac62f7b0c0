"""A tenant and its service are added by filling in the blanks of a template (WLS-04): what is wrong is told field by field, what comes of it
is a change like any other, and once it is confirmed the box has the tenant's compartment, listener and rule, and a key of its own making."""

import json
import unittest

import yaml
from lab.waiting import wait_for
from support import change_page
from support.administrator import Json
from support.browser_test import BrowserTest
from support.site import Site

_SECOND = "10.11.1.2"
_BLANKS = {"区画の名前": "ＬＡＢ", "サービスの名前": "results", "端末が使う名前": "results.clinic.example", "クラウドの名前": "results.cloud.example",
           "端末の名前": "bench-1\nbench-2"}


class ATenantIsAddedFromATemplate(BrowserTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        site = super().shape(site)
        site.tree["network"]["lan"][0]["addresses"].append(f"{_SECOND}/24")
        return site

    def _opens(self) -> str:
        """With a configuration as people write it."""
        self.comes_in()
        text = yaml.safe_dump(json.loads(change_page.loaded(self.browser)), allow_unicode=True, sort_keys=False)
        self.browser.fill("設定", text, within="form")
        self.browser.do("evaluate", script="document.querySelector('main details summary').click()")
        self.browser.sees("空欄を埋めると、下の設定に書き加えます。")
        return text

    def test_1_what_is_wrong_is_told_before_anything_is_written(self) -> None:
        before = self._opens()
        self.browser.fill("区画の名前", "Karte 1")
        self.browser.fill("クラウドのポート", "0")
        self.browser.do("attach", label="クラウドの証明書を発行する認証局", path=str(self.keys.tenant("karte").terminal("desk-1").key))
        self.browser.click("設定に書き加える")
        for wrong in ("区画の名前は、半角の英小文字", "サービスの名前は、", "端末が使う名前は、", "クラウドの名前は、", "クラウドのポートは、1から", "端末の名前を一つ以上",
                      "認証局の証明書を、PEM形式(秘密鍵を含まないもの)で選んでください。"):
            self.browser.sees(wrong)
        self.assertEqual(self.browser.do("value", label="設定", within="form"), before)
        self.assertEqual(self.looks_right("template"), [])

    def test_2_the_tenant_is_there_once_the_change_is_confirmed(self) -> None:
        before = self._opens()
        for label, words in _BLANKS.items():
            self.browser.fill(label, words)
        self.browser.do("pick", label="端末が接続する装置のアドレス", value=_SECOND)
        keys = self.keys.tenant("karte")
        self.browser.do("attach", label="端末の証明書を発行する認証局", path=str(keys.folder / "terminal-ca.pem"))
        self.browser.do("attach", label="クラウドの証明書を発行する認証局", path=str(keys.cloud_ca("raw")))
        self.browser.click("設定に書き加える")
        self.browser.sees("区画 lab を下の設定に書き加えました。")
        after = str(self.browser.do("value", label="設定", within="form"))
        self.assertIn("- {name: bench-2}", after)
        self.assertEqual([line for line in before.splitlines() if line not in after.splitlines()], [], "nothing that was there is gone")
        change_page.stages(self.browser, after, "the laboratory comes")
        self.browser.sees("lab")
        change_page.confirms(self.browser)
        status = self.comes(self.first).ask("GET", "/status").json
        self.assertIn({"tenant": "lab", "address": _SECOND, "port": 8443}, status["listeners"])
        rules = self.first.ask("GET", "/rules").json["rules"]
        self.assertEqual([(one["service"], one["terminals"]) for one in rules if one["tenant"] == "lab"], [("results", ["bench-1", "bench-2"])])
        names = {f"{one['tenant']}/{one['name']}" for one in wait_for("the box's own keys", self._identities, 30)}
        self.assertLessEqual({"lab/results-box", "lab/results-client"}, names)
        self.is_quiet()

    def _identities(self) -> list[Json] | None:
        said = self.comes(self.first).ask("GET", "/certificates").json
        return [one for one in said["own"] if one["tenant"] == "lab"] or None


if __name__ == "__main__":
    unittest.main()
