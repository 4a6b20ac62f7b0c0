#include <cstdint>
#include <cstdlib>

#include "accounts/base32.h"
#include "accounts/lockout.h"
#include "accounts/one_time_code.h"
#include "accounts/password_hash.h"
#include "accounts/password_policy.h"
#include "accounts/typed.h"

namespace accounts = gw::accounts;

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

// What is read from the database of accounts, and what people type at the sign-in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes octets(data, size);
  const std::string_view text = gw::as_text(octets);
  if (const auto hash = accounts::PasswordHash::parse(text)) expect(hash->to_text() == text);
  if (const auto value = accounts::from_base32(text))
    expect(accounts::from_base32(accounts::to_base32(*value)) == value);
  if (const auto typed = accounts::tidy(text)) expect(accounts::tidy(*typed) == typed);
  if (const auto digits = accounts::tidy_digits(text)) expect(digits->size() == 6);
  static_cast<void>(accounts::matches(accounts::CodeHash{}, text));
  static_cast<void>(accounts::judge_password(text, {}));
  if (const auto strikes = gw::decode<accounts::Strikes>(octets)) {
    const auto now = gw::CivilTime(std::chrono::hours(490'000));
    expect(gw::encode(*strikes).size() == size);
    static_cast<void>(strikes->after_failure(now).is_locked(now));
  }
  return 0;
}
