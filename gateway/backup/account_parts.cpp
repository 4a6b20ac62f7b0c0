#include "backup/account_parts.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"

namespace gw::backup {
namespace {

using accounts::Account;
using accounts::AccountState;

constexpr std::string_view kName = "accounts/accounts.txt", kFirst = "sekisho-accounts 1";
constexpr std::size_t kMostAccounts = 1'000, kMostFormer = 64;

std::string number_of(CivilTime time) {
  return std::to_string(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}
bool take_time(std::string_view text, CivilTime& into) {
  const auto number = parse_decimal(text);
  if (number && *number <= INT64_MAX)
    into = CivilTime(std::chrono::microseconds(static_cast<std::int64_t>(*number)));
  return number && *number <= INT64_MAX;
}

/// A line of each account: what it is called, how it is written, how it is read.
struct Row {
  std::string_view word;
  std::string (*text_of)(const Account& account);
  bool (*read)(std::string_view text, Account& into);
};
template <std::string Account::*text>
constexpr Row text_row(std::string_view word) {
  return {word, [](const Account& account) { return account.*text; },
          [](std::string_view value, Account& into) {
            into.*text = value;
            return true;
          }};
}
template <CivilTime Account::*time>
constexpr Row time_row(std::string_view word) {
  return {word, [](const Account& account) { return number_of(account.*time); },
          [](std::string_view value, Account& into) { return take_time(value, into.*time); }};
}
template <auto member, auto parse>
constexpr Row word_row(std::string_view word) {
  return {word, [](const Account& account) { return std::string(to_string(account.*member)); },
          [](std::string_view value, Account& into) {
            const auto found = parse(value);
            if (found) into.*member = *found;
            return found.has_value();
          }};
}

std::string certificate_text(const Account& account) {
  return account.certificate ? to_hex(*account.certificate) : std::string();
}
bool read_certificate(std::string_view text, Account& into) {
  if (text.empty()) return true;
  const auto octets = from_hex(text);
  accounts::Sha256 digest{};
  if (!octets || octets->size() != digest.size()) return false;
  std::ranges::copy(as_bytes(*octets), digest.begin());
  into.certificate = digest;
  return true;
}

bool read_number(std::string_view text, Account& into) {
  const auto number = parse_decimal(text);
  if (number) into.id = accounts::AccountId(*number);
  return number && *number != 0;
}

constexpr Row kRows[] = {
    {"account ", [](const Account& account) { return std::to_string(account.id.number()); }, read_number},
    text_row<&Account::name>("name "),
    text_row<&Account::person>("person "),
    word_row<&Account::role, accounts::parse_role>("role "),
    word_row<&Account::state, accounts::parse_account_state>("state "),
    word_row<&Account::cause, accounts::parse_disabled_cause>("cause "),
    text_row<&Account::password>("password "),
    {"certificate ", certificate_text, read_certificate},
    time_row<&Account::made>("made "),
    time_row<&Account::last_used>("last-used "),
    time_row<&Account::ends>("ends "),
};
constexpr std::string_view kFormer = "former ", kEnd = "end";

bool read_one(Lines& lines, Account& into) {
  for (const Row& row : kRows) {
    const auto text = lines.take(row.word);
    if (!text || !row.read(*text, into)) return false;
  }
  while (const auto former = lines.take(kFormer)) {
    if (into.former.size() == kMostFormer) return false;
    into.former.emplace_back(*former);
  }
  return lines.take(kEnd) == "" && into.state != AccountState::nobody;
}

/// A second factor that is not there any more is none.
void leave_behind(Account& account) {
  if (account.state == AccountState::active && !account.has_second_factor()) {
    account.take_credentials();
    account.state = AccountState::invited;
  }
}

}  // namespace

Part part_of(const std::vector<Account>& accounts) {
  std::string text = std::string(kFirst) + "\n";
  for (const Account& account : accounts) {
    for (const Row& row : kRows) text.append(row.word).append(row.text_of(account)).append("\n");
    for (const std::string& former : account.former) text.append(kFormer).append(former).append("\n");
    text.append(kEnd).append("\n");
  }
  const Bytes octets = as_bytes(text);
  return {std::string(kName), {octets.begin(), octets.end()}};
}

Result<std::vector<Account>> accounts_in(const std::vector<Part>& parts) {
  const Error malformed{ErrorCode::backup_malformed, "its accounts cannot be read"};
  const auto part = std::ranges::find(parts, kName, &Part::name);
  if (part == parts.end()) return Error{ErrorCode::backup_malformed, "it holds no accounts"};
  Lines lines(as_text(part->content));
  if (lines.take(kFirst) != "") return malformed;
  std::vector<Account> out;
  while (!lines.is_at_end()) {
    Account account;
    if (out.size() == kMostAccounts || !read_one(lines, account)) return malformed;
    leave_behind(account);
    out.push_back(std::move(account));
  }
  return out;
}

}  // namespace gw::backup
