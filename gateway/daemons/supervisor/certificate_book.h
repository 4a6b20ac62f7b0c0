#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "edition.h"
#include "journal.h"
#include "model/held_certificates.h"

namespace gw::supervisor {

/// Which certificates the box has had, for the day on which it forgets everything (DSP-01): on the disk
/// (`certificates` in the state folder) from when a configuration is in force that shows them until they have
/// ended, whatever is configured meanwhile. Whoever renews or replaces one still has the other one revoked.
/// controld has no hand in it. One thread.
class CertificateBook {
 public:
  CertificateBook(Journal& journal, const Clock& clock, std::string folder)
      : journal_(journal), clock_(clock), folder_(std::move(folder)) {}

  /// `in_force`: may be null. While the clock cannot be right nothing has ended. What cannot be kept or read
  /// is told (`certificate.unlisted`), and tried again.
  void tick(Instant now, const EditionPtr& in_force, bool is_clock_right);

 private:
  Result<> take(const Edition& edition, bool is_clock_right);
  Result<> open();
  bool merge(const model::CertificateRoll& roll);
  bool let_ended_go();
  void tell(const Error& why);

  Journal& journal_;
  const Clock& clock_;
  std::string folder_;
  model::HeldCertificates held_{};
  std::optional<model::Generation> taken_{};
  Instant due_{};
  bool is_open_ = false, is_kept_ = true;
};

}  // namespace gw::supervisor
