#include "orders/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draft.h"

namespace gw::orders {
namespace {

using testing::HasSubstr;

const std::string kDigest(64, 'b');

Order read(const Draft& draft) {
  const auto order = read_order(draft.text());
  EXPECT_TRUE(order) << (order ? "" : order.error().to_text());
  return order ? *order : Order{};
}
std::string refused(const std::string& text) {
  const auto order = read_order(text);
  return order ? "taken" : order.error().to_text();
}

TEST(OrderReading, names_the_box_the_time_and_what_is_wanted) {
  const Order order = read({});
  EXPECT_EQ(order.id, "2026-0001");
  EXPECT_EQ(order.box, "north");
  EXPECT_EQ(order.reason, "the device was lost");
  EXPECT_EQ(order.expires - order.issued, std::chrono::hours(7 * 24));
  EXPECT_EQ(order.kind(), Kind::revoke);
  const auto& wanted = std::get<Revocation>(order.wanted);
  EXPECT_EQ(wanted.tenant + "/" + wanted.terminal, "karte/desk-1");
  EXPECT_EQ(wanted.certificate, std::string(64, 'a'));
}

TEST(OrderReading, wants_one_of_five_things) {
  const Order bundle = read({.wanted = "bundle: {scopes: [state, records], hours: 48}\n"});
  EXPECT_EQ(std::get<BundleRequest>(bundle.wanted).scopes, (std::vector<std::string>{"state", "records"}));
  EXPECT_EQ(std::get<BundleRequest>(bundle.wanted).hours, 48u);
  const Order update = read({.wanted = "update: {version: 2026.12, sha256: " + kDigest + "}\n"});
  EXPECT_EQ(std::get<UpdateOffer>(update.wanted).version, "2026.12");
  const Order withdrawal = read({.wanted = "withdraw: {order: 2026-0000}\n"});
  EXPECT_EQ(std::get<Withdrawal>(withdrawal.wanted).order, "2026-0000");
  const Order change =
      read({.wanted = "change: {base: " + kDigest + "}\n---\nversion: 1\n# as written\n---\n"});
  EXPECT_EQ(std::get<Proposal>(change.wanted).base, kDigest);
  EXPECT_EQ(std::get<Proposal>(change.wanted).configuration, "version: 1\n# as written\n---\n");
}

TEST(OrderReading, takes_no_more_and_no_less) {
  const std::string revoke = Draft().wanted;
  for (const std::string& wanted :
       {std::string(), revoke + "bundle: {scopes: [state]}\n", revoke + "shell: on\n",
        std::string("shell: on\n"), std::string("revoke: {tenant: karte}\n"),
        std::string("revoke: {tenant: karte, terminal: ../x}\n"),
        std::string("revoke: {tenant: karte, terminal: desk-1, certificate: AA}\n"),
        std::string("revoke: karte\n"), std::string("withdraw: {order: 2026-0001}\n"),
        std::string("withdraw: {order: ../x}\n"), std::string("withdraw: {}\n"),
        std::string("bundle: {scopes: []}\n"), std::string("bundle: {scopes: [state], hours: 721}\n"),
        std::string("update: {version: 1}\n"), std::string("change: {base: " + kDigest + "}\n"),
        revoke + "---\nversion: 1\n",
        "change: {base: " + kDigest + "}\n---\n" + std::string(kMostConfiguration + 1, '#')})
    EXPECT_THAT(refused(Draft{.wanted = wanted}.text()), HasSubstr("order.malformed"))
        << wanted.substr(0, 80);
}

TEST(OrderReading, counts_for_a_while_and_no_longer_than_it_may) {
  for (const char* expires : {"2026-11-22T00:00:00Z", "2026-11-21T00:00:00Z", "2026-12-24T00:00:00Z", "soon"})
    EXPECT_THAT(refused(Draft{.expires = expires}.text()), HasSubstr("order.malformed")) << expires;
  EXPECT_EQ(refused(Draft{.expires = "2026-12-23T00:00:00Z"}.text()), "taken");
}

TEST(OrderReading, says_where_it_is_wrong_and_what_to_write) {
  EXPECT_THAT(refused(Draft{.id = "A_1"}.text()), HasSubstr("line 2: "));
  EXPECT_THAT(refused(Draft{.wanted = ""}.text()),
              HasSubstr("one of change, revoke, bundle, update and withdraw"));
  EXPECT_THAT(refused(std::string(kMostHead + 1, ' ')), HasSubstr("larger than 8 KiB"));
  EXPECT_THAT(refused(""), HasSubstr("order.malformed"));
}

TEST(OrderReading, reads_a_kept_head_again) {
  const std::string text = Draft{.wanted = "change: {base: " + kDigest + "}\n---\nversion: 1\n"}.text();
  const auto again = read_head(document_of(text).head);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->kind(), Kind::change);
  EXPECT_EQ(std::get<Proposal>(again->wanted).configuration, "");
}

}  // namespace
}  // namespace gw::orders
