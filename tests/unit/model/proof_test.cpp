#include "model/proof.h"

#include <gmock/gmock.h>

#include "model/proof_text.h"

namespace gw::model {
namespace {

using testing::HasSubstr;
using Outcome = ProofCase::Outcome;

Proof proof(Outcome last) {
  return {"north",
          Generation{7},
          std::chrono::milliseconds(1'700'000'000'000),
          std::chrono::milliseconds(1'700'000'004'000),
          {{"W1", "dialerd", "karte", "tcp to 192.0.2.1:443", Outcome::held,
            "the kernel's rules refused the packet"},
           {"W1", "dialerd", "karte", "udp to 192.0.2.1:53", Outcome::held,
            "the kernel's rules refused the packet"},
           {"ISO-04", "stranger at ns wan", "", "every \"port\"", last, "1 packets, 1 answers"}}};
}

TEST(ProofTest, is_whole_only_if_everything_held) {
  EXPECT_TRUE(is_whole(proof(Outcome::held)));
  EXPECT_FALSE(is_whole(proof(Outcome::broken)));
  EXPECT_FALSE(is_whole(proof(Outcome::unproven)));
  EXPECT_FALSE(is_whole(Proof{}));
}

TEST(ProofTest, the_record_is_json_with_every_case_and_escapes_what_it_quotes) {
  const std::string json = to_json(proof(Outcome::broken));
  EXPECT_THAT(
      json,
      HasSubstr(
          R"("format":"sekisho.isolation-proof/1","site":"north","generation":7,"began":"2023-11-14T22:13:20)"));
  EXPECT_THAT(json, HasSubstr(R"("held":2,"broken":1,"unproven":0)"));
  EXPECT_THAT(json, HasSubstr(R"("tried":"every \"port\"","outcome":"broken")"));
}

TEST(ProofTest, the_number_of_series_does_not_depend_on_how_much_is_tried) {
  Proof large = proof(Outcome::held);
  const std::string small = to_metrics(large);
  for (int i = 0; i < 500; ++i) large.cases.push_back(large.cases.front());
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  EXPECT_EQ(lines(to_metrics(large)), lines(small));
  EXPECT_THAT(
      small,
      HasSubstr(R"(sekisho_isolation_cases{way="W1",place="dialerd",tenant="karte",outcome="held"} 2)"));
  EXPECT_THAT(small, HasSubstr("sekisho_isolation_proved_seconds 1700000004\n"));
  EXPECT_TRUE(small.ends_with("# EOF\n"));
}

TEST(ProofTest, survives_its_own_layout) {
  const auto read = decode<Proof>(encode(proof(Outcome::unproven)));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(proof(Outcome::unproven)));
}

}  // namespace
}  // namespace gw::model
