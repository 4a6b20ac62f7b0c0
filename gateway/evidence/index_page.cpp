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

std::string others_of(const Document& document) {
  return tag("ul",
             tag("li", link_to("facts.html", "装置が示す事実の一覧") +
                           escaped(" (" + shown_counts(document) + ")、") + link_to("facts.csv", "CSV")) +
                 tag("li", link_to("diagram.svg", "構成図 (SVG)")) +
                 tag("li", link_to("evidence.json", "以上のすべて (JSON)")));
}

std::string how_to_check() {
  const std::string sums(kSums), seal(kSeal), signature(kSignature), signer(kSigner);
  return text_tag(
             "p",
             "受け取った人が、装置の外で確かめられます。" + signer +
                 " の鍵が装置のものであることは、装置の画面など別の経路で指紋を比べて確かめてください。") +
         text_tag("pre", "sha256sum --check " + sums + "\ngrep \"$(sha256sum < " + sums +
                             " | cut -c1-64)\" " + seal + "\nopenssl dgst -sha256 -verify " + signer +
                             " -signature " + signature + " " + seal + "\nopenssl pkey -pubin -in " + signer +
                             " -outform DER | sha256sum");
}

}  // namespace

std::string index_page(const Document& document) {
  const std::string title = "装置が示す事実";
  std::string body = text_tag("h1", title) + "\n" + notices(document) +
                     tag("table class=\"head\"", tag("tbody", head_rows(document))) + "\n";
  body += text_tag("h2", "文書ごとの書面") + papers_of(document);
  body += text_tag("h2", "台帳と一覧") + sheets_of();
  body += text_tag("h2", "そのほか") + others_of(document);
  body += text_tag("h2", "書き換えられていないことの確かめ方") + how_to_check();
  return page(title + " – " + document.site, foot_of(document), body);
}

}  // namespace gw::evidence
