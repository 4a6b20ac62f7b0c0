#include "evidence/seal.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "model/checkpoint.h"
#include "packs/seal.h"

namespace gw::evidence {
namespace {

Seal some() { return {7, pki::sha256_of(as_bytes("abc")), std::chrono::seconds(1'795'000'000)}; }

TEST(EvidenceSeal, sums_are_as_sha256sum_writes_them) {
  EXPECT_EQ(sums_of({{"a.html", "abc"}, {"b.csv", ""}}),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.html\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.csv\n");
}

TEST(EvidenceSeal, what_is_signed_can_be_read_by_anybody) {
  EXPECT_EQ(text_of(some()),
            "sekisho evidence 1\n"
            "number 7\n"
            "sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
            "made 1795000000\n");
  EXPECT_EQ(model::parse_evidence_seal(text_of(some())), some());
}

TEST(EvidenceSeal, every_other_text_is_none) {
  const std::string text = text_of(some());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_FALSE(model::parse_evidence_seal(text.substr(0, size)));
  EXPECT_FALSE(model::parse_evidence_seal(text + "\n"));
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const auto read = model::parse_evidence_seal(flipped);
    EXPECT_TRUE(!read || text_of(*read) == flipped) << flipped;
  }
}

/// The same key signs records and backups: none of that counts for evidence.
TEST(EvidenceSeal, it_is_no_checkpoint_and_no_packs_statement) {
  EXPECT_FALSE(model::parse_checkpoint(text_of(some())));
  EXPECT_FALSE(
      model::parse_evidence_seal(model::text_of(model::Checkpoint{4711, {}, std::chrono::seconds(1)})));
  EXPECT_FALSE(model::parse_evidence_seal(packs::statement_of(some().sums)));
}

}  // namespace
}  // namespace gw::evidence
