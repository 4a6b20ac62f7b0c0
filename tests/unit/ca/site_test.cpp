// What orders to a site's authority lead to, from its founding to a lost device (LAN-01, CRT-04, CRT-07).

#include "ca/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ca/request.h"
#include "ca/word.h"
#include "keys/file_key.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using Verb = model::SiteOrder::Verb;

Result<keys::PrivateKeyPtr> open_key(Bytes content) {
  GW_TRY(const keys::PemBlock block, keys::find_pem(Secret(std::string(as_text(content))), {"PRIVATE KEY"}));
  return keys::open_plain_key(block);
}
Result<keys::KeyWork::Made> make_key(model::KeyKind kind) {
  GW_TRY(const Secret pem, keys::make_plain_key(kind));
  GW_TRY(keys::PrivateKeyPtr key, open_key(as_bytes(pem.view())));
  return keys::KeyWork::Made{std::move(key), std::string(pem.view())};
}

class SiteTest : public testing::Test {
 protected:
  /// "" if it was carried out; then the site is what it leads to.
  std::string order(model::SiteOrder what, const std::string& input = {}) {
    Result<SiteWork> work =
        carry_out(what, as_bytes(input), *Site::read(site.write()), {make_key, open_key}, "clinic", now);
    if (!work) return std::string(to_string(work.error().code));
    site = std::move(work->site);
    product = std::move(work->product);
    list = std::move(work->list);
    blocks = std::move(work->blocks);
    return "";
  }
  std::string order(Verb verb, const std::string& terminal = "ct-1", const std::string& input = {}) {
    return order({.verb = verb, .tenant = "karte", .terminal = terminal}, input);
  }
  static std::string request(const std::string& key) {
    const keys::PrivateKeyPtr own = private_key(key);
    return keys::to_pem("CERTIFICATE REQUEST", *make_request({.common_name = "any"}, {}, *own));
  }
  std::string renew_by(const std::string& shown, const std::string& key,
                       const std::string& terminal = "ct-1") {
    return order({.verb = Verb::renew, .tenant = "karte", .terminal = terminal, .shown = shown},
                 request(key));
  }
  std::string redeem(const std::string& ticket, const std::string& input,
                     const std::string& terminal = "ct-1") {
    return order({.verb = Verb::redeem, .tenant = "karte", .terminal = terminal, .ticket = ticket}, input);
  }

  Site site;
  model::SiteProduct product;
  Octets list;
  std::vector<model::Cut> blocks;
  model::CivilSeconds now = kNow;
};

TEST_F(SiteTest, nothing_is_certified_before_there_is_an_authority_and_there_is_one) {
  EXPECT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "site_ca.missing");
  EXPECT_EQ(order(Verb::look), "site_ca.missing") << "no list of nobody";
  EXPECT_EQ(order(Verb::report), "");
  EXPECT_EQ(product.fingerprint, "");
  EXPECT_EQ(order(Verb::found), "");
  EXPECT_THAT(product.authority, HasSubstr("clinic"));
  EXPECT_EQ(order(Verb::found), "site_ca.exists_already");
  EXPECT_EQ(order(Verb::request), "site_ca.exists_already");
}

TEST_F(SiteTest, the_vendor_s_root_may_certify_it_instead) {
  EXPECT_EQ(order(Verb::adopt, "", "x"), "site_ca.missing");
  ASSERT_EQ(order(Verb::request), "");
  const auto asked = Request::read(product.file);
  ASSERT_TRUE(asked);
  EXPECT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "site_ca.missing")
      << "the root has not answered yet";
  const SiteAuthority vendor;
  const auto answered = issue(asked->key(), profile_named("site_ca"), site_order(), vendor.root.get(),
                              Serial::random(), kNow, *vendor.root_key);
  ASSERT_TRUE(answered);
  EXPECT_EQ(order(Verb::adopt, "", pem_of(vendor.der)), "issue.issuer_unsuitable") << "another key's";
  ASSERT_EQ(order(Verb::adopt, "", pem_of(*answered) + pem_of(vendor.root_der)), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  EXPECT_THAT(*pki::read_certificates(as_text(product.file)), SizeIs(3)) << "the whole chain";
}

TEST_F(SiteTest, a_terminal_has_one_certificate_after_the_other) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  const std::string first = product.entry.certificate;
  EXPECT_EQ(product.secret, "") << "the terminal has its key";
  EXPECT_EQ(order(Verb::enrol, "ct-1", request("p256 ct 2")), "register.enrolled_already");
  ASSERT_EQ(order(Verb::renew, "ct-1", request("p256 ct 2")), "");
  EXPECT_THAT(blocks, SizeIs(0)) << "the one before counts for a while";
  now += kOverlap;
  ASSERT_EQ(order(Verb::look), "");
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(blocks.front(), (model::Cut{model::Cut::What::certificates, "karte", "ct-1", first}));
  EXPECT_EQ(order(Verb::renew, "ct-1", request("p256 ct")), "register.key_reused");
}

TEST_F(SiteTest, a_terminal_renews_with_a_certificate_that_counts_and_no_other) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  const std::string first = product.entry.certificate;
  EXPECT_EQ(renew_by(std::string(64, 'a'), "p256 ct 2"), "register.not_theirs");
  EXPECT_EQ(renew_by(first, "p256 ct 2", "ct-2"), "register.not_theirs") << "another terminal's";
  ASSERT_EQ(renew_by(first, "p256 ct 2"), "");
  const std::string second = product.entry.certificate;
  ASSERT_EQ(order(Verb::revoke), "");
  for (const std::string& shown : {first, second})
    EXPECT_EQ(renew_by(shown, "p256 ct 3"), "register.not_theirs") << "revoked";
}

TEST_F(SiteTest, answers_that_are_lost_cost_a_terminal_nothing) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  const std::string first = product.entry.certificate;
  for (int lost = 0; lost < 4; ++lost) {
    ASSERT_EQ(renew_by(first, "p256 ct 2"), "") << "the same request, again and again";
    for (const model::Cut& block : blocks) EXPECT_NE(block.certificate, first) << "what it has counts yet";
  }
  ASSERT_EQ(renew_by(first, "p256 ct 3"), "");
  EXPECT_THAT(blocks, SizeIs(4)) << "those that nobody ever had";
  now += kOverlap;
  EXPECT_EQ(renew_by(first, "p256 ct 4"), "register.not_theirs");
  EXPECT_EQ(renew_by(product.entry.certificate, "p256 ct 4"), "");
}

TEST_F(SiteTest, a_terminal_that_renews_and_renews_is_stopped) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  std::string last;
  int renewed = -1;
  for (renewed = -1; renewed < 20 && last.empty(); ++renewed)
    last = renew_by(product.entry.certificate, "p256 ct");
  EXPECT_EQ(last, "register.state");
  EXPECT_EQ(renewed, kMostOfOne - 1);
  EXPECT_EQ(order(Verb::renew, "ct-1", request("p256 ct")), "") << "the clinic may";
}

TEST_F(SiteTest, a_ticket_helps_a_terminal_that_has_lost_what_it_had) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::ticket), "");
  const std::string before = product.secret;
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  EXPECT_EQ(redeem(before, request("p256 ct 2")), "ticket.unknown") << "made for what was before";
  ASSERT_EQ(order(Verb::ticket), "");
  ASSERT_EQ(redeem(product.secret, request("p256 ct 2")), "");
  EXPECT_THAT(blocks, SizeIs(0)) << "the one before counts for a while yet";
  ASSERT_EQ(order(Verb::ticket), "");
  const std::string open = product.secret;
  ASSERT_EQ(order(Verb::revoke), "");
  EXPECT_EQ(redeem(open, request("p256 ct 3")), "ticket.unknown") << "nothing is left of it";
}

TEST_F(SiteTest, another_device_in_its_place_ends_what_was_before) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  ASSERT_EQ(order(Verb::replace), "");
  EXPECT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(product.secret.size(), 24u);
  ASSERT_EQ(order(Verb::revoke), "");
  EXPECT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(order(Verb::revoke), "register.terminal_unknown");
  EXPECT_EQ(order({.verb = Verb::revoke, .tenant = "karte", .terminal = "ct-1", .revocation = 7}),
            "register.state")
      << "no such reason";
}

TEST_F(SiteTest, one_certificate_is_revoked_alone_and_the_other_stands) {
  const auto revoke_one = [&](const std::string& certificate, const std::string& terminal = "ct-1") {
    return order({.verb = Verb::revoke, .tenant = "karte", .terminal = terminal, .certificate = certificate});
  };
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  const std::string first = product.entry.certificate;
  ASSERT_EQ(order(Verb::renew, "ct-1", request("p256 ct 2")), "");
  const std::string second = product.entry.certificate;
  EXPECT_EQ(revoke_one(first, "ct-2"), "register.terminal_unknown") << "another terminal's";
  EXPECT_EQ(revoke_one(std::string(64, 'a')), "register.terminal_unknown");
  ASSERT_EQ(revoke_one(first), "");
  EXPECT_EQ(product.entry.certificate, first) << "so that the record has it";
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(blocks.front().certificate, first);
  EXPECT_EQ(revoke_one(first), "register.terminal_unknown") << "it counts no more";
  EXPECT_EQ(renew_by(second, "p256 ct 3"), "") << "the other one counts";
  ASSERT_EQ(revoke_one(product.entry.certificate), "");
  EXPECT_THAT(blocks, SizeIs(2)) << "the one in its overlap counts yet";
  ASSERT_EQ(order(Verb::ticket), "");
  EXPECT_EQ(product.ends, now + kTicketLife);
  EXPECT_EQ(redeem(product.secret, request("p256 us")), "") << "and the terminal is enrolled anew";
}

TEST_F(SiteTest, a_list_follows_each_change_and_its_number_grows) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  EXPECT_EQ(product.list_number, 1u);
  EXPECT_FALSE(list.empty());
  ASSERT_EQ(order(Verb::revoke), "");
  EXPECT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(product.list_number, 2u);
  ASSERT_EQ(order(Verb::report), "");
  EXPECT_TRUE(list.empty());
  EXPECT_THAT(product.entries, SizeIs(1));
}

TEST_F(SiteTest, a_ticket_is_good_once_for_its_terminal_and_for_a_week) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::ticket), "");
  const std::string ticket = product.secret;
  EXPECT_EQ(redeem("no ticket", request("p256 ct")), "ticket.malformed");
  EXPECT_EQ(redeem(random_word(), request("p256 ct")), "ticket.unknown");
  EXPECT_EQ(redeem(ticket, request("p256 us"), "us-1"), "ticket.unknown");
  EXPECT_EQ(redeem(ticket, "garbage"), "request.unreadable") << "and the ticket is not spent";
  EXPECT_EQ(redeem(ticket, ""), "request.unreadable");
  std::string typed = ticket;
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
  EXPECT_EQ(redeem(typed, request("p256 ct")), "");
  EXPECT_EQ(redeem(ticket, request("p256 ct 2")), "ticket.unknown");
  ASSERT_EQ(order(Verb::ticket, "us-1"), "");
  now += kTicketLife;
  EXPECT_EQ(redeem(product.secret, request("p256 us"), "us-1"), "ticket.unknown");
}

TEST_F(SiteTest, a_newer_ticket_takes_the_place_of_the_one_before) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::ticket), "");
  const std::string before = product.secret;
  ASSERT_EQ(order(Verb::ticket), "");
  EXPECT_EQ(redeem(before, request("p256 ct")), "ticket.unknown");
}

TEST_F(SiteTest, a_damaged_store_is_noticed) {
  ASSERT_EQ(order(Verb::found), "");
  ASSERT_EQ(order(Verb::enrol, "ct-1", request("p256 ct")), "");
  const std::vector<std::uint8_t> stored = site.write();
  ASSERT_TRUE(Site::read(stored));
  for (std::size_t at = 0; at < stored.size(); at += 7) {
    std::vector<std::uint8_t> damaged = stored;
    damaged[at] ^= 1;
    EXPECT_EQ(refusal(Site::read(damaged)), "register.unreadable") << at;
  }
  EXPECT_EQ(refusal(Site::read(Bytes(stored).first(stored.size() / 2))), "register.unreadable");
  EXPECT_TRUE(Site::read({})) << "there is no authority yet";
}

TEST(Word, is_forgiving_to_type_and_never_the_same) {
  const std::string word = random_word();
  EXPECT_EQ(word.size(), 24u);
  EXPECT_NE(word, random_word());
  EXPECT_EQ(tidy_word(word), word);
  EXPECT_EQ(tidy_word(word.substr(1)), "");
  EXPECT_EQ(tidy_word(word + "2"), "");
  EXPECT_EQ(tidy_word("0" + word.substr(1)), "") << "a nought is in no word";
}

}  // namespace
}  // namespace gw::ca
