#include "cli/isolation_text.h"

#include <gmock/gmock.h>

namespace gw::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Outcome = model::ProofCase::Outcome;

model::Proof proof(Outcome last) {
  return {"north",
          model::Generation{7},
          std::chrono::milliseconds(1'700'000'000'000),
          std::chrono::milliseconds(1'700'000'004'000),
          {{"W1", "dialerd", "karte", "tcp to 192.0.2.1:443", Outcome::held, "refused"},
           {"W1", "dialerd", "karte", "udp to 192.0.2.1:53", Outcome::held, "refused"},
           {"ISO-04", "stranger at ns wan", "", "every \"port\"", last, "1 packets, 1 answers"}}};
}

TEST(IsolationText, people_are_told_what_did_not_hold_and_only_sums_of_the_rest) {
  EXPECT_THAT(to_text(proof(Outcome::broken), Language::english),
              AllOf(HasSubstr("isolation of north, generation 7, 2023-11-14T22:13:20"),
                    HasSubstr("  held    2 of 2  W1 dialerd of karte\n"),
                    HasSubstr("  NOT ALL 0 of 1  ISO-04 stranger at ns wan\n"),
                    HasSubstr("broken: ISO-04 stranger at ns wan: every \"port\": 1 packets, 1 answers\n"),
                    HasSubstr("2 of 3 things that must not work did not; 1 did, 0 could not be tried\n"),
                    Not(HasSubstr("192.0.2.1:53"))));
}

TEST(IsolationText, it_is_said_in_japanese_as_well) {
  EXPECT_THAT(
      to_text(proof(Outcome::unproven), Language::japanese),
      AllOf(HasSubstr("分離の確認: north、世代 7、2023-11-14T22:13:20"),
            HasSubstr("  遮断    2 件中 2 件  W1 dialerd(テナント karte)\n"),
            HasSubstr("  要確認  1 件中 0 件  ISO-04 stranger at ns wan\n"),
            HasSubstr("確認不可: ISO-04 stranger at ns wan: every \"port\": 1 packets, 1 answers\n"),
            HasSubstr("通ってはならないもの 3 件のうち、遮断 2 件、通過 0 件、確認できなかったもの 1 件\n"),
            Not(HasSubstr("192.0.2.1:53"))));
}

}  // namespace
}  // namespace gw::cli
