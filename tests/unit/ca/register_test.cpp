// Which terminal has which certificate: what is allowed, what is not, and what of it is on the list (CRT-07,
// CRT-04).

#include "ca/register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ca/register_text.h"
#include "support/mutations.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr model::CivilSeconds kWeek = 7 * kDay;
const TerminalName kCt{"karte", "ct-1"};

class RegisterTest : public testing::Test {
 protected:
  pki::X509Ptr certified(const std::string& key, const std::string& name = "ct-1",
                         model::CivilSeconds now = kNow) const {
    return read_certificate(site.terminal(name, key, now));
  }
  Serial serial_of(const pki::X509Ptr& certificate) const { return *Serial::of(certificate.get()); }
  /// "good", "unknown" or the reason's word.
  std::string status(const pki::X509Ptr& certificate, model::CivilSeconds now = kNow) const {
    const Status status = terminals.status_of(serial_of(certificate), now);
    if (const auto* revoked = std::get_if<WasRevoked>(&status))
      return std::string(
          kReasonWords.at(std::min<std::size_t>(static_cast<std::size_t>(revoked->reason), 7)).text);
    return std::holds_alternative<StandsGood>(status) ? "good" : "unknown";
  }
  std::size_t listed(model::CivilSeconds now) const { return terminals.on_list(now).size(); }

  SiteAuthority site;
  Register terminals;
  pki::X509Ptr first = certified("p256 ct");
};

TEST_F(RegisterTest, a_terminal_is_enrolled_once) {
  EXPECT_EQ(status(first), "unknown");
  EXPECT_EQ(refusal(terminals.enrol(first.get(), kNow)), "");
  EXPECT_EQ(status(first), "good");
  ASSERT_NE(terminals.current(kCt), nullptr);
  EXPECT_EQ(terminals.current(kCt)->serial, serial_of(first));
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 ct 2").get(), kNow)), "register.enrolled_already");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 us", "us-1").get(), kNow)), "");
  EXPECT_EQ(terminals.entries().size(), 2u);
}

TEST_F(RegisterTest, only_a_terminal_s_certificate_is_taken) {
  const auto server = site.issue_for("p256 box", "box_server", hosts_order());
  ASSERT_TRUE(server);
  EXPECT_EQ(refusal(terminals.enrol(read_certificate(*server).get(), kNow)), "register.name_malformed");
  EXPECT_EQ(refusal(terminals.enrol(site.certificate.get(), kNow)), "register.name_malformed");
  EXPECT_EQ(refusal(terminals.enrol(first.get(), kNow - kDay)), "register.state") << "not valid yet";
}

TEST_F(RegisterTest, a_renewal_keeps_the_key_and_lets_the_old_one_count_for_a_while) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto second = certified("p256 ct");
  ASSERT_TRUE(terminals.renew(second.get(), kWeek, kNow));
  EXPECT_EQ(status(first, kNow + kWeek - seconds(1)), "good");
  EXPECT_EQ(status(first, kNow + kWeek), "superseded");
  EXPECT_EQ(status(second, kNow + kWeek), "good");
  EXPECT_EQ(listed(kNow), 0u);
  EXPECT_EQ(listed(kNow + kWeek), 1u);
  EXPECT_EQ(refusal(terminals.renew(certified("p256 ct 2").get(), kWeek, kNow)), "register.key_changed");
}

TEST_F(RegisterTest, a_new_key_is_a_key_that_nobody_has_had) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  ASSERT_TRUE(terminals.enrol(certified("p256 us", "us-1").get(), kNow));
  EXPECT_EQ(refusal(terminals.rekey(certified("p256 ct").get(), kWeek, kNow)), "register.key_reused");
  EXPECT_EQ(refusal(terminals.rekey(certified("p256 us").get(), kWeek, kNow)), "register.key_reused");
  EXPECT_EQ(refusal(terminals.renew(certified("p256 us").get(), kWeek, kNow)), "register.key_reused");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 us", "us-2").get(), kNow)), "register.key_reused");
  EXPECT_EQ(refusal(terminals.rekey(certified("p256 ct 2").get(), kWeek, kNow)), "");
  EXPECT_EQ(refusal(terminals.rekey(certified("p256 ct").get(), kWeek, kNow)), "register.key_reused")
      << "not even its own former one";
}

TEST_F(RegisterTest, no_more_than_two_count_at_once_and_none_beyond_its_end) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto second = certified("p256 ct"), third = certified("p256 ct");
  ASSERT_TRUE(terminals.renew(second.get(), kWeek, kNow));
  ASSERT_TRUE(terminals.renew(third.get(), kWeek, kNow + kDay));
  EXPECT_EQ(status(first, kNow + kDay), "superseded");
  EXPECT_EQ(status(second, kNow + kDay), "good");
  EXPECT_EQ(status(third, kNow + kDay), "good");
  const auto overlap = kLongestOverlap + seconds(1);
  EXPECT_EQ(refusal(terminals.renew(certified("p256 ct").get(), overlap, kNow)), "register.state");
  EXPECT_EQ(refusal(terminals.renew(certified("p256 ct").get(), seconds(-1), kNow)), "register.state");
}

TEST_F(RegisterTest, an_overlap_ends_with_the_certificate) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto late = kNow + 395 * kDay;
  ASSERT_TRUE(terminals.renew(certified("p256 ct", "ct-1", late).get(), kLongestOverlap, late));
  EXPECT_EQ(terminals.entries().front().since, terminals.entries().front().not_after);
}

TEST_F(RegisterTest, a_blocked_terminal_is_on_the_list_until_it_is_unblocked) {
  EXPECT_EQ(refusal(terminals.block(kCt, kNow)), "register.terminal_unknown");
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto second = certified("p256 ct");
  ASSERT_TRUE(terminals.renew(second.get(), kWeek, kNow));
  ASSERT_TRUE(terminals.block(kCt, kNow + kDay));
  EXPECT_EQ(status(second, kNow + kDay), "hold");
  EXPECT_EQ(status(first, kNow + kDay), "superseded") << "no overlap of a blocked terminal";
  EXPECT_EQ(refusal(terminals.block(kCt, kNow + kDay)), "register.state");
  EXPECT_EQ(refusal(terminals.renew(certified("p256 ct").get(), kWeek, kNow + kDay)), "register.state");
  EXPECT_EQ(refusal(terminals.rekey(certified("p256 ct 2").get(), kWeek, kNow + kDay)), "register.state");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 ct 2").get(), kNow + kDay)), "register.enrolled_already");
  ASSERT_TRUE(terminals.unblock(kCt, kNow + 2 * kDay));
  EXPECT_EQ(status(second, kNow + 2 * kDay), "good");
  EXPECT_EQ(status(first, kNow + 2 * kDay), "superseded") << "what has ended does not come back";
  EXPECT_EQ(refusal(terminals.unblock(kCt, kNow + 2 * kDay)), "register.state");
}

TEST_F(RegisterTest, revoked_is_for_good_and_for_everything_the_device_had) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto second = certified("p256 ct");
  ASSERT_TRUE(terminals.renew(second.get(), kWeek, kNow));
  EXPECT_EQ(refusal(terminals.revoke(kCt, Reason::hold, kNow)), "register.state");
  ASSERT_TRUE(terminals.revoke(kCt, Reason::key_compromise, kNow + kDay));
  EXPECT_EQ(status(first, kNow + kDay), "key_compromise");
  EXPECT_EQ(status(second, kNow + kDay), "key_compromise");
  EXPECT_EQ(terminals.current(kCt), nullptr);
  for (const auto& refused : {terminals.unblock(kCt, kNow), terminals.block(kCt, kNow),
                              terminals.renew(certified("p256 ct").get(), kWeek, kNow)})
    EXPECT_EQ(refusal(refused), "register.terminal_unknown");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 ct").get(), kNow + kDay)), "register.key_reused");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 ct 2").get(), kNow + kDay)), "");
}

TEST_F(RegisterTest, another_device_in_its_place_leaves_nothing_to_the_first) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto second = certified("p256 ct 2");
  EXPECT_EQ(refusal(terminals.replace(certified("p256 ct").get(), Reason::cessation, kNow)),
            "register.key_reused");
  EXPECT_EQ(refusal(terminals.replace(second.get(), Reason::hold, kNow)), "register.state");
  EXPECT_EQ(refusal(terminals.replace(certified("p256 us", "us-1").get(), Reason::cessation, kNow)),
            "register.terminal_unknown");
  ASSERT_TRUE(terminals.block(kCt, kNow));
  ASSERT_TRUE(terminals.replace(second.get(), Reason::cessation, kNow));
  EXPECT_EQ(status(first), "cessation");
  EXPECT_EQ(status(second), "good");
}

TEST_F(RegisterTest, a_terminal_whose_certificate_has_ended_is_enrolled_anew) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const auto late = kNow + 400 * kDay;
  EXPECT_EQ(refusal(terminals.renew(certified("p256 ct", "ct-1", late).get(), kWeek, late)),
            "register.state");
  EXPECT_EQ(refusal(terminals.enrol(certified("p256 ct 2", "ct-1", late).get(), late)), "");
}

TEST_F(RegisterTest, a_serial_number_stands_for_one_certificate) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  EXPECT_EQ(refusal(terminals.renew(first.get(), kWeek, kNow)), "register.serial_reused");
}

TEST_F(RegisterTest, a_refusal_changes_nothing) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  const std::string before = to_text(terminals);
  EXPECT_FALSE(terminals.renew(certified("p256 ct 2").get(), kWeek, kNow));
  EXPECT_FALSE(terminals.renew(certified("p256 ct").get(), 31 * kDay, kNow));
  EXPECT_FALSE(terminals.replace(first.get(), Reason::cessation, kNow));
  EXPECT_FALSE(terminals.enrol(certified("p256 ct 2").get(), kNow));
  EXPECT_EQ(to_text(terminals), before);
}

TEST_F(RegisterTest, what_ended_leaves_the_list_after_everybody_saw_it_and_the_register_later) {
  ASSERT_TRUE(terminals.enrol(first.get(), kNow));
  ASSERT_TRUE(terminals.revoke(kCt, Reason::cessation, kNow));
  const auto end = terminals.entries().front().not_after;
  EXPECT_EQ(listed(end + kListedAfterEnd - seconds(1)), 1u);
  EXPECT_EQ(listed(end + kListedAfterEnd), 0u);
  terminals.forget_ended(end + kRememberedAfterEnd - seconds(1));
  EXPECT_EQ(terminals.entries().size(), 1u);
  terminals.forget_ended(end + kRememberedAfterEnd);
  EXPECT_THAT(terminals.entries(), IsEmpty());
}

/// A register in which every standing occurs.
class RegisterTextTest : public RegisterTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(terminals.enrol(first.get(), kNow));
    ASSERT_TRUE(terminals.rekey(certified("p256 ct 2").get(), kWeek, kNow));
    ASSERT_TRUE(terminals.enrol(certified("p256 us", "us-1").get(), kNow));
    ASSERT_TRUE(terminals.block({"karte", "us-1"}, kNow));
    ASSERT_TRUE(terminals.enrol(certified("p256 xr", "xr-1").get(), kNow));
    ASSERT_TRUE(terminals.revoke({"karte", "xr-1"}, Reason::privilege_withdrawn, kNow));
    text = to_text(terminals);
  }
  std::string text;
};

TEST_F(RegisterTextTest, reads_back_the_same) {
  const auto read = read_register(text);
  ASSERT_TRUE(read) << read.error().to_text();
  EXPECT_EQ(read->entries(), terminals.entries());
  EXPECT_EQ(to_text(*read), text);
  EXPECT_EQ(to_text(*read_register(to_text(Register()))), "sekisho-register 1\nend 0\n");
}

TEST_F(RegisterTextTest, a_cut_is_always_noticed_and_a_change_never_reads_as_something_else) {
  const Octets seed(text.begin(), text.end());
  support::for_each_cut(seed, [](const Octets& cut) { EXPECT_FALSE(read_register(as_text(cut))); });
  support::for_each_change(seed, [](const Octets& changed) {
    const auto read = read_register(as_text(changed));
    EXPECT_TRUE(!read || to_text(*read) == as_text(changed));
  });
}

TEST_F(RegisterTextTest, what_the_register_would_not_hold_is_not_read) {
  const auto with = [&](const std::string& what, const std::string& instead) {
    std::string changed = text;
    const std::size_t at = changed.rfind(what);
    EXPECT_NE(at, std::string::npos) << what;
    return read_register(changed.replace(at, what.size(), instead));
  };
  EXPECT_THAT(with("karte us-1", "karte ct-1").error().detail, HasSubstr("two certificates that count"));
  EXPECT_THAT(with("karte us-1", "karte box").error().detail, HasSubstr("line 4"));
  EXPECT_THAT(with("privilege_withdrawn", "hold").error().detail, HasSubstr("a reason"));
  EXPECT_THAT(with("unspecified", "superseded").error().detail, HasSubstr("a reason"));
  EXPECT_THAT(with("end 4", "end 5").error().detail, HasSubstr("its end is missing"));
  EXPECT_THAT(with("register 1", "register 2").error().detail, HasSubstr("version"));
  auto entries = terminals.entries();
  entries.push_back(entries.back());
  EXPECT_EQ(refusal(Register::of(entries)), "register.unreadable") << "a serial number twice";
  entries = terminals.entries();
  entries.back().key = entries.front().key;
  EXPECT_EQ(refusal(Register::of(entries)), "register.unreadable") << "two terminals with one key";
}

}  // namespace
}  // namespace gw::ca
