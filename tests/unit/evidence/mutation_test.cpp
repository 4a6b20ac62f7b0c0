#include <gtest/gtest.h>

#include "evidence/verdict.h"
#include "sealed.h"
#include "support/mutations.h"

namespace gw::evidence {
namespace {

/// Whatever stands in one of the files, it is told; it is never whole unless it says the same.
class EvidenceMutation : public testing::TestWithParam<std::string> {
 protected:
  void expect_told(const support::Octets& octets) {
    std::vector<File> files = whole_;
    at(files, GetParam()).content.assign(octets.begin(), octets.end());
    const Verdict verdict = verify(files, signer_);
    EXPECT_FALSE(verdict.is_whole());
    EXPECT_FALSE(words_of(verdict, Language::japanese).empty());
    EXPECT_EQ(json_of(verdict).substr(0, 14), R"({"whole":false)");
  }
  support::Octets seed() {
    const std::string& content = at(whole_, GetParam()).content;
    return {content.begin(), content.end()};
  }

  BoxKey key_{};
  pki::Sha256 signer_ = key_.half().fingerprint();
  std::vector<File> whole_ = sealed({{"a.html", "abc"}, {"b.csv", "1,2\r\n"}}, key_);
};

TEST_P(EvidenceMutation, cut_anywhere) {
  support::for_each_cut(seed(), [this](const support::Octets& octets) { expect_told(octets); });
}

TEST_P(EvidenceMutation, changed_anywhere) {
  const support::Octets whole = seed();
  support::for_each_change(whole, [&](const support::Octets& octets) {
    if (octets != whole) expect_told(octets);
  });
}

INSTANTIATE_TEST_SUITE_P(of_a_file, EvidenceMutation,
                         testing::Values("a.html", std::string(kSums), std::string(kSeal),
                                         std::string(kSignature), std::string(kSigner)),
                         [](const auto& one) { return "n" + std::to_string(one.index); });

}  // namespace
}  // namespace gw::evidence
