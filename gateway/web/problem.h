#pragma once

#include <string>

#include "api/value.h"
#include "base/error.h"
#include "https/http.h"
#include "web/language.h"

namespace gw::web {

/// Why something is not done (RFC 9457): a stable code, words in the asker's language, and where in the
/// question the mistake is.
struct Problem {
  ErrorCode code{};
  std::string detail{};   ///< for people; of a weak password, its reason's id
  std::string pointer{};  ///< as in api/value.h; empty: at no value
};
Problem problem_of(const api::FaultAt& fault);

https::Answer answer_of(const Problem& problem, Language language);
/// To octets that are no request of HTTP, for https::Service.
https::Answer unreadable(unsigned status, const std::string& why);

}  // namespace gw::web
