#include "erase/paper.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/jst.h"

namespace gw::erase {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string or_dash(const std::string& text) { return text.empty() ? "―" : text; }

Rows rows_of(const Facts& facts) {
  Rows out{
      {"種別", facts.is_disposal ? "廃棄・返却・譲渡のための消去" : "ボタンによる初期化"},
      {"日時(日本時間)", to_jst_text(std::chrono::floor<std::chrono::seconds>(facts.at.time_since_epoch()))},
      {"装置の製造番号", or_dash(facts.machine)},
      {"機種", or_dash(facts.board)},
      {"イメージの版", or_dash(facts.image)},
      {"暗号化された領域(UUID)", facts.volume.empty() ? "見つからなかった" : facts.volume},
      {"方法", "暗号消去(NIST SP 800-88 Rev. 1): 鍵を含む先頭 " + std::to_string(facts.octets) +
                   " バイトを乱数とゼロで上書き"},
      {"読み戻しによる確認", facts.is_read_back ? "上書きされたことを確認した" : "確認できなかった"}};
  if (!facts.tpm.empty())
    out.emplace_back("TPM", facts.tpm == "cleared" ? "消去した(TPM2_Clear)。封印された鍵は二度と開かない"
                                                   : "消去できなかった: " + facts.tpm);
  if (facts.is_disposal) {
    out.emplace_back("提案した人", or_dash(facts.proposed_by));
    out.emplace_back("理由", or_dash(facts.reason));
    out.emplace_back("同意した人", or_dash(facts.agreed_by));
    out.emplace_back("装置での確認", facts.button == "pressed"
                                         ? "装置のボタンが押された"
                                         : "なし(ボタンのない機種、または機種の定義がない装置)");
  }
  out.emplace_back("装置の署名",
                   facts.signer.empty()
                       ? "なし(署名の鍵が読めなかった)"
                       : "同じ媒体の intent.txt と result.txt にある。鍵の指紋 " + facts.signer);
  out.emplace_back("結果", facts.is_erased()
                               ? "消去は完了し、データは読めません"
                               : "消去は完了していません。装置のディスクを物理的に破壊してください");
  return out;
}

std::string table(const Rows& rows) {
  std::string out = "<table>";
  for (const auto& [name, value] : rows)
    out += "<tr><th>" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
  return out + "</table>\n";
}

/// How many lines the paper has of them: all where it is the only list.
std::size_t listed(const Facts& facts) {
  return facts.signer.empty() ? facts.certificates.size() : std::min(facts.certificates.size(), kMostOnPaper);
}

std::string count_of(const Facts& facts) {
  const std::string out = "全部で " + std::to_string(facts.certificates.size()) + " 枚です。";
  if (facts.are_all_known) return out;
  return out +
         "装置の台帳が読めなかったため、ほかにもあるかもしれません。発行元の控えと照らし合わせてください。";
}

std::string rest_of(const Facts& facts) {
  if (listed(facts) == facts.certificates.size()) return "";
  return "この紙に載せたのは最初の " + std::to_string(listed(facts)) +
         " 枚だけです。すべての一覧は、同じ媒体の intent.txt(装置の署名つき)にあります。";
}

std::string certificates(const Facts& facts) {
  if (facts.certificates.empty()) return "";
  std::string out =
      "<table><tr><th>発行元</th><th>シリアル番号</th><th>名前</th><th>期限</th><th>失効を依頼した日</th></"
      "tr>\n";
  for (const Facts::Owned& each : std::span(facts.certificates).first(listed(facts)))
    out += "<tr><td>" + escaped(each.issuer) + "</td><td>" + escaped(each.serial) + "</td><td>" +
           escaped(each.subject) + "</td><td>" + escaped(each.until) +
           "</td><td class=\"blank\"></td></tr>\n";
  return out + "</table>\n";
}

/// A sheet with that title is filed: what is not so is not called so.
const char* title_of(const Facts& facts) {
  if (!facts.is_erased()) return "消去の記録(未完了)";
  return facts.is_disposal ? "廃棄証明" : "初期化の記録";
}

std::string signatures(const Facts& facts) {
  std::string out = "<h2>署名</h2>\n<table class=\"sign\">";
  const auto line = [&](const char* who) { out += std::string("<tr><th>") + who + "</th><td></td></tr>"; };
  line(facts.is_disposal ? "提案した人" : "ボタンを操作した人");
  if (facts.is_disposal) line("同意した人");
  line("立ち会い、確認した人");
  return out + "</table>\n";
}

constexpr const char* kHead =
    "<!doctype html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>消去の記録</title><style>\n"
    "@page{size:A4;margin:18mm}body{font-family:sans-serif;font-size:10.5pt}h1{font-size:18pt;text-align:"
    "center}h2{font-size:12pt}\n"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid "
    "#000;padding:2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}\n"
    "th{width:32%}.blank{min-width:30mm}.sign td{height:14mm}\n</style></head><body>\n";

}  // namespace

std::string to_text(const Facts& facts) {
  std::string out;
  for (const auto& [name, value] : rows_of(facts)) out += name + ": " + value + "\n";
  for (const Facts::Owned& each : facts.certificates)
    out += "失効させる証明書: " + each.issuer + " / " + each.serial + " / " + each.subject + "\n";
  out += "失効させる証明書の数: " + count_of(facts) + "\n";
  return out;
}

std::string to_html(const Facts& facts) {
  return kHead + std::string("<h1>") + title_of(facts) + "</h1>\n" + table(rows_of(facts)) +
         "<h2>失効させる証明書</h2>\n<p>" +
         (facts.is_erased() ? "秘密鍵は消去されました。"
                            : "秘密鍵が消去されたことは、確かめられていません。") +
         "発行元に失効を依頼し、依頼した日を記入してください。" +
         (facts.signer.empty() ? "" : "発行元には、同じ媒体の一式(装置の署名つき)を渡せます。") +
         "</p>\n<p>" + count_of(facts) + rest_of(facts) + "</p>\n" + certificates(facts) + signatures(facts) +
         "</body></html>\n";
}

}  // namespace gw::erase
