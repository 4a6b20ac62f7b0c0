#include "model/mac_address.h"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

TEST(MacAddress, is_read_in_the_spellings_of_labels_and_written_in_one) {
  for (const char* text : {"00:5e:53:00:00:af", "00:5E:53:00:00:AF", "00-5E-53-00-00-AF"}) {
    const auto address = MacAddress::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->to_text(), "00:5e:53:00:00:af");
  }
}

TEST(MacAddress, anything_else_is_none) {
  for (const char* text : {"", "00:5e:53:00:00", "00:5e:53:00:00:af:01", "00:5e:53:00:00:ag", "005e530000af",
                           "00.5e.53.00.00.af", "0:5e:53:00:00:afa", "00:5e:53:00:00:af "})
    EXPECT_FALSE(MacAddress::parse(text)) << text;
}

TEST(MacAddress, the_first_bit_on_the_wire_makes_a_group) {
  EXPECT_TRUE(MacAddress::parse("ff:ff:ff:ff:ff:ff")->is_group());
  EXPECT_TRUE(MacAddress::parse("01:00:5e:00:00:01")->is_group());
  EXPECT_FALSE(MacAddress::parse("02:00:00:00:00:01")->is_group());
}

}  // namespace
}  // namespace gw::model
