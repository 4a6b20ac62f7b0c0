// What administrators read of the box: its records, and who may do what.

#include "base/json.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

constexpr std::uint64_t kUsual = 100, kMostAtOnce = 1'000;

/// Numbers and times of the contract fit.
model::RecordQuery query_in(const WebAsk& ask) {
  using std::chrono::milliseconds;
  return {milliseconds(ask.number(0, 0)), milliseconds(ask.number(1, 0)), std::string(ask.text(2)),
          std::string(ask.text(3)),       std::string(ask.text(4)),       std::string(ask.text(5))};
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
  const std::uint64_t limit = std::min(ask.number(7, kUsual), kMostAtOnce);
  GW_TRY(const auto found, around.store.find(query_in(ask), ask.number(6, UINT64_MAX), limit));
  std::vector<std::string> lines;  // each is JSON already
  for (const RecordStore::Found& one : found) lines.push_back(one.line);
  JsonObject out;
  out.raw("records", json_list(lines));
  if (!found.empty() && found.back().number > around.store.first()) out.number("before", found.back().number);
  return WebAnswer{.json = out.take()};
}

Result<WebAnswer> permissions_show(const WebAsk&, const WebAround&) {
  return WebAnswer{.json = JsonObject()
                               .raw("roles", json_of_all<accounts::Role>(accounts::kRoles))
                               .raw("operations", json_of_all<accounts::Operation>(accounts::kOperations))
                               .take()};
}

}  // namespace gw::control::web
