#include "accounts/draft.h"

#include "base/text.h"

namespace gw::accounts {
namespace {

bool is_person(std::string_view text) {
  if (text.empty() || text.size() > kForeignTextLimit) return false;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    if (length == 0 || first < 0x20 || first == 0x7f) return false;
    text.remove_prefix(length);
  }
  return true;
}

Error unsuitable(std::string_view words) { return {ErrorCode::account_unsuitable, std::string(words)}; }

}  // namespace

std::optional<Error> unsuitable_draft(const Draft& draft) {
  if (!is_name(draft.name)) return unsuitable("a name has a-z, 0-9 and hyphens inside, 63 at most");
  if (!is_person(draft.person)) return unsuitable("say whose account it is, in 128 octets at most");
  return std::nullopt;
}

std::optional<Error> unsuitable_end(Role role, CivilTime ends, CivilTime now) {
  switch (tenure_of(role)) {
    case Tenure::elsewhere:  // ADM-08
      return unsuitable("the role has no accounts on the box");
    case Tenure::dated:
      if (ends <= now || ends > now + kLongestDated)
        return unsuitable("the role ends within 31 days: say when");
      return std::nullopt;
    case Tenure::standing:
    case Tenure::sealed:
      if (ends != CivilTime{}) return unsuitable("the role has no end");
      return std::nullopt;
  }
  return unsuitable("there is no such role");
}

}  // namespace gw::accounts
