"""By the keys alone an incident is opened, kept, reported, drafted, frozen, taken along, let go and closed (INC-01, INC-03, INC-04), it is
written down whom to call (INC-02), and somebody sees to what was detected (IDS-04)."""

import socket
import unittest
from contextlib import ExitStack

from lab import namespaces
from lab.waiting import wait_for
from support.administrator import Administrator
from support.keyboard_test import KeyboardTest

_CLOCK = "サービス事業者から院内への通知(検知から72時間)"
_DESK = "都道府県警察"
_TOLD = "院内からサービス事業者への連絡(速やかに)"
_OTHER = "サービス事業者から院内への通知(速やかに)"


class KeyboardAloneKeepsIncidents(KeyboardTest):
    auditor: Administrator
    approver: Administrator

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.auditor = cls.made("auditor-1", "auditor", source=cls.desk(31))
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))

    def _opens(self) -> None:
        self.goes_to("インシデント")
        self.presses("事故 1 を表示")
        self.browser.sees("報告の期限")

    def _says(self, opener: str, label: str, words: str, operation: str, said: str) -> None:
        self.escapes(opener, opener)
        self.types(label, words)
        with self.does(operation):
            self.press("Enter")
            self.browser.sees(said)
        self.no_dialogue()

    def test_1_it_is_opened_and_its_clocks_are_kept(self) -> None:
        self.signs_in(self.first)
        self.goes_to("インシデント")
        self.types("概要必須", "往診用のノートPCが盗まれた")
        self.presses(_CLOCK, key="Space")
        with self.does("incident.open"):
            self.presses("登録して期限を数え始める")
            self.browser.sees("事故 1 を登録しました。")
        self.presses("事故 1 を表示")
        self.presses("時刻を登録・訂正")
        self.picks("どの時刻か", "検知")
        self.types("誰が何によって知らせたか", "看護師長")
        with self.does("incident.state"):
            self.press("Enter")
            self.browser.sees("時刻を登録しました。")
        self.presses("期限を加える")
        self.picks("加える期限", _OTHER)
        self.types("理由", "契約にある")
        with self.does("incident.run"):
            self.press("Enter")
            self.browser.sees("期限を加えました。")
        self._says(f"報告したことを記録: {_CLOCK}", "誰に、どう報告したか", "電話、受付 12", "incident.report", "報告を記録しました。")
        self._says(f"対象外にする: {_OTHER}", "理由", "契約が違った", "incident.run", "対象外にしました。")
        self.presses("対象のサービスと種類を登録")
        self.presses("サービス・回線・装置の停止", key="Space")
        with self.does("incident.concern"):
            self.presses("対象のサービスと種類を登録")
            self.browser.sees("登録しました。決まった期限を数え始めました。")
        self._says(f"対象外にする: {_TOLD}", "理由", "電話で伝えてある", "incident.run", "対象外にしました。")
        self._says("経過を記録", "起きたこと", "端末を止めた", "incident.note", "記録しました。")

    def test_2_it_is_drafted_frozen_and_taken_along(self) -> None:
        self.signs_in(self.first)
        self._opens()
        with self.does("incident.freeze"):
            self.presses("証拠を今すぐ凍結")
            self.browser.sees("として凍結しました。", 30)
        with self.does("incident.draft"):
            self.presses("個人情報保護委員会(速報)")
            self.browser.sees("記入待ち")
        self.prints("印刷する")
        self.presses("事故 1")
        self.browser.sees("凍結した証拠")
        wait_for("the signature", lambda: self.comes(self.approver).ask("GET", "/incidents/1").json["evidence"][0]["signed"], 60)
        self.signs_in(self.auditor)
        self._opens()
        self.types("渡す相手", "所轄警察署")
        with self.does("incident.take"):
            self.presses("証拠 1 を持ち出す")
            self.wait_record("incident.taken", 10, destination="所轄警察署")

    def test_3_somebody_else_lets_go_of_it_and_it_is_closed(self) -> None:
        self.signs_in(self.approver)
        self._opens()
        self.escapes("証拠 1 の保持を解除", "証拠 1 の保持を解除")
        self.types("理由", "捜査が終わった")
        with self.does("incident.lift"):
            self.press("Enter")
            self.wait_record("incident.lifted", 10, administrator="approver-1")
        self.no_dialogue()
        self.signs_in(self.first)
        self._opens()
        self._says("事故を終了する", "理由", "報告はすべて終わった", "incident.close", "事故を終了しました。")

    def test_4_whom_to_call_is_written_down_tried_and_printed(self) -> None:
        self.signs_in(self.first)
        self.goes_to("連絡先")
        self.presses(f"{_DESK} を登録・変更")
        self.types("窓口", "サイバー犯罪相談窓口")
        self.types("主な手段", "代表電話")
        with self.does("contact.state"):
            self.press("Enter")
            self.browser.sees("連絡先を登録しました。")
        self.escapes(f"{_DESK}: つながった", f"{_DESK}: つながった")
        self.types("どの手段で、どう確かめたか", "電話で確認した")
        with self.does("contact.tried"):
            self.press("Enter")
            self.browser.sees("結果を記録しました。")
        self.no_dialogue()
        self.assertEqual(self.looks_right("contacts"), [])
        self.presses("連絡体制図・緊急時カードを開く")
        self.prints("印刷する")


class KeyboardAloneSeesToWhatWasDetected(KeyboardTest):
    def test_a_scan_is_found_and_seen_to(self) -> None:
        with namespaces.socket_in(self.lab.namespace("clinic-karte"), socket.AF_INET, socket.SOCK_DGRAM) as scanner:
            for port in range(1, 60):
                scanner.sendto(b"?", (self.door().address, port))
        self.wait_record("detection.alarm", 30, finding="port_scan")
        self.signs_in(self.first)
        self.goes_to("拒否の記録")
        self.presses("対応を記録する(検知 ")
        self.types("分かったこと、したこと", "試験でした")
        with self.does("detections.see"):
            self.press("Enter")
            self.browser.sees("対応を記録しました。")
        self.assertEqual(self.looks_right("detections"), [])
        self.wait_record("detection.seen", 10, administrator="first")


if __name__ == "__main__":
    unittest.main()
