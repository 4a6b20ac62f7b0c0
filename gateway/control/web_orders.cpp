// What the operations centre orders (control/order_office.h), as administrators see it.

#include "base/text.h"
#include "control/order_office.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

using orders::Entry;

/// The members that its kind alone has.
struct Wanted {
  JsonObject& out;

  void operator()(const orders::Proposal&) const {}
  void operator()(const orders::Revocation& wanted) const {
    out.text("what",
             model::Cut{model::Cut::What::certificates, wanted.tenant, wanted.terminal, wanted.certificate}
                 .to_text());
  }
  void operator()(const orders::BundleRequest& wanted) const {
    out.raw("scopes", json_texts(wanted.scopes)).number("hours", wanted.hours);
  }
  void operator()(const orders::UpdateOffer& wanted) const {
    out.text("version", wanted.version).text("image", wanted.sha256);
  }
  void operator()(const orders::Withdrawal& wanted) const { out.text("what", wanted.order); }
};

std::string json_of(const Entry& entry) {
  JsonObject out;
  out.text("order", entry.order.id)
      .text("kind", to_string(entry.order.kind()))
      .text("state", to_string(entry.state));
  std::visit(Wanted{out}, entry.order.wanted);
  out.text("reason", entry.order.reason);
  add_time(out, "issued", CivilTime(entry.order.issued));
  add_time(out, "expires", CivilTime(entry.order.expires));
  add_time(out, "taken", entry.taken);
  out.text("sha256", to_hex(entry.digest));
  if (entry.change != 0) out.number("change", entry.change);
  if (entry.bundle != 0) out.number("bundle", entry.bundle);
  add_text(out, "by", entry.by);
  add_time(out, "ended", entry.ended);
  add_text(out, "outcome", entry.outcome);
  return out.take();
}

}  // namespace

Result<WebAnswer> noc_orders(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto entries, around.orders.newest());
  JsonObject out;
  out.flag("accepts", around.orders.takes_orders());
  if (const auto signer = around.orders.signer()) out.text("signer", to_hex(*signer));
  out.raw("orders", json_each(entries, [](const Entry& one) { return json_of(one); }));
  return WebAnswer{.json = out.take()};
}

Result<WebAnswer> noc_decline(const WebAsk& ask, const WebAround& around) {
  return nothing(around.orders.decline(ask.actor, ask.text(0), ask.text(1)));
}

}  // namespace gw::control::web
