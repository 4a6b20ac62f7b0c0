#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/seal.h"
#include "evidence/shown.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

std::string papers_of(const Document& document) {
  std::string rows;
  for (const Judged& judged : document.papers) {
    const packs::Pack& pack = judged.pack;
    const std::string name = "paper-" + pack.id;
    rows += tag("tr", tag("td", link_to(name + ".html", pack.title)) +
                          text_tag("td class=\"one\"", pack.edition) +
                          text_tag("td class=\"one\"",
                                   packs::word_of(packs::kStandings, pack.standing).shown.japanese) +
                          text_tag("td", shown_counts(document, pack)) +
                          tag("td class=\"one\"", link_to(name + ".csv", "CSV"))) +
            "\n";
  }
  return table("table", {"文書", "版", "扱い", "項目の状態", "表"}, rows);
}

std::string sheets_of() {
  std::string rows;
  for (const Sheet& sheet : sheets())
    rows += tag("li", link_to("sheet-" + std::string(sheet.id) + ".html", sheet.title.japanese));
  return tag("ul", rows);
}

std::string forms_of(const Document& document) {
  std::string rows;
  for (const Form& form : document.forms)
    rows += tag("li", link_to("form-" + form.id + ".html", form.title.japanese));
  return rows.empty() ? rows : text_tag("h2", "記入して使う書面") + tag("ul", rows);
}

std::string attached_in(const Document& document) {
  std::string rows;
  for (const Attachment& one : document.attached) rows += tag("li", link_to(one.name, one.name));
  return rows;
}

std::string others_of(const Document& document) {
  return tag("ul",
             tag("li", link_to("facts.html", "装置が示す事実の一覧") +
                           escaped(" (" + shown_counts(document) + ")、") + link_to("facts.csv", "CSV")) +
                 tag("li", link_to("diagram.svg", "構成図 (SVG)")) + attached_in(document) +
                 tag("li", link_to("evidence.json", "以上のすべて (JSON)")));
}

struct Step {
  std::string_view says{};
  std::string command{};
};

std::vector<Step> steps() {
  const std::string sums(kSums), seal(kSeal), signature(kSignature), signer(kSigner);
  return {
      {"どのファイルも、一覧にあるとおりであること。", "sha256sum --check --strict " + sums},
      {"あとから加えられたファイルがないこと。この四つだけが表示されます: seal.sig、seal.txt、sha256sums."
       "txt、signer.pem。",
       "comm -13 <(cut -c67- " + sums + " | LC_ALL=C sort) <(ls -A | LC_ALL=C sort)"},
      {"署名がその一覧についてのものであること。",
       "grep \"$(sha256sum < " + sums + " | cut -c1-64)\" " + seal},
      {"署名が正しいこと。",
       "openssl dgst -sha256 -verify " + signer + " -signature " + signature + " " + seal},
      {"署名した鍵の指紋。", "openssl pkey -pubin -in " + signer + " -outform DER | sha256sum"},
      {"分離の確認(proof.json)が、装置の確認用の鍵で署名されたものであること。その三つのファイルがあるとき。",
       "openssl pkeyutl -verify -pubin -inkey proof.pem -rawin -in proof.json -sigfile proof.sig"},
      {"ファイルを一つだけ受け取ったときは、初めのコマンドの代わりに。署名の四つのファイルも要ります。",
       "sha256sum --check --strict --ignore-missing " + sums}};
}

constexpr std::string_view kFingerprint =
    "指紋は、ここにあるファイルではなく、別の経路で得たものと比べてください。装置の画面「証跡・点検表」に、証"
    "拠ごとの「署名した鍵の指紋」として表示されます。記録を署名する鍵と同じものなので、書き出した記録を "
    "sekisho "
    "log verify で確かめたときにも表示されます。「証明書」の画面にある鍵ではありません。";

std::string how_to_check() {
  std::string out = text_tag(
      "p", "受け取った人が、装置の外で確かめられます。ファイルのあるフォルダーで、bash から実行します。");
  for (const Step& step : steps()) out += text_tag("p", step.says) + text_tag("pre", step.command) + "\n";
  return out + text_tag("p", kFingerprint);
}

}  // namespace

std::string index_page(const Document& document) {
  const std::string title = "装置が示す事実";
  std::string body = text_tag("h1", title) + "\n" + notices(document) +
                     tag("table class=\"head\"", tag("tbody", head_rows(document))) + "\n";
  body += text_tag("h2", "文書ごとの書面") + papers_of(document);
  body += text_tag("h2", "台帳と一覧") + sheets_of();
  body += forms_of(document);
  body += text_tag("h2", "そのほか") + others_of(document);
  body += text_tag("h2", "書き換えられていないことの確かめ方") + how_to_check();
  return page(title + " – " + document.site, foot_of(document), body);
}

}  // namespace gw::evidence
