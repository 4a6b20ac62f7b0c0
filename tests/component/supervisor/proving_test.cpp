// The isolation proof over stand-ins: what is asked, what comes out, what follows (ISO-09).

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "box_under_test.h"
#include "model/proof.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kTwoTenants = "tenant a 1001 good good\ntenant b 1002 good good\n";

class ProvingTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
  static std::vector<fs::path> records_of(const BoxUnderTest& box) {
    std::vector<fs::path> out;
    const fs::path folder = box.folder() / "state" / "proofs";
    if (!fs::exists(folder)) return out;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".json") out.push_back(entry.path());
    return out;
  }
  /// As an auditor would check it.
  static int openssl_says(const BoxUnderTest& box, const fs::path& record) {
    fs::path signature = record;
    signature.replace_extension(".sig");
    return std::system(("openssl pkeyutl -verify -pubin -inkey " +
                        (box.folder() / "state" / "evidence.pub").string() + " -rawin -in " +
                        record.string() + " -sigfile " + signature.string() + " >/dev/null 2>&1")
                           .c_str());
  }
};

TEST_F(ProvingTest, a_proof_that_held_is_signed_kept_and_can_be_checked) {
  BoxUnderTest box(kTwoTenants, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves()) << box.complaints();
  const Result<model::Proof> proof = box.prove();
  ASSERT_TRUE(proof) << proof.error().to_text();
  EXPECT_EQ(count(*proof, model::ProofCase::Outcome::broken), 0u);
  EXPECT_GT(count(*proof, model::ProofCase::Outcome::held), 100u);
  ASSERT_EQ(records_of(box).size(), 1u) << box.log();
  EXPECT_EQ(openssl_says(box, records_of(box).front()), 0);
  EXPECT_TRUE(box.logged("isolation.proved"));
  EXPECT_THAT(box.log(), Not(HasSubstr("isolation.broken")));
}

TEST_F(ProvingTest, a_record_that_somebody_changed_is_found_out) {
  BoxUnderTest box(kTwoTenants, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  ASSERT_TRUE(box.prove());
  const fs::path record = records_of(box).front();
  std::ofstream(record, std::ios::app) << " ";
  EXPECT_NE(openssl_says(box, record), 0);
}

TEST_F(ProvingTest, one_success_is_an_alarm_and_cuts_the_tenant_off_and_no_other) {
  BoxUnderTest box(std::string(kTwoTenants) + "aims broken\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  const Result<model::Proof> proof = box.prove();
  ASSERT_TRUE(proof);
  EXPECT_EQ(count(*proof, model::ProofCase::Outcome::broken), 2u);  // in both tenants' places
  EXPECT_TRUE(box.logged("isolation.broken"));
  EXPECT_TRUE(box.logged("cut.made"));
  std::vector<std::string> cuts;
  for (const model::Cut& cut : box.state().cuts) cuts.push_back(cut.to_text());
  EXPECT_THAT(cuts, testing::UnorderedElementsAre("tenant a", "tenant b"));
}

TEST_F(ProvingTest, what_it_finds_of_an_image_on_trial_is_over_with_the_trial) {  // UPD-01
  BoxUnderTest box(std::string(kTwoTenants) + "aims broken\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  const fs::path told = box.folder() / "run" / "update";
  std::ofstream(told) << "version 0.2.0\nslot b\ntrial yes\n";
  ASSERT_TRUE(box.logged("on trial"));
  ASSERT_TRUE(box.prove());
  EXPECT_EQ(box.state().cuts.size(), 2u);
  EXPECT_TRUE(box.logged("cut.made"));
  fs::remove(told);
  box.restart();
  ASSERT_TRUE(box.serves());
  EXPECT_TRUE(box.state().cuts.empty());
}

TEST_F(ProvingTest, what_cannot_be_tried_is_no_proof_and_no_reason_to_cut) {
  BoxUnderTest box(std::string(kTwoTenants) + "aims mute\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  const Result<model::Proof> proof = box.prove();
  ASSERT_TRUE(proof);
  EXPECT_GT(count(*proof, model::ProofCase::Outcome::unproven), 0u);
  EXPECT_TRUE(box.logged("isolation.unproven"));
  EXPECT_TRUE(box.state().cuts.empty());
}

/// Until a trial has begun that does not end by itself.
void wait_until_stuck(const BoxUnderTest& box) {
  ASSERT_TRUE(eventually([&] { return box.state().proving.begun == 2; })) << box.log();
  EXPECT_GT(box.state().proving.all, 100u);
}

TEST_F(ProvingTest, what_nobody_waits_for_any_more_is_given_up_and_is_no_proof) {
  BoxUnderTest box(std::string(kTwoTenants) + "aims stuck\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  std::optional<ipc::Channel> asked = box.prove_without_waiting();
  wait_until_stuck(box);
  asked.reset();
  ASSERT_TRUE(eventually([&] { return box.state().proving.all == 0; }));
  EXPECT_TRUE(box.logged("root stopped it before all was tried"));
  EXPECT_EQ(box.state().proof.ended.count(), 0);
  EXPECT_TRUE(records_of(box).empty());
  EXPECT_THAT(box.log(), Not(HasSubstr("isolation.proved")));
  EXPECT_TRUE(box.state().cuts.empty());
  EXPECT_THAT(box.publish(kTwoTenants), HasSubstr("published"));
  const Result<model::Proof> proof = box.prove();  // the next one finds all as it was
  ASSERT_TRUE(proof) << proof.error().to_text();
  EXPECT_TRUE(is_whole(*proof));
}

TEST_F(ProvingTest, a_hole_that_was_found_is_told_though_somebody_stops_the_proof) {
  BoxUnderTest box(std::string(kTwoTenants) + "aims holed\n", BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  std::optional<ipc::Channel> asked = box.prove_without_waiting();
  wait_until_stuck(box);
  asked.reset();
  ASSERT_TRUE(eventually([&] { return box.state().proof.broken == 1; })) << box.log();
  EXPECT_GT(box.state().proof.unproven, 0u);
  EXPECT_TRUE(box.logged("isolation.broken"));
  EXPECT_FALSE(box.state().cuts.empty());
  ASSERT_EQ(records_of(box).size(), 1u);
  EXPECT_EQ(openssl_says(box, records_of(box).front()), 0);
}

TEST_F(ProvingTest, the_same_key_signs_after_a_restart) {
  BoxUnderTest box(kTwoTenants, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  ASSERT_TRUE(box.prove());
  const fs::path first = records_of(box).front();
  box.restart();
  ASSERT_TRUE(box.serves());
  ASSERT_TRUE(box.prove());
  EXPECT_EQ(records_of(box).size(), 2u);
  EXPECT_EQ(openssl_says(box, first), 0);
}

TEST_F(ProvingTest, a_key_file_that_holds_something_else_is_told_and_left_alone) {
  BoxUnderTest box(kTwoTenants, BoxUnderTest::Ground::owned);
  ASSERT_TRUE(box.serves());
  const fs::path key = box.folder() / "state" / "evidence.key";
  std::ofstream(key) << "mine";
  ASSERT_TRUE(box.prove());
  EXPECT_TRUE(box.logged("evidence.key_unusable"));
  EXPECT_TRUE(records_of(box).empty());
  std::stringstream left;
  left << std::ifstream(key).rdbuf();
  EXPECT_EQ(left.str(), "mine");
}

TEST_F(ProvingTest, a_box_without_namespaces_of_its_own_says_that_there_is_no_proof) {
  BoxUnderTest box(kTwoTenants);
  ASSERT_TRUE(box.serves());
  const Result<model::Proof> proof = box.prove();
  ASSERT_FALSE(proof);
  EXPECT_EQ(proof.error().code, ErrorCode::proof_unavailable);
}

}  // namespace
}  // namespace gw::supervisor
