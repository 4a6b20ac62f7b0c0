#include "api/answer.h"

#include <algorithm>

namespace gw::api {
namespace {

using enum MemberType;
using enum MemberNeed;

constexpr std::string_view kNames[] = {
#define GW_ANSWER(name) #name,
#define GW_MEMBER(answer, name, type, of, need)
#include "api/answers.def"
#undef GW_ANSWER
#undef GW_MEMBER
};
constexpr Member kMembers[] = {
#define GW_ANSWER(name)
#define GW_MEMBER(answer, name, type, of, need) {AnswerId::answer, name, type, AnswerId::of, need},
#include "api/answers.def"
#undef GW_ANSWER
#undef GW_MEMBER
};
static_assert(std::ranges::is_sorted(kMembers, {}, &Member::answer), "a member stands behind its answer");

}  // namespace

std::string_view to_string(AnswerId answer) { return kNames[static_cast<std::size_t>(answer)]; }

std::span<const Member> members_of(AnswerId answer) {
  const auto found = std::ranges::equal_range(kMembers, answer, {}, &Member::answer);
  return {found.begin(), found.end()};
}

}  // namespace gw::api
