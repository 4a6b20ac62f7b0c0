#include "evidence/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "sealed.h"

namespace gw::evidence {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Fault = Verdict::Fault;
using Faults = std::vector<std::pair<Fault, std::string>>;

class EvidenceVerdict : public testing::Test {
 protected:
  Faults faults(const std::optional<pki::Sha256>& signer = std::nullopt) const {
    Faults out;
    for (const Verdict::Found& found : verify(files_, signer).faults)
      out.emplace_back(found.fault, found.file);
    return out;
  }
  void seal_again() { files_ = sealed({files_.begin(), files_.begin() + 2}, key_); }

  BoxKey key_{};
  std::vector<File> files_ = sealed({{"a.html", "abc"}, {"b.csv", "1,2\r\n"}}, key_);
};

TEST_F(EvidenceVerdict, what_the_box_signed_is_whole) {
  const Verdict verdict = verify(files_, key_.half().fingerprint());
  EXPECT_TRUE(verdict.is_whole());
  EXPECT_EQ(verdict.files, 2u);
  EXPECT_EQ(verdict.signer, key_.half().fingerprint());
  ASSERT_TRUE(verdict.seal);
  EXPECT_EQ(verdict.seal->made, std::chrono::seconds(1'795'000'000));
  EXPECT_EQ(
      words_of(verdict, Language::english),
      "2 files: they agree with the signature\nnumber 7\nsigned 2026-11-18T20:06:40+09:00\nby the key " +
          to_hex(verdict.signer) + "\n");
  EXPECT_EQ(words_of(verdict, Language::japanese),
            "ファイル 2 個: 署名と一致しています\n番号 7\n署名 2026-11-18T20:06:40+09:00\n鍵 " +
                to_hex(verdict.signer) + "\n");
}

TEST_F(EvidenceVerdict, every_file_that_is_not_as_it_was_signed_is_named) {
  at(files_, "a.html").content = "abd";
  at(files_, "b.csv").name = "c.csv";
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::changed, "a.html"), std::pair(Fault::missing, "b.csv"),
                                    std::pair(Fault::added, "c.csv")));
  EXPECT_EQ(words_of(verify(files_, std::nullopt), Language::english),
            "a.html: changed\nb.csv: missing\nc.csv: added\n2 files: NOT AS IT WAS SIGNED\n"
            "number 7\nsigned 2026-11-18T20:06:40+09:00\nby the key " +
                to_hex(key_.half().fingerprint()) +
                "\nwhether the key that signed is this box's was not verified (say its fingerprint with "
                "--signer)\n");
}

TEST_F(EvidenceVerdict, a_file_that_is_there_twice_was_added) {
  files_.push_back({"a.html", "another"});
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::added, "a.html")));
}

TEST_F(EvidenceVerdict, each_part_of_the_seal_has_to_be_there) {
  for (const std::string_view name : {kSums, kSeal, kSignature, kSigner}) {
    auto whole = files_;
    std::erase_if(files_, [&](const File& file) { return file.name == name; });
    EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::unsealed, std::string(name)))) << name;
    files_ = whole;
  }
}

TEST_F(EvidenceVerdict, each_part_of_the_seal_has_to_be_one) {
  at(files_, kSigner).content = "no key";
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::unsealed, "signer.pem")));
  seal_again();
  at(files_, kSeal).content += "\n";
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::unsealed, "seal.txt"),
                                    std::pair(Fault::wrong_signature, "seal.sig")));
  seal_again();
  at(files_, kSums).content += "\n";
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::wrong_sums, "sha256sums.txt"),
                                    std::pair(Fault::unsealed, "sha256sums.txt")));
}

TEST_F(EvidenceVerdict, a_signature_is_the_signers_over_the_seal) {
  at(files_, kSignature).content[10] = static_cast<char>(at(files_, kSignature).content[10] ^ 1);
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::wrong_signature, "seal.sig")));
  at(files_, kSignature).content = as_text(key_.sign(at(files_, kSums).content));
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::wrong_signature, "seal.sig")));
  at(files_, kSignature).content = as_text(BoxKey().sign(at(files_, kSeal).content));
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::wrong_signature, "seal.sig")));
}

TEST_F(EvidenceVerdict, a_seal_is_of_these_sums_and_no_others) {
  at(files_, "a.html").content = "abd";
  at(files_, kSums).content = sums_of({files_.begin(), files_.begin() + 2});
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::wrong_sums, "sha256sums.txt")));
}

TEST_F(EvidenceVerdict, whoever_signs_it_anew_has_another_key) {
  files_ = sealed({{"a.html", "abd"}, {"b.csv", "1,2\r\n"}}, BoxKey());
  EXPECT_TRUE(faults().empty());
  EXPECT_THAT(faults(key_.half().fingerprint()), ElementsAre(std::pair(Fault::other_signer, "signer.pem")));
}

TEST_F(EvidenceVerdict, sums_name_a_file_once_in_one_spelling_and_none_of_the_seal) {
  const std::string line = sums_of({{"a.html", "abc"}});
  for (const std::string& sums : {line + line, line.substr(0, line.size() - 1), "A" + line.substr(1),
                                  line + sums_of({{"seal.txt", ""}}), line.substr(0, 64) + " *a.html\n",
                                  line.substr(0, 66) + "\n", "# a remark\n" + line}) {
    files_ = sealed({{"a.html", "abc"}}, key_);
    at(files_, kSums).content = sums;
    const Faults found = faults();
    EXPECT_TRUE(std::ranges::count(found, std::pair(Fault::unsealed, std::string(kSums)))) << sums;
  }
}

TEST_F(EvidenceVerdict, it_is_told_to_programs_with_stable_names) {
  at(files_, "a.html").content = "abd";
  std::erase_if(files_, [](const File& file) { return file.name == kSigner; });
  EXPECT_EQ(json_of(verify(files_, std::nullopt)),
            R"({"whole":false,"files":2,"left_out":0,"number":7,"signed":"2026-11-18T20:06:40+09:00",)"
            R"("made":"2026-11-18T20:06:40+09:00","signer":"","signer_expected":false,)"
            R"("faults":[{"fault":"unsealed","file":"signer.pem"},{"fault":"changed","file":"a.html"}]})"
            "\n");
}

TEST_F(EvidenceVerdict, without_a_key_from_elsewhere_it_does_not_say_that_the_box_signed) {
  files_ = sealed({{"a.html", "abd"}, {"b.csv", "1,2\r\n"}}, BoxKey());
  const Verdict verdict = verify(files_, std::nullopt);
  EXPECT_THAT(words_of(verdict, Language::japanese),
              EndsWith("署名した鍵がこの装置のものかどうかは確かめていません(--signer "
                       "で指紋を指定してください)\n"));
  EXPECT_THAT(json_of(verdict), HasSubstr(R"("signer_expected":false)"));
  EXPECT_THAT(json_of(verify(files_, verdict.signer)), HasSubstr(R"("signer_expected":true)"));
}

TEST_F(EvidenceVerdict, a_name_that_no_box_gives_reaches_no_terminal_as_it_is) {
  files_.push_back({"\x1b[2J\u202e\u009b\"メモ\xff.txt", ""});
  EXPECT_THAT(words_of(verify(files_, std::nullopt), Language::english),
              StartsWith(R"("\x1b[2J\xe2\x80\xae\xc2\x9b\x22メモ\xff.txt": added)"));
}

TEST_F(EvidenceVerdict, sums_name_nothing_but_what_a_box_names) {
  for (const char* name : {"A.html", ".a", "../a", "a b", "a\x1b", "b\\c", "メモ", ""}) {
    EXPECT_FALSE(is_file_name(name)) << name;
    files_ = sealed({{name, "abc"}}, key_);
    EXPECT_THAT(faults(), testing::Contains(std::pair(Fault::unsealed, std::string(kSums)))) << name;
  }
  for (const File& file : files_of(some_document())) EXPECT_TRUE(is_file_name(file.name)) << file.name;
}

TEST_F(EvidenceVerdict, a_key_has_one_spelling_and_one_curve) {
  at(files_, kSigner).content = "a remark\n" + at(files_, kSigner).content;
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::unsealed, "signer.pem")));
  files_ = sealed({{"a.html", "abc"}}, BoxKey("P-384"));
  EXPECT_THAT(faults(), ElementsAre(std::pair(Fault::unsealed, "signer.pem")));
}

TEST_F(EvidenceVerdict, nothing_at_all_is_no_evidence) {
  files_.clear();
  EXPECT_EQ(faults().size(), 4u);
}

}  // namespace
}  // namespace gw::evidence
