// Terminals and their certificates (CRT-04, LAN-01, CRT-07): what administrators ask here is what root asks
// at the box, and the supervisor does and records it in the same way, with their names.

#include <algorithm>

#include "base/json.h"
#include "control/web_site.h"
#include "model/terminal_roll.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using model::SiteEntry;
using model::SiteOrder;
using Msg = op::Msg;

constexpr std::uint64_t kUsual = 1'000;

// ---------------------------------------------------------------- who is blocked

std::string json_of(const model::TerminalRoll::Row& row) {
  std::vector<std::string> certificates;
  for (const auto& one : row.certificates) certificates.push_back(one.fingerprint);
  return JsonObject()
      .text("tenant", row.tenant)
      .text("terminal", row.terminal)
      .text("standing", to_string(row.standing))
      .flag("configured", row.configured)
      .raw("blocked_certificates", json_texts(certificates))
      .take();
}

Result<WebAnswer> list_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(const auto roll, sealed_in<model::TerminalRoll>(said, Msg::terminal_roll, model::kMostRoll));
  const auto to_json = [](const model::TerminalRoll::Row& row) { return json_of(row); };
  return WebAnswer{.json = JsonObject().raw("terminals", json_each(roll.rows, to_json)).take()};
}

WebAnswer order_block(const WebAsk& ask, Msg order) {
  const model::Cut cut{model::Cut::What::certificates, std::string(ask.text(0)), std::string(ask.text(1)),
                       to_lower(ask.text(2))};
  return asks(order, encode(op::CutOrder{cut, told_reason(ask, 3)}), done);
}

// ---------------------------------------------------------------- the site's authority

std::string time_of(model::CivilSeconds since) { return time_text(CivilTime(since)); }

Result<WebAnswer> invite_finish(const WebAsk& ask, const WebAround&, const ipc::Frame& said) {
  GW_TRY(auto product, product_in(said));
  WebAnswer out{.json = JsonObject()
                            .text("tenant", ask.text(0))
                            .text("terminal", ask.text(1))
                            .text("code", product.secret)
                            .text("until", time_of(product.ends))
                            .text("place", product.place)
                            .text("authority", product.fingerprint)
                            .take()};
  wipe(product.secret.data(), product.secret.size());
  return out;
}

/// Until when it counts if nobody does anything: a superseded one has its overlap.
model::CivilSeconds end_of(const SiteEntry& entry) {
  return entry.standing == "superseded" ? std::min(entry.since, entry.not_after) : entry.not_after;
}

/// The register's word, or that it has ended by itself.
std::string_view state_of(const SiteEntry& entry, model::CivilSeconds now) {
  return entry.standing != "revoked" && now >= end_of(entry) ? "expired" : std::string_view(entry.standing);
}

std::string json_of(const SiteEntry& entry, model::CivilSeconds now) {
  JsonObject out;
  out.text("tenant", entry.tenant)
      .text("terminal", entry.terminal)
      .text("certificate", entry.certificate)
      .text("serial", entry.serial)
      .text("from", time_of(entry.not_before))
      .text("until", time_of(end_of(entry)))
      .text("state", state_of(entry, now));
  if (entry.standing == "revoked") out.text("revoked", time_of(entry.since));
  return out.take();
}

/// The register has them in the order in which they were issued.
Result<WebAnswer> certificates_finish(const WebAsk& ask, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(auto product, product_in(said));
  std::vector<SiteEntry>& entries = product.entries;
  std::erase_if(entries, [&](const SiteEntry& one) {
    return (ask.has(0) && one.tenant != ask.text(0)) || (ask.has(1) && one.terminal != ask.text(1));
  });
  std::ranges::reverse(entries);
  const std::size_t all = entries.size();
  entries.resize(std::min<std::uint64_t>(all, ask.number(2, kUsual)));
  const auto now = std::chrono::floor<model::CivilSeconds>(around.clock.civil_now().time_since_epoch());
  JsonObject out;
  out.raw("certificates", json_each(entries, [&](const SiteEntry& one) { return json_of(one, now); }))
      .number("all", all);
  if (!product.fingerprint.empty()) out.text("authority", product.fingerprint);
  return WebAnswer{.json = out.take()};
}

}  // namespace

Result<WebAnswer> terminals_list(const WebAsk&, const WebAround&) {
  return asks(Msg::terminals, {}, list_finish);
}
Result<WebAnswer> terminals_block(const WebAsk& ask, const WebAround&) { return order_block(ask, Msg::cut); }
Result<WebAnswer> terminals_unblock(const WebAsk& ask, const WebAround&) {
  return order_block(ask, Msg::restore);
}

Result<WebAnswer> terminals_invite(const WebAsk& ask, const WebAround&) {
  SiteOrder order{.verb = SiteOrder::Verb::ticket};
  order.tenant = ask.text(0);
  order.terminal = ask.text(1);
  return order_site(ask, std::move(order), ask.text(2), invite_finish);
}

Result<WebAnswer> terminals_certificates(const WebAsk& ask, const WebAround&) {
  return order_site(ask, {.verb = SiteOrder::Verb::report}, {}, certificates_finish);
}

Result<WebAnswer> terminals_revoke(const WebAsk& ask, const WebAround&) {
  SiteOrder order{.verb = SiteOrder::Verb::revoke, .revocation = model::kCessation};
  order.tenant = ask.text(0);
  order.terminal = ask.text(1);
  order.certificate = to_lower(ask.text(2));
  return order_site(ask, std::move(order), ask.text(3), done);
}

}  // namespace gw::control::web
