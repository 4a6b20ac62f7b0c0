#include "ca/register.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "pki/names_text.h"
#include "pki/times.h"

namespace gw::ca {
namespace {

Error state(const char* why) { return {ErrorCode::register_state, why}; }
Error unknown() { return {ErrorCode::register_terminal_unknown, "the terminal has no certificate"}; }

bool is_current(const Enrolled& entry) {
  return entry.standing == Standing::valid || entry.standing == Standing::blocked;
}
bool in_overlap(const Enrolled& entry, model::CivilSeconds now) {
  return entry.standing == Standing::superseded && now < entry.since;
}

void end_for_good(Enrolled& entry, Reason reason, model::CivilSeconds now) {
  entry.standing = Standing::revoked;
  entry.since = now;
  entry.reason = reason;
}

/// From the certificate alone, so that no two names can be mixed up.
std::optional<TerminalName> name_in(const X509* certificate) {
  constexpr std::string_view kKind = "URI:";
  const std::vector<std::string> names = pki::names_text(certificate);
  if (names.size() != 1 || !names.front().starts_with(kKind)) return std::nullopt;
  return terminal_named(std::string_view(names.front()).substr(kKind.size()));
}

/// What is on a list for an entry, if it stands there now.
std::optional<WasRevoked> no_longer_counts(const Enrolled& entry, model::CivilSeconds now) {
  switch (entry.standing) {
    case Standing::valid:
      return std::nullopt;
    case Standing::superseded:
      return now < entry.since ? std::nullopt : std::optional<WasRevoked>({Reason::superseded, entry.since});
    case Standing::blocked:
      return WasRevoked{Reason::hold, entry.since};
    case Standing::revoked:
      return WasRevoked{entry.reason, entry.since};
  }
  GW_CHECK(false, "every standing has its meaning");
}

}  // namespace

Result<Register> Register::of(std::vector<Enrolled> entries) {
  const auto broken = [](const char* why) { return Error{ErrorCode::register_unreadable, why}; };
  if (entries.size() > kMaxEnrolled) return broken("it has too many certificates");
  std::set<Serial> serials;
  std::set<TerminalName> current;
  std::map<pki::Sha256, TerminalName> owners;
  for (const Enrolled& entry : entries) {
    if (!serials.insert(entry.serial).second) return broken("a serial number stands there twice");
    if (is_current(entry) && !current.insert(entry.name).second)
      return broken("a terminal has two certificates that count");
    if (owners.emplace(entry.key, entry.name).first->second != entry.name)
      return broken("two terminals have the same key");
    if (entry.not_after <= entry.not_before) return broken("a certificate ends before it begins");
    if ((entry.standing != Standing::revoked && entry.reason != Reason::unspecified) ||
        entry.reason == Reason::hold)
      return broken("a reason stands where none belongs");
  }
  Register out;
  out.entries_ = std::move(entries);
  return out;
}

Result<Enrolled> Register::taken_in(const X509* certificate, KeyRule rule, model::CivilSeconds now) const {
  auto name = name_in(certificate);
  if (!name) return Error{ErrorCode::register_name_malformed, "the certificate is not a terminal's"};
  GW_TRY(const Serial serial, Serial::of(certificate));
  Enrolled entry{std::move(*name), serial};
  entry.certificate = pki::fingerprint_of(certificate);
  entry.key = pki::key_fingerprint_of(certificate);
  entry.not_before = pki::seconds_of(X509_get0_notBefore(certificate)).value_or(model::CivilSeconds::max());
  entry.not_after = pki::not_after_of(certificate);
  entry.since = now;
  if (entry.has_ended(now) || now < entry.not_before) return state("the certificate is not valid now");
  if (entries_.size() >= kMaxEnrolled) return Error{ErrorCode::register_full, "the register is full"};
  for (const Enrolled& other : entries_) {
    if (other.serial == entry.serial)
      return Error{ErrorCode::register_serial_reused, "the register has that serial number already"};
    if (other.key == entry.key && (rule == KeyRule::unused || other.name != entry.name))
      return Error{ErrorCode::register_key_reused, "the key has been used before; make a new one (CRT-07)"};
  }
  return entry;
}

Result<> Register::enrol(const X509* certificate, model::CivilSeconds now) {
  GW_TRY(Enrolled entry, taken_in(certificate, KeyRule::unused, now));
  Enrolled* before = current_of(entry.name);
  if (before != nullptr && (before->standing == Standing::blocked || !before->has_ended(now)))
    return Error{ErrorCode::register_enrolled_already,
                 "the terminal has a certificate; renew it, replace it or unblock it"};
  if (before != nullptr) {
    before->standing = Standing::superseded;
    before->since = before->not_after;
  }
  entries_.push_back(std::move(entry));
  return Done{};
}

Result<> Register::renew(const X509* certificate, std::chrono::seconds overlap, model::CivilSeconds now) {
  return succeed(certificate, KeyRule::same, overlap, now);
}
Result<> Register::rekey(const X509* certificate, std::chrono::seconds overlap, model::CivilSeconds now) {
  return succeed(certificate, KeyRule::unused, overlap, now);
}

Result<> Register::succeed(const X509* certificate, KeyRule rule, std::chrono::seconds overlap,
                           model::CivilSeconds now) {
  GW_TRY(Enrolled entry, taken_in(certificate, rule, now));
  Enrolled* before = current_of(entry.name);
  if (before == nullptr) return unknown();
  if (before->standing == Standing::blocked) return state("the terminal is blocked; unblock or replace it");
  if (before->has_ended(now)) return state("the terminal's certificate has ended; enrol it anew");
  if (overlap.count() < 0 || overlap > kLongestOverlap) return state("the overlap is longer than 30 days");
  if (rule == KeyRule::same && before->key != entry.key)
    return Error{ErrorCode::register_key_changed, "the key is a new one; that is no renewal"};
  end_overlaps(entry.name, now);
  before->standing = Standing::superseded;
  before->since = std::min(now + overlap, before->not_after);
  entries_.push_back(std::move(entry));
  return Done{};
}

Result<> Register::succeed_lost(const X509* certificate, model::CivilSeconds now) {
  GW_TRY(Enrolled entry, taken_in(certificate, KeyRule::same, now));
  Enrolled* lost = current_of(entry.name);
  if (lost == nullptr) return unknown();
  if (lost->standing == Standing::blocked) return state("the terminal is blocked; unblock or replace it");
  lost->standing = Standing::superseded;
  lost->since = now;
  entries_.push_back(std::move(entry));
  return Done{};
}

Result<> Register::replace(const X509* certificate, Reason reason, model::CivilSeconds now) {
  if (reason == Reason::hold) return state("to hold is to block, not to revoke");
  GW_TRY(Enrolled entry, taken_in(certificate, KeyRule::unused, now));
  if (current_of(entry.name) == nullptr) return unknown();
  for (Enrolled* one : counting(entry.name, now)) end_for_good(*one, reason, now);
  entries_.push_back(std::move(entry));
  return Done{};
}

Result<> Register::block(const TerminalName& name, model::CivilSeconds now) {
  Enrolled* entry = current_of(name);
  if (entry == nullptr) return unknown();
  if (entry->standing == Standing::blocked) return state("the terminal is blocked already");
  end_overlaps(name, now);
  entry->standing = Standing::blocked;
  entry->since = now;
  return Done{};
}

Result<> Register::unblock(const TerminalName& name, model::CivilSeconds now) {
  Enrolled* entry = current_of(name);
  if (entry == nullptr) return unknown();
  if (entry->standing != Standing::blocked) return state("the terminal is not blocked");
  entry->standing = Standing::valid;
  entry->since = now;
  return Done{};
}

Result<> Register::revoke(const TerminalName& name, Reason reason, model::CivilSeconds now) {
  if (reason == Reason::hold) return state("to hold is to block, not to revoke");
  if (current_of(name) == nullptr) return unknown();
  for (Enrolled* one : counting(name, now)) end_for_good(*one, reason, now);
  return Done{};
}

Result<> Register::revoke(const TerminalName& name, const pki::Sha256& certificate, Reason reason,
                          model::CivilSeconds now) {
  if (reason == Reason::hold) return state("to hold is to block, not to revoke");
  for (Enrolled* one : counting(name, now)) {
    if (one->certificate != certificate) continue;
    end_for_good(*one, reason, now);
    return Done{};
  }
  return Error{ErrorCode::register_terminal_unknown, "the terminal has no such certificate that counts"};
}

const Enrolled* Register::current(const TerminalName& name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Enrolled& entry) {
    return is_current(entry) && entry.name == name;
  });
  return found == entries_.end() ? nullptr : &*found;
}
Enrolled* Register::current_of(const TerminalName& name) { return const_cast<Enrolled*>(current(name)); }

void Register::end_overlaps(const TerminalName& name, model::CivilSeconds now) {
  for (Enrolled& entry : entries_)
    if (entry.name == name && in_overlap(entry, now)) entry.since = now;
}

/// The one that the terminal has, and the one in its overlap.
std::vector<Enrolled*> Register::counting(const TerminalName& name, model::CivilSeconds now) {
  std::vector<Enrolled*> out;
  for (Enrolled& entry : entries_)
    if (entry.name == name && (is_current(entry) || in_overlap(entry, now))) out.push_back(&entry);
  return out;
}

std::vector<ListEntry> Register::on_list(model::CivilSeconds now) const {
  std::vector<ListEntry> out;
  for (const Enrolled& entry : entries_)
    if (const auto why = no_longer_counts(entry, now); why && now < entry.not_after + kListedAfterEnd)
      out.push_back({entry.serial, why->when, why->reason});
  return out;
}

Status Register::status_of(const Serial& serial, model::CivilSeconds now) const {
  for (const Enrolled& entry : entries_) {
    if (entry.serial != serial) continue;
    if (const auto why = no_longer_counts(entry, now)) return *why;
    return StandsGood{};
  }
  return NotIssued{};
}

void Register::forget_ended(model::CivilSeconds now) {
  std::erase_if(entries_,
                [&](const Enrolled& entry) { return now >= entry.not_after + kRememberedAfterEnd; });
}

}  // namespace gw::ca
