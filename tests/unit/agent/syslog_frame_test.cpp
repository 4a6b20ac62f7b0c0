#include "agent/syslog_frame.h"

#include <gtest/gtest.h>

namespace gw::agent {
namespace {

// RFC 5425 4.3.1: octets are counted, not letters.
TEST(SyslogFrameTest, a_message_stands_behind_its_length_in_octets) {
  EXPECT_EQ(framed("<134>1 - - - - - - x"), "20 <134>1 - - - - - - x");
  EXPECT_EQ(framed("関所"), "6 関所");
  EXPECT_EQ(framed("a\nb") + framed("c"), "3 a\nb1 c");
}

}  // namespace
}  // namespace gw::agent
