#include "certificate_book.h"

#include <algorithm>
#include <set>

#include "base/codec.h"
#include "sys/durable_file.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using model::CertificateRoll;
constexpr std::chrono::minutes kRetry{1};

bool ends_first(const CertificateRoll::Certificate& one, const CertificateRoll::Certificate& other) {
  return one.ends < other.ends;
}

}  // namespace

void CertificateBook::tick(Instant now, const EditionPtr& in_force, bool is_clock_right) {
  if (!in_force || now < due_ || taken_ == in_force->generation) return;
  if (!is_open_)
    if (const Result<> opened = open(); !opened) tell(opened.error());
  const Result<> taken = take(*in_force, is_clock_right);
  if (taken)
    taken_ = in_force->generation;
  else
    due_ = now + kRetry;
  if (!taken && is_kept_) tell(taken.error());  // once, however long it lasts
  is_kept_ = static_cast<bool>(taken);
}

/// What cannot be read is begun anew, and says of itself that it is not whole.
Result<> CertificateBook::open() {
  is_open_ = true;
  held_.is_whole = false;
  const std::string path = folder_ + "/" + model::kHeldFile;
  GW_TRY(const auto octets, sys::read_kept(path, model::kMostHeldOctets));
  auto kept = octets.empty() ? Result<model::HeldCertificates>(model::HeldCertificates{})
                             : decode<model::HeldCertificates>(octets);
  if (!kept) return Error{ErrorCode::store_damaged, path};
  held_ = *std::move(kept);
  return Done{};
}

Result<> CertificateBook::take(const Edition& edition, bool is_clock_right) {
  GW_TRY(const auto octets, sys::read_sealed(edition.certificates.get(), model::kMostCertificateRoll));
  GW_TRY(const CertificateRoll roll, decode<CertificateRoll>(octets));
  const bool is_more = merge(roll);
  const bool is_less = is_clock_right && let_ended_go();
  if (!is_more && !is_less && is_kept_) return Done{};
  return sys::write_durably(folder_, model::kHeldFile, encode(held_));
}

bool CertificateBook::let_ended_go() {
  const auto now = std::chrono::floor<model::CivilSeconds>(clock_.civil_now().time_since_epoch());
  return std::erase_if(held_.all, [&](const auto& one) { return one.ends < now; }) != 0;
}

/// Where there is no room, the one goes that ends first.
bool CertificateBook::merge(const CertificateRoll& roll) {
  std::set<model::Pin> known;
  for (const CertificateRoll::Certificate& one : held_.all) known.insert(one.fingerprint);
  bool is_more = false;
  for (const CertificateRoll::Own& own : roll.own) {
    if (!own.certificate || !known.insert(own.certificate->fingerprint).second) continue;
    if (held_.all.size() == model::kMostHeld) {
      held_.all.erase(std::ranges::min_element(held_.all, ends_first));
      held_.is_whole = false;
    }
    held_.all.push_back(*own.certificate);
    is_more = true;
  }
  return is_more;
}

void CertificateBook::tell(const Error& why) {
  journal_.write(Event(EventId::certificates_unlisted).add(Field::detail, why.to_text()));
}

}  // namespace gw::supervisor
