#include "ipc/conversation.h"

#include <gtest/gtest.h>

namespace gw::ipc {
namespace {

enum class Msg : std::uint16_t { hello = 1, sign = 2, socket = 3 };
enum class Phase : std::uint8_t { joining, serving };

constexpr Permit kPermits[] = {
    permit(Msg::hello, Phase::joining, Times::once),
    permit(Msg::sign, Phase::serving, Times::many),
    permit(Msg::socket, Phase::serving, Times::once, 1),
};

Frame frame(Msg type, int fds = 0) {
  Frame made{type_number(type), 0, {}, {}};
  for (int i = 0; i < fds; ++i) made.fds.emplace_back();
  return made;
}

class ConversationTest : public testing::Test {
 protected:
  Conversation conversation{kPermits};
};

TEST_F(ConversationTest, a_message_is_accepted_in_its_phase_only) {
  EXPECT_FALSE(conversation.accept(frame(Msg::sign)));
  EXPECT_TRUE(conversation.accept(frame(Msg::hello)));
  conversation.enter(Phase::serving);
  EXPECT_TRUE(conversation.accept(frame(Msg::sign)));
  const auto late = conversation.accept(frame(Msg::hello));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::channel_out_of_phase);
}

TEST_F(ConversationTest, a_once_message_is_refused_the_second_time) {
  EXPECT_TRUE(conversation.accept(frame(Msg::hello)));
  EXPECT_FALSE(conversation.accept(frame(Msg::hello)));
}

TEST_F(ConversationTest, a_many_message_may_come_again) {
  conversation.enter(Phase::serving);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(conversation.accept(frame(Msg::sign)));
}

TEST_F(ConversationTest, a_wrong_number_of_descriptors_is_refused_and_uses_nothing_up) {
  conversation.enter(Phase::serving);
  EXPECT_FALSE(conversation.accept(frame(Msg::sign, 1)));
  EXPECT_FALSE(conversation.accept(frame(Msg::socket)));
  EXPECT_FALSE(conversation.accept(frame(Msg::socket, 2)));
  EXPECT_TRUE(conversation.accept(frame(Msg::socket, 1)));
}

TEST_F(ConversationTest, an_unlisted_type_is_refused) {
  EXPECT_FALSE(conversation.accept(Frame{99, 0, {}, {}}));
}

}  // namespace
}  // namespace gw::ipc
