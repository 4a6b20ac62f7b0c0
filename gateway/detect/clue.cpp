#include "detect/clue.h"

#include <algorithm>

namespace gw::detect {
namespace {

/// Ends of a handshake that whoever guesses brings about. Not those of a certificate that was good once, of a
/// line or a terminal that is slow, or of the box itself.
constexpr std::string_view kGuesses[] = {
    "client_hello_malformed",
    "tls_version",
    "tls_parameters",
    "tls_failed_downstream",
    "tls_early_data",
    "tls_violation_downstream",
    "certificate_missing",
    "certificate_untrusted",
    "certificate_wrong_usage",
    "certificate_weak",
    "certificate_chain_too_long",
    "certificate_name_constraint",
    "certificate_no_identity",
    "certificate_malformed",
    "certificate_not_owned",
    "policy_unknown_terminal",
};

/// Rules of the kernel that refuse what a process of the box sends (net/ruleset.cpp).
constexpr std::string_view kOutward[] = {"outgoing", "forbidden", "no_dialer", "not_permitted"};

bool is_among(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

const Event::Entry* find(const Event& event, Field field) {
  const auto found = std::ranges::find(event.entries(), field, &Event::Entry::field);
  return found == event.entries().end() ? nullptr : &*found;
}

std::string endpoint_in(const Event& event) {
  const std::uint64_t port = number_in(event, Field::destination_port, 0);
  return std::string(text_in(event, Field::destination)) + (port == 0 ? "" : " port " + std::to_string(port));
}

Clue about(const model::Record& record, Kind kind) {
  Clue clue{.kind = kind, .tenant = tenant_of(record)};
  if (rule(kind).subject == Subject::source) clue.subject = text_in(record.event, Field::source);
  if (rule(kind).subject == Subject::terminal) clue.subject = text_in(record.event, Field::terminal);
  return clue;
}

std::optional<Clue> guess(const model::Record& record) {
  const std::string_view reason = text_in(record.event, Field::reason);
  if (!is_among(kGuesses, reason)) return std::nullopt;
  Clue clue = about(record, Kind::handshake_guess);
  clue.detail = "last " + std::string(reason) + " at " + std::string(text_in(record.event, Field::listener));
  return clue;
}

/// Of a process of the box: what the kernel answers by itself has no account.
bool is_outward(const Event& event) {
  return is_among(kOutward, text_in(event, Field::reason)) && find(event, Field::account) != nullptr;
}

std::optional<Clue> outward(const model::Record& record, std::uint64_t count) {
  Clue clue = about(record, Kind::egress_packet);
  clue.detail = "last to " + endpoint_in(record.event);
  clue.count = count;
  return clue;
}

std::optional<Clue> refused(const model::Record& record) {
  if (!is_outward(record.event)) return std::nullopt;
  return outward(record, number_in(record.event, Field::count, 1));
}

/// One by a process of the box is a way out that was tried, and told by itself.
std::optional<Clue> scan(const model::Record& record, Kind kind) {
  if (is_outward(record.event)) return outward(record, rule(Kind::egress_packet).least);
  Clue clue = about(record, kind);
  clue.detail = "last " + endpoint_in(record.event);
  return clue;
}

std::optional<Clue> lured(const model::Record& record) {
  Clue clue = about(record, Kind::egress_name);
  clue.detail = std::string(text_in(record.event, Field::service)) + " at " +
                std::string(text_in(record.event, Field::remote));
  return clue;
}

}  // namespace

std::string_view text_in(const Event& event, Field field) {
  const Event::Entry* const entry = find(event, field);
  return entry == nullptr ? std::string_view() : std::string_view(entry->text);
}

std::uint64_t number_in(const Event& event, Field field, std::uint64_t otherwise) {
  const Event::Entry* const entry = find(event, field);
  return entry == nullptr ? otherwise : entry->number;
}

std::string tenant_of(const model::Record& record) {
  return record.tenant.empty() ? std::string(text_in(record.event, Field::tenant)) : record.tenant;
}

std::optional<Clue> clue_in(const model::Record& record) {
  switch (record.event.id()) {
    case EventId::scan_of_ports:
      return scan(record, Kind::port_scan);
    case EventId::scan_of_addresses:
      return scan(record, Kind::address_scan);
    case EventId::session_refused:
      return guess(record);
    case EventId::packet_refused:
    case EventId::packets_folded:
      return refused(record);
    case EventId::address_refused:
      return lured(record);
    default:
      return std::nullopt;
  }
}

}  // namespace gw::detect
