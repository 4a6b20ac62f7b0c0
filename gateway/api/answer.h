#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gw::api {

/// What the API answers (answers.def).
enum class AnswerId : std::uint8_t {
#define GW_ANSWER(name) name,
#define GW_MEMBER(answer, name, type, of, need)
#include "api/answers.def"
#undef GW_ANSWER
#undef GW_MEMBER
};
inline constexpr std::size_t kAnswers = 0
#define GW_ANSWER(name) +1
#define GW_MEMBER(answer, name, type, of, need)
#include "api/answers.def"
#undef GW_ANSWER
#undef GW_MEMBER
    ;

enum class MemberType : std::uint8_t { text, secret, number, flag, time, texts, list, any };
enum class MemberNeed : std::uint8_t { always, maybe };

/// One member of an answer's object. `any` has no name: members that are not listed may follow.
struct Member {
  AnswerId answer;
  std::string_view name;
  MemberType type;
  AnswerId of;  ///< what a list is of
  MemberNeed need;
};

std::string_view to_string(AnswerId answer);
std::span<const Member> members_of(AnswerId answer);

}  // namespace gw::api
