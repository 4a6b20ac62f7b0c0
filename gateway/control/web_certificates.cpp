// The certificates of the box, those it believes, and what it was told of revocation (CRT-01, CRT-05,
// SRV-03).

#include <algorithm>

#include "base/json.h"
#include "control/web_site.h"
#include "keys/pem_block.h"
#include "model/certificate_roll.h"
#include "pki/rollover.h"

namespace gw::control::web {
namespace {

using model::CertificateRoll;
using model::CertificateState;
using model::CivilSeconds;
using Renewal = CertificateRoll::Renewal;
using Msg = ipc::op::Msg;

std::string time_of(CivilSeconds since) { return time_text(CivilTime(since)); }
CivilSeconds now_of(const WebAround& around) {
  return std::chrono::floor<CivilSeconds>(around.clock.civil_now().time_since_epoch());
}
pki::Life life_of(const CertificateRoll::Certificate& one) { return {one.begins, one.ends}; }

/// A stable id of how much time is left. People need as many days for a certificate that lives short; what
/// the box asks for itself is late only when it should have come.
const char* state_of(const pki::Life& life, CivilSeconds now, Renewal renewal = Renewal::file) {
  if (life.has_ended(now)) return "ended";
  if (!life.has_begun(now)) return "not_yet";
  const bool ends_soon =
      renewal == Renewal::est ? pki::alarm_of(life, now).has_value() : life.step(now).has_value();
  return ends_soon ? "soon" : "valid";
}

void add_days(JsonObject& out, const pki::Life& life, CivilSeconds now) {
  out.number("days_left", static_cast<std::uint64_t>(life.days_left(now)));
}

// ---------------------------------------------------------------- the box's own

std::string json_of(const CertificateRoll::Use& use) {
  return JsonObject().text("facing", to_string(use.facing)).text("service", use.service).take();
}

const char* to_string(Renewal renewal) {
  constexpr const char* kWords[] = {"est", "request", "file"};
  return kWords[static_cast<std::size_t>(renewal)];
}

void add_certificate(JsonObject& out, const CertificateRoll::Certificate& one, CivilSeconds now) {
  out.text("subject", one.subject)
      .text("issuer", one.issuer)
      .text("serial", one.serial)
      .text("sha256", to_hex(one.fingerprint))
      .text("key", one.key)
      .text("from", time_of(one.begins))
      .text("until", time_of(one.ends));
  add_days(out, life_of(one), now);
}

void add_keeping(JsonObject& out, const CertificateRoll::Own& own, const CertificateState& state) {
  using Place = model::Wiring::Place;
  const Place place = own.renewal == Renewal::file ? Place::configuration : Place::identities;
  for (const CertificateState::Key& key : state.keys)
    if (key.place == place && key.file == own.key_file)
      return static_cast<void>(out.text("key_kept", model::to_string(key.keeping)));
}

void add_attempt(JsonObject& out, const CertificateRoll::Own& own, const CertificateState& state) {
  for (const CertificateState::Attempt& one : state.attempts) {
    if (one.tenant != own.tenant || one.identity != own.name) continue;
    out.text("attempted", time_text(CivilTime(one.at)));
    if (!one.code.empty()) out.text("attempt_code", one.code).text("attempt_detail", one.detail);
  }
}

std::string json_of(const CertificateRoll::Own& own, const CertificateState& state, CivilSeconds now) {
  const auto to_json = [](const CertificateRoll::Use& use) { return json_of(use); };
  JsonObject out;
  out.text("tenant", own.tenant)
      .text("name", own.name)
      .raw("uses", json_each(own.uses, to_json))
      .text("renewal", to_string(own.renewal))
      .text("state", own.certificate ? state_of(life_of(*own.certificate), now, own.renewal) : "missing");
  if (own.certificate) add_certificate(out, *own.certificate, now);
  add_keeping(out, own, state);
  if (!own.server_name.empty()) out.text("server_name", own.server_name);
  if (own.renew_at.count() != 0) out.text("renew_at", time_of(own.renew_at));
  if (own.renewal != Renewal::file) add_attempt(out, own, state);
  return out.take();
}

// ---------------------------------------------------------------- whom it believes

pki::Authority authority_of(const CertificateRoll::TrustSet& set, std::size_t number) {
  const CertificateRoll::Anchor& one = set.anchors[number];
  return pki::authority_of(number, life_of(one.certificate), one.from, one.until);
}

std::string json_of(const CertificateRoll::Anchor& one, const pki::Life& counts, CivilSeconds now) {
  JsonObject out;
  out.text("subject", one.certificate.subject)
      .text("sha256", to_hex(one.certificate.fingerprint))
      .text("file", one.file)
      .text("state", state_of(counts, now))
      .text("from", time_of(one.certificate.begins))
      .text("until", time_of(one.certificate.ends));
  add_days(out, counts, now);
  if (one.from.count() != 0) out.text("trusted_from", time_of(one.from));
  if (one.until.count() != 0) out.text("trusted_until", time_of(one.until));
  return out.take();
}

std::string json_of(const pki::RolloverStep& step) {
  constexpr const char* kSteps[] = {"add", "change", "remove"};
  constexpr const char* kStates[] = {"later", "now", "late", "done"};
  JsonObject out;
  out.text("step", kSteps[static_cast<std::size_t>(step.what)])
      .text("state", kStates[static_cast<std::size_t>(step.state)])
      .text("from", time_of(step.from));
  if (step.until.count() != 0) out.text("until", time_of(step.until));
  return out.take();
}

std::string json_of(const pki::RolloverPlan& plan, const CertificateRoll::TrustSet& set) {
  JsonObject out;
  out.text("old", to_hex(set.anchors[plan.old].certificate.fingerprint));
  if (plan.next) out.text("next", to_hex(set.anchors[*plan.next].certificate.fingerprint));
  return out.flag("gap", plan.has_gap)
      .raw("steps", json_each(plan.steps, [](const pki::RolloverStep& step) { return json_of(step); }))
      .take();
}

std::string json_of(const CertificateRoll::TrustSet& set, CivilSeconds now) {
  std::vector<pki::Authority> authorities;
  std::vector<std::string> anchors;
  for (std::size_t number = 0; number < set.anchors.size(); ++number) {
    authorities.push_back(authority_of(set, number));
    anchors.push_back(json_of(set.anchors[number], authorities.back().counts, now));
  }
  const auto to_json = [&](const pki::RolloverPlan& plan) { return json_of(plan, set); };
  return JsonObject()
      .text("tenant", set.tenant)
      .text("facing", to_string(set.checked.facing))
      .text("service", set.checked.service)
      .raw("anchors", json_list(anchors))
      .raw("plans", json_each(pki::rollovers_of(authorities, now), to_json))
      .take();
}

// ---------------------------------------------------------------- revocation

std::string json_of(const CertificateRoll::List& list, CivilSeconds now) {
  const char* state = now < list.issued ? "not_yet" : now >= list.stale_at ? "stale" : "fresh";
  return JsonObject()
      .text("tenant", list.tenant)
      .text("facing", to_string(list.checked.facing))
      .text("service", list.checked.service)
      .text("issuer", list.issuer)
      .text("file", list.file)
      .text("issued", time_of(list.issued))
      .text("until", time_of(list.stale_at))
      .text("state", state)
      .take();
}

// ---------------------------------------------------------------- answers

Result<WebAnswer> list_finish(const WebAsk&, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto roll,
         sealed_in<CertificateRoll>(said, Msg::certificate_roll, model::kMostCertificateRoll));
  GW_TRY(const auto state,
         sealed_in<CertificateState>(said, Msg::certificate_roll, model::kMostCertificateRoll, 1));
  const CivilSeconds now = now_of(around);
  JsonObject out;
  out.raw("own", json_each(roll.own, [&](const auto& one) { return json_of(one, state, now); }))
      .raw("trust", json_each(roll.trust, [&](const auto& one) { return json_of(one, now); }))
      .raw("lists", json_each(roll.lists, [&](const auto& one) { return json_of(one, now); }));
  if (const std::string key = fingerprint_in(state.evidence_key); !key.empty()) out.text("evidence_key", key);
  return WebAnswer{.json = out.take()};
}

/// A word for one that has no certificate yet; the registrar calls one that waits for its root's answer so.
const char* absence_of(const model::SiteProduct& product) {
  return product.authority.empty() ? "none" : "requested";
}

Result<WebAnswer> authority_finish(const WebAsk&, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto product, product_in(said));
  const CivilSeconds now = now_of(around);
  const auto valid = std::ranges::count(product.entries, "valid", &model::SiteEntry::standing);
  JsonObject out;
  // When it was issued nobody keeps: that it ends soon is a matter of days alone.
  const pki::Life life{{}, product.not_after};
  const bool is_there = !product.fingerprint.empty();
  const bool ends_soon = life.days_left(now) <= pki::kOverlap.count();
  out.text("state", !is_there             ? absence_of(product)
                    : life.has_ended(now) ? "ended"
                    : ends_soon           ? "soon"
                                          : "valid");
  if (is_there) {
    out.text("subject", product.authority)
        .text("sha256", product.fingerprint)
        .text("until", time_of(product.not_after))
        .text("key_kept", model::to_string(product.keeping));
    add_days(out, life, now);
  }
  out.number("list_number", product.list_number).number("valid", static_cast<std::uint64_t>(valid));
  return WebAnswer{.json = out.take()};
}

}  // namespace

std::string fingerprint_in(const std::string& pem) {
  const auto block = keys::find_pem(Secret(pem), {"PUBLIC KEY"});
  return block ? to_hex(pki::sha256_of(block->bytes())) : std::string();
}

Result<WebAnswer> certificates_list(const WebAsk&, const WebAround&) {
  return asks(Msg::certificates, {}, list_finish);
}
Result<WebAnswer> certificates_authority(const WebAsk& ask, const WebAround&) {
  return order_site(ask, {.verb = model::SiteOrder::Verb::report}, {}, authority_finish);
}

}  // namespace gw::control::web
