#pragma once

#include <gtest/gtest.h>

#include <string>

#include "evidence/document.h"
#include "packs/reading.h"
#include "packs/seal.h"
#include "support/file_text.h"

namespace gw::evidence {

/// A pack that the product ships, as it was judged by.
inline Judged judged_by(const std::string& id) {
  const std::string text = support::read_file("configs/packs/" + id + ".yaml");
  packs::Reading reading = packs::read_pack(text);
  EXPECT_TRUE(reading.pack) << id;
  return {*std::move(reading.pack), packs::digest_of(text), true};
}

/// Of one row, which two facts answer, and of one of a blank alone.
inline Judged small_pack() {
  packs::Pack pack;
  pack.id = "gl-x";
  pack.version = 3;
  pack.title = "ガイドライン X";
  pack.edition = "第1版";
  pack.date = "2026-06";
  pack.standing = packs::Standing::superseded;
  pack.standing_says = "第2版";
  using packs::FactId;
  pack.rows = {{"13-6",
                "TLS",
                "相互に認証する",
                packs::Grade::text,
                {"NET-01"},
                {FactId::tls_versions, FactId::tls_mutual},
                {}},
               {"(9)①(a)",
                "責任者",
                "責任者を定める",
                packs::Grade::memory,
                {},
                {},
                {{"責任者の氏名", packs::Owner::clinic}}}};
  return {pack, packs::digest_of("gl-x"), false};
}

/// Every fact is found to be as it has to be, each in a sentence of its own.
inline std::vector<Finding> all_shown() {
  std::vector<Finding> out;
  for (const packs::Fact& fact : packs::facts()) {
    Finding finding;
    finding.fact = fact.id;
    finding.state = State::shown;
    finding.says = {{"「" + std::string(fact.label.japanese) + "」を 12 件観測した。",
                     "12 observed of: " + std::string(fact.label.english) + "."}};
    finding.sources = {{{"適用中の設定", "configuration in force"}, "generation 12"}};
    out.push_back(std::move(finding));
  }
  return out;
}

inline Document some_document() {
  Document out;
  out.number = 7;
  out.made = CivilTime(std::chrono::seconds(1'795'000'000));
  out.by = "tanaka";
  out.site = "さくら内科";
  out.software = "0.9.1";
  out.generation = 12;
  out.is_clock_right = true;
  out.findings = all_shown();
  out.papers = {small_pack()};
  out.diagram = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
  return out;
}

inline Finding& finding(Document& document, packs::FactId fact) {
  return document.findings[static_cast<std::size_t>(fact)];
}

}  // namespace gw::evidence
