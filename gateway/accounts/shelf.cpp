#include "accounts/shelf.h"

#include <algorithm>

namespace gw::accounts {
namespace {

constexpr std::size_t kMostRecovery = 32;
constexpr const char* kColumns =
    "SELECT id, name, person, role, state, why, password, former, totp, pending_totp, last_step, "
    "certificate, "
    "recovery, invitation, invited_until, made, last_used, ends, strikes FROM accounts ";

/// Codes as one blob.
struct Codes {
  std::vector<CodeHash> hashes{};
};
template <class Io>
void visit(Io& io, Codes& codes) {
  io.list(codes.hashes, kMostRecovery);
}

std::uint64_t ticks_of(CivilTime time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}
CivilTime time_of(std::uint64_t ticks) {
  return CivilTime(std::chrono::microseconds(static_cast<std::int64_t>(ticks)));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out.append(line).append("\n");
  return out;
}
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    out.emplace_back(text.substr(0, end));
  return out;
}

/// Nothing as no octets, where an empty vector would be NULL.
Bytes blob(Bytes octets) {
  static constexpr std::uint8_t kNone = 0;
  return octets.empty() ? Bytes(&kNone, 0) : octets;
}

std::vector<std::uint8_t> copied(Bytes octets) { return {octets.begin(), octets.end()}; }

/// What is only there if the column is not empty.
template <class T>
Result<std::optional<T>> maybe(Bytes octets) {
  if (octets.empty()) return std::optional<T>();
  GW_TRY(T value, decode<T>(octets));
  return std::optional<T>(value);
}

Result<Account> account_in(const store::Statement& row) {
  const Error damaged{ErrorCode::store_damaged, "an account in the database cannot be read"};
  const auto role = parse_role(row.text(3));
  const auto state = parse_account_state(row.text(4));
  const auto cause = parse_disabled_cause(row.text(5));
  const auto certificate = maybe<Sha256>(row.octets(11));
  const auto recovery = decode<Codes>(row.octets(12));
  const auto invitation = maybe<CodeHash>(row.octets(13));
  const auto strikes = decode<Strikes>(row.octets(18));
  if (!role || !state || !cause || !certificate || !recovery || !invitation || !strikes) return damaged;
  Account account;
  account.id = AccountId(row.number(0));
  account.name = row.text(1);
  account.person = row.text(2);
  account.role = *role;
  account.state = *state;
  account.cause = *cause;
  account.password = row.text(6);
  account.former = lines_of(row.text(7));
  account.totp = copied(row.octets(8));
  account.pending_totp = copied(row.octets(9));
  account.last_step = row.number(10);
  account.certificate = *certificate;
  account.recovery = recovery->hashes;
  account.invitation = *invitation;
  account.invited_until = time_of(row.number(14));
  account.made = time_of(row.number(15));
  account.last_used = time_of(row.number(16));
  account.ends = time_of(row.number(17));
  account.strikes = *strikes;
  return account;
}

Result<Account> only_row(store::Statement& rows) {
  GW_TRY(const bool is_there, rows.step());
  if (!is_there) return Error{ErrorCode::account_unknown};
  return account_in(rows);
}

}  // namespace

Result<> Shelf::prepare(const std::optional<CodeHash>& bootstrap) {
  GW_TRY(Account nobody, find_or_nobody(""));
  if (nobody.state != AccountState::nobody)
    return Error{ErrorCode::store_damaged, "the row of nobody is somebody's"};
  if (!bootstrap) return Done{};
  GW_TRY(auto insert, database_->prepare("INSERT OR IGNORE INTO bootstrap VALUES(1, 'waiting', ?1, 0)"));
  return insert.bind(1, Bytes(encode(*bootstrap))).run();
}

Result<Account> Shelf::find_or_nobody(std::string_view name) {
  GW_TRY(auto rows,
         database_->prepare(
             (std::string(kColumns) + "WHERE name = ?1 OR id = 0 ORDER BY id DESC LIMIT 1").c_str()));
  rows.bind(1, name);
  GW_TRY(const bool is_there, rows.step());
  if (is_there) return account_in(rows);
  rows.reset();
  Account nobody;
  GW_TRY(write(nobody));
  return nobody;
}

Result<Account> Shelf::find(std::string_view name) {
  GW_TRY(auto rows, database_->prepare((std::string(kColumns) + "WHERE name = ?1 AND id <> 0").c_str()));
  rows.bind(1, name);
  return only_row(rows);
}

Result<Account> Shelf::find(AccountId id) {
  GW_TRY(auto rows, database_->prepare((std::string(kColumns) + "WHERE id = ?1 AND id <> 0").c_str()));
  rows.bind(1, id.number());
  return only_row(rows);
}

Result<std::vector<Account>> Shelf::all() {
  GW_TRY(auto rows, database_->prepare((std::string(kColumns) + "WHERE id <> 0 ORDER BY id").c_str()));
  std::vector<Account> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    GW_TRY(out.emplace_back(), account_in(rows));
  }
}

Result<AccountId> Shelf::next_id() {
  GW_TRY(auto row, database_->prepare("SELECT max(id) + 1 FROM accounts"));
  GW_TRY(row.step());
  return AccountId(row.number(0));
}

Result<> Shelf::put(Account& account) {
  if (account.id == AccountId() && account.state != AccountState::nobody) {
    GW_TRY(account.id, next_id());
  }
  return write(account);
}

Result<> Shelf::write(const Account& account) {
  GW_TRY(
      auto row,
      database_->prepare(
          "INSERT INTO accounts VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
          "?16, ?17, "
          "?18, ?19) ON CONFLICT(id) DO UPDATE SET name = ?2, person = ?3, role = ?4, state = ?5, why = ?6, "
          "password = ?7, former = ?8, totp = ?9, pending_totp = ?10, last_step = ?11, certificate = ?12, "
          "recovery = ?13, invitation = ?14, invited_until = ?15, made = ?16, last_used = ?17, ends = ?18, "
          "strikes = ?19"));
  const Bytes certificate = account.certificate ? Bytes(*account.certificate) : Bytes();
  const auto invitation = account.invitation ? encode(*account.invitation) : std::vector<std::uint8_t>();
  row.bind(1, account.id.number())
      .bind(2, std::string_view(account.name))
      .bind(3, std::string_view(account.person));
  row.bind(4, to_string(account.role)).bind(5, to_string(account.state)).bind(6, to_string(account.cause));
  row.bind(7, std::string_view(account.password)).bind(8, std::string_view(joined(account.former)));
  row.bind(9, blob(account.totp)).bind(10, blob(account.pending_totp)).bind(11, account.last_step);
  row.bind(12, blob(certificate)).bind(13, Bytes(encode(Codes{account.recovery}))).bind(14, blob(invitation));
  row.bind(15, ticks_of(account.invited_until)).bind(16, ticks_of(account.made));
  row.bind(17, ticks_of(account.last_used))
      .bind(18, ticks_of(account.ends))
      .bind(19, Bytes(encode(account.strikes)));
  return row.run();
}

Result<Shelf::Bootstrap> Shelf::bootstrap() {
  GW_TRY(auto row, database_->prepare("SELECT state, secret, account FROM bootstrap"));
  GW_TRY(const bool is_there, row.step());
  if (!is_there) return Bootstrap{};
  Bootstrap found{row.text(0) == "used", std::nullopt, AccountId(row.number(2))};
  GW_TRY(found.secret, maybe<CodeHash>(row.octets(1)));
  return found;
}

Result<> Shelf::put(const Bootstrap& bootstrap) {
  GW_TRY(auto row, database_->prepare("UPDATE bootstrap SET state = ?1, secret = ?2, account = ?3"));
  const auto secret = bootstrap.secret ? encode(*bootstrap.secret) : std::vector<std::uint8_t>();
  row.bind(1, std::string_view(bootstrap.is_used ? "used" : "waiting")).bind(2, blob(secret));
  return row.bind(3, bootstrap.account.number()).run();
}

}  // namespace gw::accounts
