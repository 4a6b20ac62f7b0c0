#include "base/error.h"

#include <array>
#include <cerrno>
#include <system_error>

#include "base/check.h"

namespace gw {
namespace {

constexpr std::array<std::string_view,
                     [] {
                       std::size_t n = 0;
#define GW_ERROR(name, id) ++n;
#include "base/errors.def"
#undef GW_ERROR
                       return n;
                     }()>
    kIds{
#define GW_ERROR(name, id) id,
#include "base/errors.def"
#undef GW_ERROR
    };

}  // namespace

std::string_view to_string(ErrorCode code) {
  const auto index = static_cast<std::size_t>(code);
  GW_CHECK(index < kIds.size(), "codes from outside are range-checked by the codec");
  return kIds[index];
}

std::uint16_t error_code_count() { return static_cast<std::uint16_t>(kIds.size()); }

std::string Error::to_text() const {
  std::string text(to_string(code));
  if (!detail.empty()) text.append(": ").append(detail);
  return text;
}

Error system_error(std::string_view call, int error_number) {
  return {ErrorCode::system_call_failed,
          std::string(call) + ": " + std::generic_category().message(error_number)};
}

Error system_error(std::string_view call) { return system_error(call, errno); }

}  // namespace gw
