// The ring knows who is there, and nobody is in it after leaving.

#include "proxy/registry.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

namespace gw::proxy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Member : RegistryHook {
  explicit Member(int value) : number(value) {}
  int number;
};

class RegistryTest : public testing::Test {
 protected:
  Registry<Member> registry;

  std::vector<int> numbers() {
    std::vector<int> found;
    registry.for_each([&](Member& member) { found.push_back(member.number); });
    return found;
  }
};

TEST_F(RegistryTest, has_whoever_was_added_newest_first) {
  Member a(1), b(2), c(3);
  EXPECT_THAT(numbers(), IsEmpty());
  for (Member* member : {&a, &b, &c}) registry.add(*member);
  EXPECT_THAT(numbers(), ElementsAre(3, 2, 1));
}

TEST_F(RegistryTest, loses_whoever_goes_wherever_it_stood) {
  auto a = std::make_unique<Member>(1), b = std::make_unique<Member>(2), c = std::make_unique<Member>(3);
  for (const auto* member : {&a, &b, &c}) registry.add(**member);
  b.reset();
  EXPECT_THAT(numbers(), ElementsAre(3, 1));
  c.reset();
  EXPECT_THAT(numbers(), ElementsAre(1));
  a.reset();
  EXPECT_THAT(numbers(), IsEmpty());
}

TEST_F(RegistryTest, has_nobody_twice) {
  Member a(1), b(2);
  registry.add(a);
  registry.add(b);
  registry.add(a);
  EXPECT_THAT(numbers(), ElementsAre(1, 2));
}

TEST_F(RegistryTest, can_go_before_its_members) {
  Member a(1);
  {
    Registry<Member> brief;
    brief.add(a);
  }
  registry.add(a);
  EXPECT_THAT(numbers(), ElementsAre(1));
}

}  // namespace
}  // namespace gw::proxy
