// What administrators read of the box: its records, and who may do what.

#include <unistd.h>

#include <ranges>

#include "audit/csv.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "control/web_handlers.h"
#include "sys/sealed.h"

namespace gw::control::web {
namespace {

constexpr std::uint64_t kUsual = 100, kMostAtOnce = 1'000, kMostInTable = 20'000;
constexpr std::size_t kForm = 8;  // of a table; its place among the values
constexpr std::string_view kForms[] = {"csv", "json"};
/// Nobody else is answered while a table is made.
constexpr std::chrono::seconds kMostForTable{2};

/// The first eight values of whoever looks for records. Numbers and times of the contract fit.
model::RecordQuery query_in(const WebAsk& ask) {
  using std::chrono::milliseconds;
  return {milliseconds(ask.number(0, 0)), milliseconds(ask.number(1, 0)), std::string(ask.text(2)),
          std::string(ask.text(3)),       std::string(ask.text(4)),       std::string(ask.text(5)),
          std::string(ask.text(6)),       std::string(ask.text(7))};
}

/// The newest that fit; they come in portions, since what is found at once is bounded.
Result<std::vector<RecordStore::Found>> table_of(const model::RecordQuery& query, RecordStore& store) {
  std::vector<RecordStore::Found> out;
  const Instant until = system_clock().now() + kMostForTable;
  for (std::uint64_t before = UINT64_MAX; out.size() < kMostInTable;) {
    if (system_clock().now() > until) return Error{ErrorCode::store_failed, "a table took too long"};
    GW_TRY(auto some, store.find(query, before, std::min(kMostAtOnce, kMostInTable - out.size())));
    if (some.empty()) break;
    before = some.back().number;
    std::ranges::move(some, std::back_inserter(out));
  }
  return out;
}

std::string json_of(accounts::Role role) {
  return JsonObject()
      .text("role", accounts::to_string(role))
      .text("japanese", accounts::japanese_of(role))
      .take();
}

std::string json_of(accounts::Operation operation) {
  std::vector<std::string> roles;
  for (std::size_t i = 0; i < accounts::kRoles; ++i)
    if (const auto role = static_cast<accounts::Role>(i); accounts::may(role, operation))
      roles.emplace_back(accounts::to_string(role));
  return JsonObject()
      .text("operation", accounts::to_string(operation))
      .text("japanese", accounts::japanese_of(operation))
      .raw("roles", json_texts(roles))
      .take();
}

template <class Enumerator>
std::string json_of_all(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(json_of(static_cast<Enumerator>(i)));
  return json_list(out);
}

}  // namespace

Result<WebAnswer> records_find(const WebAsk& ask, const WebAround& around) {
  const std::uint64_t limit = std::min(ask.number(9, kUsual), kMostAtOnce);
  GW_TRY(const auto found, around.store.find(query_in(ask), ask.number(8, UINT64_MAX), limit));
  std::vector<std::string> lines;  // each is JSON already
  for (const RecordStore::Found& one : found) lines.push_back(one.line);
  JsonObject out;
  out.raw("records", json_list(lines));
  if (!found.empty() && found.back().number > around.store.first()) out.number("before", found.back().number);
  return WebAnswer{.json = out.take()};
}

Result<WebAnswer> records_export(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto found, table_of(query_in(ask), around.store));
  const bool is_csv = !ask.has(kForm) || ask.text(kForm) == kForms[0];
  if (!is_csv && ask.text(kForm) != kForms[1]) return Error{ErrorCode::text_malformed, "form: csv or json"};
  const std::string_view form = kForms[is_csv ? 0 : 1];
  std::string table = is_csv ? audit::csv_head() : "";
  for (const RecordStore::Found& one : found | std::views::reverse)
    table += is_csv ? audit::csv_row(one.line) : one.line + "\n";
  GW_TRY(auto file, sys::seal(as_bytes(table), "records"));
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return system_error("lseek(records)");
  const std::uint64_t first = found.empty() ? 0 : found.back().number;
  const std::uint64_t last = found.empty() ? 0 : found.front().number;
  const std::string name =
      "records-" + std::to_string(first) + "-" + std::to_string(last) + "." + std::string(form);
  const auto extent = backup::extent_of(as_bytes(table));
  ask.told.push_back(accounts::told_of(EventId::records_exported, ask.actor)
                         .add(Field::name, name)
                         .add(Field::detail, form)
                         .add(Field::first, first)
                         .add(Field::last, last)
                         .add(Field::digest, to_hex(extent.digest)));
  WebAnswer answer;
  answer.octets = {std::move(file), name, extent};
  return answer;
}

Result<WebAnswer> permissions_show(const WebAsk&, const WebAround&) {
  return WebAnswer{.json = JsonObject()
                               .raw("roles", json_of_all<accounts::Role>(accounts::kRoles))
                               .raw("operations", json_of_all<accounts::Operation>(accounts::kOperations))
                               .take()};
}

}  // namespace gw::control::web
