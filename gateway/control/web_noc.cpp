// The operations centre, as administrators see it (F3): is it told, since when, what waits for it, who stands
// in the way, and what leaves the box at all.

#include "audit/read_line.h"
#include "base/json.h"
#include "control/noc_feed.h"
#include "control/noc_office.h"
#include "control/noc_text.h"
#include "control/web_errands.h"
#include "metrics/family.h"
#include "model/certificate_roll.h"
#include "model/operations_centre.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using model::CertificateRoll;
using model::OperationsCentre;
using Msg = op::Msg;
using Receiver = OperationsCentre::Receiver;

constexpr std::size_t kMostGaps = 20, kMostTurns = 50;

CivilTime time_at(std::chrono::milliseconds since_1970) { return CivilTime(since_1970); }

// ---------------------------------------------------------------- what the supervisor says

/// Nothing: nobody is to be told.
Result<std::optional<model::NocOrder>> order_in(const ipc::Frame& said) {
  if (said.type != ipc::type_number(Msg::noc_standing)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto octets, sys::read_sealed(said.fds.at(0).get(), op::kMostNocOrder));
  if (octets.empty()) return std::optional<model::NocOrder>();
  GW_TRY(auto order, decode<model::NocOrder>(octets));
  return std::optional(std::move(order));
}

const char* state_of(const std::optional<model::NocOrder>& order, const op::NocStanding& standing) {
  if (!order) return "nobody";
  if (standing.ended.count() == 0) return "unknown";
  return standing.trouble.empty() ? "told" : "not_told";
}

std::string json_of(const char* kind, const Receiver& receiver) {
  std::vector<std::string> addresses;
  for (const model::IpAddress& one : receiver.addresses) addresses.push_back(one.to_text());
  return JsonObject()
      .text("kind", kind)
      .text("name", receiver.server_name)
      .number("port", receiver.port)
      .raw("addresses", json_texts(addresses))
      .take();
}

/// Null: it has none yet.
const CertificateRoll::Certificate* shown_to_centre(const CertificateRoll& roll) {
  for (const CertificateRoll::Own& own : roll.own)
    for (const CertificateRoll::Use& use : own.uses)
      if (use.facing == model::Facing::cloud && own.tenant.empty() && use.service == model::kNocOwner &&
          own.certificate)
        return &*own.certificate;
  return nullptr;
}

void add_centre(JsonObject& out, const model::NocOrder& order, const CertificateRoll& roll) {
  const OperationsCentre& centre = order.centre;
  static_assert(static_cast<int>(OperationsCentre::Country::japan) == 0, "there is one country (GOV-09)");
  out.text("operated_by", centre.operated_by).text("country", "JP");
  out.number("every", static_cast<std::uint64_t>(centre.every.count()));
  out.raw("receivers", json_list({json_of("records", centre.records), json_of("figures", centre.figures)}));
  if (const auto* shown = shown_to_centre(roll)) {
    out.text("subject", shown->subject)
        .text("issuer", shown->issuer)
        .text("sha256", to_hex(shown->fingerprint));
    add_time(out, "until", CivilTime(shown->ends));
  }
}

// ---------------------------------------------------------------- what the records say

Result<std::vector<audit::Numbered>> records_of(EventId event, const WebAround& around, std::size_t most) {
  model::RecordQuery query;
  query.event = to_string(event);
  GW_TRY(const auto found, around.store.find(query, UINT64_MAX, most));
  std::vector<audit::Numbered> out;
  for (const RecordStore::Found& one : found)
    if (auto read = audit::read_line(one.line)) out.push_back(*std::move(read));
  return out;
}

/// Since when it has gone as it goes now: the first record of that kind after the last of the other. Nothing:
/// the records do not say so (yet).
Result<CivilTime> since(bool is_told, const WebAround& around) {
  const EventId now = is_told ? EventId::noc_reached : EventId::noc_unreached;
  const EventId other = is_told ? EventId::noc_unreached : EventId::noc_reached;
  GW_TRY(const auto turns, records_of(now, around, kMostTurns));
  GW_TRY(const auto others, records_of(other, around, 1));
  const std::uint64_t last_other = others.empty() ? 0 : others.front().number;
  CivilTime out{};
  for (const audit::Numbered& one : turns)
    if (one.number > last_other) out = one.record.time;
  return out;
}

std::string gap_json(const audit::Numbered& told) {
  JsonObject out;
  add_time(out, "told", told.record.time);
  for (const Event::Entry& entry : told.record.event.entries()) {
    if (entry.field == Field::name) out.text("class", entry.text);
    if (entry.field == Field::detail) out.text("span", entry.text);
    if (entry.field == Field::count || entry.field == Field::first || entry.field == Field::last)
      out.number(key_of(entry.field), entry.number);
  }
  return out.take();
}

// ---------------------------------------------------------------- what waits

std::string json_of(spool::Class of, const spool::Tally& tally, std::uint64_t room) {
  JsonObject out;
  out.text("class", to_string(of)).number("last", tally.last).number("acknowledged", tally.acknowledged);
  add_time(out, "acknowledged_at", time_at(tally.acknowledged_at));
  out.number("waiting", tally.entries).number("octets", tally.octets).number("room", room);
  add_time(out, "oldest", time_at(tally.oldest));
  return out.number("dropped", tally.dropped).number("condensed", tally.condensed).take();
}

std::string classes_json(const std::optional<NocOffice::Tallies>& tallies, const spool::Budgets& rooms) {
  std::vector<std::string> out;
  for (std::size_t i = 0; tallies && i < spool::kClasses; ++i)
    out.push_back(json_of(static_cast<spool::Class>(i), (*tallies)[i], rooms[i]));
  return json_list(out);
}

Result<WebAnswer> show(const WebAround& around, const ipc::Frame& said, const CertificateRoll& roll) {
  GW_TRY(const auto standing, decode<op::NocStanding>(said.body));
  GW_TRY(const auto order, order_in(said));
  GW_TRY(const auto tallies, around.noc.tallies());
  GW_TRY(const auto gaps, records_of(EventId::noc_gap, around, kMostGaps));
  JsonObject out;
  out.text("state", state_of(order, standing)).flag("under_way", standing.under_way);
  out.flag("kept", tallies.has_value());
  if (order) add_centre(out, *order, roll);
  if (standing.ended.count() != 0) {
    add_time(out, "round", time_at(standing.ended));
    GW_TRY(const CivilTime beginning, since(standing.trouble.empty(), around));
    add_time(out, "state_since", beginning);
  }
  add_text(out, "trouble", standing.trouble);
  add_text(out, "detail", standing.detail);
  out.raw("classes", classes_json(tallies, around.noc.budgets()));
  out.raw("gaps", json_each(gaps, [](const audit::Numbered& one) { return gap_json(one); }));
  return WebAnswer{.json = out.take()};
}

Result<WebAnswer> certificates_finish(const WebAsk& ask, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto roll,
         sealed_in<CertificateRoll>(said, Msg::certificate_roll, model::kMostCertificateRoll));
  return show(around, ask.heard.front(), roll);
}

/// Where nobody is to be told no certificate is shown either.
Result<WebAnswer> standing_finish(const WebAsk&, const WebAround& around, const ipc::Frame& said) {
  GW_TRY(const auto order, order_in(said));
  if (!order) return show(around, said, {});
  return asks(Msg::certificates, {}, certificates_finish);
}

// ---------------------------------------------------------------- what leaves the box

std::string json_of(const metrics::Family& family) {
  std::vector<std::string> labels(family.labels.begin(), family.labels.end());
  return JsonObject()
      .text("name", family.name)
      .text("unit", family.unit)
      .raw("labels", json_texts(labels))
      .text("what", family.help)
      .take();
}

std::string json_of(const StateField& field) {
  return JsonObject().text("name", field.name).text("what", field.help).take();
}

std::string record_json(EventId event) {
  JsonObject out;
  out.text("event", to_string(event));
  if (const auto of = told_as(event)) out.text("class", to_string(*of));
  return out.text("what", sentence_of(event)).take();
}

std::string records_json() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_event()); ++i)
    out.push_back(record_json(static_cast<EventId>(i)));
  return json_list(out);
}

std::string fields_json() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_field()); ++i)
    out.emplace_back(key_of(static_cast<Field>(i)));
  return json_texts(out);
}

std::string never_json() {
  return json_list({
#define GW_NOC_NEVER(id, sentence) JsonObject().text("name", id).text("what", sentence).take(),
#include "control/noc_never.def"
#undef GW_NOC_NEVER
  });
}

std::string asked_json() {
  return json_list({
#define GW_NOC_ASKED(kind, sentence) JsonObject().text("name", kind).text("what", sentence).take(),
#include "control/noc_asked.def"
#undef GW_NOC_ASKED
  });
}

}  // namespace

Result<WebAnswer> noc_show(const WebAsk&, const WebAround&) { return asks(Msg::noc, {}, standing_finish); }

Result<WebAnswer> noc_tell(const WebAsk& ask, const WebAround&) {
  return asks(Msg::tell_noc, encode(administrator_of(ask)), done);
}

/// Of the tables by which it is written, so that the two cannot differ.
Result<WebAnswer> noc_contents(const WebAsk&, const WebAround&) {
  return WebAnswer{
      .json =
          JsonObject()
              .raw("records", records_json())
              .raw("fields", fields_json())
              .raw("state", json_each(state_fields(), [](const auto& one) { return json_of(one); }))
              .raw("figures", json_each(metrics::families(), [](const auto& one) { return json_of(one); }))
              .raw("never", never_json())
              .raw("asked", asked_json())
              .take()};
}

}  // namespace gw::control::web
