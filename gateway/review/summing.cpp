#include <algorithm>
#include <array>

#include "model/record_class.h"
#include "review/summary.h"

namespace gw::review {
namespace {

/// Warnings that count as anomalies besides every error.
constexpr std::array kMarked = {EventId::records_unsigned,   EventId::records_space_low,
                                EventId::second_path_seen,   EventId::account_forbidden,
                                EventId::account_reset,      EventId::maintenance_off_plan,
                                EventId::maintenance_denied, EventId::clock_trusted};

std::string_view text_in(const Event& event, Field field) {
  for (const auto& entry : event.entries())
    if (entry.field == field) return entry.text;
  return {};
}

std::uint64_t number_in(const Event& event, Field field, std::uint64_t otherwise = 0) {
  for (const auto& entry : event.entries())
    if (entry.field == field) return entry.number;
  return otherwise;
}

std::string joined(std::initializer_list<std::string_view> words, std::string_view between) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += between;
    out += word.empty() ? "-" : word;
  }
  return out;
}

/// What a record says of itself, the most telling fields first.
std::string about(const audit::Record& record) {
  std::string out = record.tenant;
  for (const Field field :
       {Field::object, Field::terminal, Field::name, Field::reason, Field::finding, Field::detail}) {
    const std::string_view text = text_in(record.event, field);
    if (text.empty()) continue;
    if (!out.empty()) out += " ";
    out += text;
  }
  return out;
}

Counted counted(const TopList& list, std::uint64_t all) { return {list.rows(kMostRows), all, list.is_cut()}; }

}  // namespace

bool is_anomaly(EventId event) {
  return level_of(event) == Level::error || std::ranges::find(kMarked, event) != kMarked.end();
}

Summing::Summing(std::chrono::year_month month) { summary_.month = month; }

void Summing::take(std::uint64_t number, const audit::Record& record, const audit::Link& link) {
  if (month_of(record.time) != summary_.month) return;
  if (summary_.first == 0) summary_.first = number;
  summary_.last = number;
  summary_.link = link;
  summary_.records += 1;
  if (record.clock == audit::ClockState::behind) summary_.behind += 1;
  count(record);
  const EventId event = record.event.id();
  if (!is_anomaly(event)) return;
  anomalies_ += 1;
  anomaly_kinds_.add(to_string(event));
  if (summary_.anomalies.size() < kMostAnomalies)
    summary_.anomalies.push_back({number, record.time, event, about(record)});
}

void Summing::count(const audit::Record& record) {
  const Event& event = record.event;
  const auto text = [&](Field field) { return text_in(event, field); };
  switch (event.id()) {
    case EventId::session_opened:
      summary_.opened += 1;
      sessions_.add(joined({record.tenant, text(Field::service), text(Field::terminal)}, "/"));
      count_tls("terminal", text(Field::down_tls));
      count_tls("cloud", text(Field::up_tls));
      return;
    case EventId::session_closed:
      summary_.bytes_up += number_in(event, Field::bytes_up);
      summary_.bytes_down += number_in(event, Field::bytes_down);
      return;
    case EventId::session_refused:
    case EventId::refusals_folded: {
      const std::uint64_t many = number_in(event, Field::count, 1);
      refused_ += many;
      refusals_.add(joined({record.tenant, text(Field::reason)}, " "), many);
      return;
    }
    case EventId::account_refused:
    case EventId::account_locked:
      failed_ += 1;
      sign_in_failures_.add(joined({to_string(event.id()), text(Field::reason), text(Field::source)}, " "));
      return;
    default:
      break;
  }
  if (model::class_of(event.id()) != model::RecordClass::administration) return;
  administered_ += 1;
  administration_.add(joined({to_string(event.id()), text(Field::administrator)}, " "));
}

/// Where the box speaks no TLS there is nothing to count.
void Summing::count_tls(std::string_view side, std::string_view agreed) {
  if (agreed.empty()) return;
  agreed_ += 1;
  if (!agreed.starts_with("TLSv1.3")) summary_.before_13 += 1;
  tls_.add(joined({side, agreed}, " "));
}

Summary Summing::finish(std::vector<std::string> unused_rules) const {
  Summary out = summary_;
  out.sessions = counted(sessions_, summary_.opened);
  out.tls = counted(tls_, agreed_);
  out.refusals = counted(refusals_, refused_);
  out.administration = counted(administration_, administered_);
  out.sign_in_failures = counted(sign_in_failures_, failed_);
  out.anomaly_kinds = counted(anomaly_kinds_, anomalies_);
  out.unused_rules = std::move(unused_rules);
  return out;
}

}  // namespace gw::review
