#pragma once

#include "base/text.h"
#include "evidence/diagram.h"
#include "unit/evidence/draft.h"

namespace gw::evidence {

// What a clinic's box might say: long lists, long words, and a stranger's text.

inline model::NetworkRoll some_network() {
  using Port = model::NetworkRoll::Port;
  using Side = model::NetworkRoll::Side;
  const auto prefix = [](const char* text) { return *model::Prefix::parse(text); };
  const auto endpoint = [](const char* address, std::uint16_t port) {
    return model::Endpoint{*model::IpAddress::parse(address), port};
  };
  model::NetworkRoll out;
  out.ports = {
      Port{.side = Side::wan, .interface = "wan0", .addresses = {prefix("203.0.113.2/30")}},
      Port{.side = Side::lan,
           .segment = "karte-lan",
           .interface = "lan1",
           .addresses = {prefix("10.1.0.1/24"), prefix("fd00:1::1/64")},
           .devices = 12},
      Port{
          .side = Side::lan, .segment = "imaging", .interface = "lan2", .addresses = {prefix("10.2.0.1/24")}},
      Port{.side = Side::mgmt, .interface = "mgmt0", .addresses = {prefix("10.9.0.1/24")}}};
  out.listeners = {{"", "", endpoint("10.9.0.1", 8443), {}}};
  return out;
}

/// So many tenants, with so many services each.
inline model::RuleRoll some_rules(std::size_t tenants, std::size_t services) {
  model::RuleRoll out;
  out.site = "さくら内科";
  for (std::size_t t = 0; t < tenants; ++t) {
    const std::string tenant = "tenant-" + std::to_string(t + 1);
    model::RuleRoll::Door door{tenant,
                               "front",
                               t % 2 == 0 ? "karte-lan" : "imaging",
                               {*model::IpAddress::parse("10.1.0.1"), static_cast<std::uint16_t>(8443 + t)},
                               {}};
    for (std::size_t s = 0; s < services; ++s) {
      const std::string service = "service-" + std::to_string(s + 1);
      door.services.push_back({service});
      out.rows.push_back({.tenant = tenant,
                          .rule = service,
                          .service = service,
                          .server_name = "api-" + std::to_string(s + 1) + ".clinic-records.example.jp",
                          .port = 443,
                          .terminals = {{"desk-1"}, {"desk-" + std::to_string(t + 2)}},
                          .mode = static_cast<model::Mode>(s % 3)});
    }
    out.doors.push_back(std::move(door));
  }
  return out;
}

inline Form some_form() {
  Form out{.id = "questions-emr", .title = {"サービス事業者への質問票 – 電子カルテ", "Questions – EMR"}};
  out.says = {{"資料「安全管理について」第3版について、お答えください。", "Please answer."}};
  out.table.columns = {{"番号", ""}, {"質問", ""}, {"資料の記載", ""}, {"回答", ""}};
  for (int i = 1; i <= 60; ++i)
    out.table.rows.push_back(
        {std::to_string(i), "端末が接続するホスト名(FQDN)をすべてお示しください。", "— (§4)", ""});
  out.text = "通信セッション:12\n\n拒否\n  3  tenant-1 policy_unknown_name\n";
  out.blanks = {{"ご回答者 – 社名、役職、日付", "answered by"}};
  out.sources = {{{"サービスのプロファイル", "service profile"}, "emr"}};
  return out;
}

inline Document plausible_document() {
  using packs::FactId;
  Document out = some_document();
  out.site = "医療法人社団さくら会 さくら内科クリニック";
  out.papers = {judged_by("pgl-1.1-t41"), judged_by("soumu-2018"), judged_by("gl-6.0"), judged_by("mds-5.0")};
  out.papers[1].is_signed = false;
  out.forms = {some_form()};
  out.attached = {{"proof.json", "{}\n"}, {"proof.sig", std::string(64, '\x7')}, {"proof.pem", "-----\n"}};
  out.diagram =
      diagram_of(some_network(), some_rules(3, 4), diagram_caption(out.number, out.made, out.generation));
  Finding& certificates = finding(out, FactId::certificates_ends);
  certificates.state = State::attention;
  certificates.says = {
      {"証明書 240 枚のうち 2 枚が 30 日以内に終わる。", "2 of 240 certificates end within 30 days."},
      {"更新は自動で行われ、最後の更新は 2026-11-02 である。", "They renew by themselves."}};
  certificates.table.columns = {
      {"証明書", ""}, {"終わり", ""}, {"指紋 (SHA-256)", ""}, {"認証局", ""}, {"状態", ""}};
  for (int i = 0; i < 240; ++i)
    certificates.table.rows.push_back({"tenant-1/desk-" + std::to_string(i),
                                       "2027-01-" + std::to_string(10 + i % 20),
                                       to_hex(pki::sha256_of(as_bytes(std::to_string(i)))),
                                       "Sakura Clinic Terminals CA G1", i < 2 ? "まもなく終わる" : "有効"});
  certificates.table.left_out = 3;
  Finding& versions = finding(out, FactId::tls_versions);
  versions.says = {{"過去 31 日の接続 48,112 件はすべて TLS 1.3 で、TLS 1.2 以下は 0 件である。", ""}};
  versions.table.columns = {{"テナント", ""},     {"サービス", ""}, {"側", ""},   {"版", ""},
                            {"暗号スイート", ""}, {"鍵交換", ""},   {"件数", ""}, {"最後", ""}};
  versions.table.rows = {{"tenant-1", "karte", "端末", "TLS 1.3", "TLS_AES_256_GCM_SHA384", "X25519", "24056",
                          "2026-11-18 20:01"},
                         {"tenant-1", "karte", "クラウド", "TLS 1.3", "TLS_CHACHA20_POLY1305_SHA256",
                          "X25519MLKEM768", "24056", "2026-11-18 20:01"}};
  Finding& devices = finding(out, FactId::devices_seen);
  devices.state = State::attention;
  devices.says = {{"登録されていない機器 1 台が見えた。名乗りは <script>alert(1)</script> & \"x\"。", ""}};
  devices.table.columns = {{"MACアドレス", ""}, {"名乗り", ""}};
  devices.table.rows = {{"02:00:5e:10:00:01", "<script>alert(1)</script>"},
                        {"=cmd|'/c calc'!A1", std::string(300, 'w')}};
  for (const FactId fact : {FactId::backups_tried, FactId::services_papers, FactId::maintenance_windows}) {
    finding(out, fact).state = State::unknown;
    finding(out, fact).says = {{"装置は観測していない。", "Not observed."}};
  }
  return out;
}

}  // namespace gw::evidence
