#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "control/chronicle.h"
#include "control/errand.h"
#include "control/record_store.h"
#include "control/terminal_ends.h"
#include "model/certificate_roll.h"
#include "pki/life.h"

namespace gw::control {

/// Tells in time that a certificate ends which people have to see to (CRT-05): those of the box that it does
/// not renew by itself, the authorities that it believes, and those that terminals come with. Each is told
/// once at each step, also by a controld that was started again: what was told is read off the records. While
/// the clock cannot be right nothing is told. One thread.
class CertificateWatch {
 public:
  static constexpr std::chrono::minutes kLookEvery{60};
  /// After a start, and after a question without an answer.
  static constexpr std::chrono::minutes kFirstLook{1};
  /// Of a terminal's only the end is known: people are told from here on. One that renews itself has its next
  /// one by then.
  static constexpr long kTerminalsFrom = 30;  // days
  /// Of a tenant in one look; the others come in the next one, and no tenant waits for another.
  static constexpr std::size_t kMostAtOnce = 50;

  /// All outlive it.
  CertificateWatch(RecordStore& store, Chronicle& records, const Clock& clock)
      : store_(store), records_(records), clock_(clock), due_(clock.now() + kFirstLook) {
    recall();
  }
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;

  /// One that was just written down.
  void heed(const model::Record& record) { terminals_.heed(record); }
  Instant due() const { return due_; }
  /// What is due.
  void tick(ErrandLine& errands, bool is_clock_right);
  /// What came of an errand, if it was one of its own.
  void told(const ErrandLine::Answer& answer);

  const TerminalEnds& terminals() const { return terminals_; }

 private:
  /// One that somebody has to see to.
  struct Watched {
    std::string tenant{}, terminal{}, name{};
    std::string fingerprint{};  ///< hexadecimal
    pki::Life life{};           ///< of a terminal's, from 1970 on: the days alone decide
    std::optional<pki::Alarm> alarm_at(model::CivilSeconds now) const;
  };
  void recall();
  std::vector<Watched> watched(const model::CertificateRoll& roll) const;
  void tell(const std::vector<Watched>& all, model::CivilSeconds now);
  bool is_news(const Watched& one, long step) const;
  void forget(const std::vector<Watched>& all, model::CivilSeconds now);

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  Instant due_;
  std::uint64_t errand_ = 0;  // zero: none is under way
  TerminalEnds terminals_{};
  std::map<std::string, model::CivilSeconds> told_{};  // by fingerprint, when last
};

}  // namespace gw::control
