#include "keys/der.h"

#include <gtest/gtest.h>

#include "support/mutations.h"

namespace gw::keys {
namespace {

TEST(DerTest, what_is_written_is_read_at_every_length) {
  for (const std::size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 4000u}) {
    const std::vector<std::uint8_t> value(size, 7);
    const auto items = read_der_sequence(write_der(DerTag::sequence, {write_der(DerTag::octets, value)}));
    ASSERT_TRUE(items) << size;
    ASSERT_EQ(items->size(), 1u);
    EXPECT_TRUE((*items)[0].is(DerTag::octets));
    EXPECT_EQ((*items)[0].value.size(), size);
  }
}

TEST(DerTest, lengths_in_another_than_the_shortest_form_are_refused) {
  const std::vector<std::uint8_t> bad[] = {
      {0x04, 0x81, 0x01, 7}, {0x04, 0x82, 0x00, 0x01, 7},
      {0x04, 0x80, 7, 0, 0}, {0x04, 0x83, 0x00, 0x00, 1},
      {0x04, 0x02, 7},       {0x04},
      {0x1f, 0x01, 7},       {0x04, 0x84, 0, 0, 0, 1, 7},
      {0x04, 0xff},
  };
  for (const auto& octets : bad) {
    const auto items = read_der(octets);
    ASSERT_FALSE(items) << static_cast<int>(octets[0]);
    EXPECT_EQ(items.error().code, ErrorCode::key_unreadable);
  }
}

TEST(DerTest, a_sequence_stands_alone) {
  auto whole = write_der(DerTag::sequence, {write_der(DerTag::integer, as_bytes("1"))});
  EXPECT_TRUE(read_der_sequence(whole));
  whole.push_back(0);
  EXPECT_FALSE(read_der_sequence(whole));
  EXPECT_FALSE(read_der_sequence(write_der(DerTag::octets, as_bytes("1"))));
}

TEST(DerTest, no_element_reaches_beyond_its_octets) {
  const auto seed =
      write_der(DerTag::sequence, {write_der(DerTag::integer, as_bytes("12")),
                                   write_der(DerTag::octets, std::vector<std::uint8_t>(200, 1))});
  const auto look = [](const support::Octets& octets) {
    const auto items = read_der(octets);
    if (!items) return;
    for (const DerItem& item : *items) {
      EXPECT_GE(item.value.data(), octets.data());
      EXPECT_LE(item.value.data() + item.value.size(), octets.data() + octets.size());
    }
  };
  support::for_each_cut(seed, look);
  support::for_each_change(seed, look);
}

}  // namespace
}  // namespace gw::keys
