#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/language.h"

namespace gw::api {

/// Words of problems.def for an error that got as far as an administrator, whichever way he came. Any other
/// error is the box's own fault: 500, and no word of what broke inside.
bool is_own_fault(ErrorCode code);
/// HTTP's, which says in short what kind of refusal it is.
unsigned status_of_problem(ErrorCode code);
std::string_view title_of(ErrorCode code, Language language);
/// A detail that is an id (of a value's fault, of a weak password), in words; any other stands for itself.
std::string detail_of(ErrorCode code, const std::string& detail, Language language);
/// The problem itself (RFC 9457); `pointer` as in api/value.h, empty: at no value. `status` is that of the
/// answer it comes with.
std::string problem_json(const Error& why, std::string_view pointer, Language language, unsigned status);

}  // namespace gw::api
