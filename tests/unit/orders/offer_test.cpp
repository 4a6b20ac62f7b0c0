// Who may order what of whom: nothing of a stranger's is even read.

#include "orders/offer.h"

#include <gtest/gtest.h>

#include "draft.h"
#include "packs/seal.h"

namespace gw::orders {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class OrderOffer : public testing::Test {
 protected:
  std::string judged(const std::string& document, const std::string& signature,
                     CivilTime now = noon()) const {
    const pki::SignerKey signer = vendor_.signer();
    const auto order = judge({as_bytes(signature), document}, {signer, "north"}, now);
    return order ? "taken" : std::string(to_string(order.error().code));
  }
  std::string judged(const Draft& draft, CivilTime now = noon()) const {
    return judged(draft.text(), vendor_.signature(draft.text()), now);
  }

  Vendor vendor_;
};

TEST_F(OrderOffer, of_the_vendor_for_this_box_counts_in_its_time) {
  EXPECT_EQ(judged(Draft()), "taken");
  EXPECT_EQ(judged(Draft(), noon() + hours(156) - minutes(1)), "taken");
  EXPECT_EQ(judged(Draft(), noon() + hours(156)), "order.expired");
  EXPECT_EQ(judged(Draft(), noon() - hours(12) - minutes(5)), "taken");
  EXPECT_EQ(judged(Draft(), noon() - hours(12) - minutes(6)), "order.early");
  EXPECT_EQ(judged(Draft{.box = "south"}), "order.of_another_box");
}

TEST_F(OrderOffer, of_a_stranger_is_not_read) {
  const std::string document = Draft().text();
  EXPECT_EQ(judged(document, Vendor().signature(document)), "order.unsigned");
  EXPECT_EQ(judged("no order at all", Vendor().signature("no order at all")), "order.unsigned");
  EXPECT_EQ(judged(document, std::string(64, '\0')), "order.unsigned");
  EXPECT_EQ(judged(document, ""), "order.unsigned");
  EXPECT_EQ(judged("no order at all", vendor_.signature("no order at all")), "order.malformed");
}

TEST_F(OrderOffer, with_one_bit_changed_is_a_strangers) {
  const std::string document = Draft().text(), signature = vendor_.signature(document);
  for (std::size_t at = 0; at < document.size(); ++at) {
    std::string changed = document;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(judged(changed, signature), "order.unsigned") << at;
  }
}

/// The vendor's key may sign packs as well: neither is the other.
TEST_F(OrderOffer, is_no_pack_and_no_pack_is_one) {
  const std::string document = Draft().text();
  EXPECT_EQ(judged(document, vendor_.signature(document, "rule pack")), "order.unsigned");
  EXPECT_FALSE(packs::is_signed(document, as_bytes(vendor_.signature(document)), vendor_.signer()));
}

TEST_F(OrderOffer, stands_in_a_row_behind_its_length) {
  EXPECT_TRUE(orders_in("")->empty());
  const std::string row = vendor_.handed(Draft().text()) + vendor_.handed(Draft{.id = "2"}.text());
  const auto found = orders_in(row);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].document, Draft().text());
  EXPECT_EQ((*found)[1].document, Draft{.id = "2"}.text());
  const pki::SignerKey signer = vendor_.signer();
  for (const Sealed& one : *found) EXPECT_TRUE(judge(one, {signer, "north"}, noon()));
}

TEST_F(OrderOffer, that_is_cut_off_or_too_long_is_none) {
  const std::string one = vendor_.handed(Draft().text());
  for (std::size_t size = 1; size < one.size(); ++size) EXPECT_FALSE(orders_in(one.substr(0, size))) << size;
  std::string many;
  for (std::size_t i = 0; i < kMostOrders; ++i) many += one;
  EXPECT_TRUE(orders_in(many));
  EXPECT_FALSE(orders_in(many + one));
  for (const char* text : {" ", "0 ", "064 x", "64 ", "65", "-1 x", "9999999 x", "18446744073709551616 x"})
    EXPECT_FALSE(orders_in(text)) << text;
  EXPECT_FALSE(orders_in(std::string(kMostOffer + 1, '1')));
}

}  // namespace
}  // namespace gw::orders
