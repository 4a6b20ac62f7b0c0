#pragma once

#include <string>
#include <string_view>

#include "audit/verification.h"
#include "base/result.h"

namespace gw::audit {

/// An export of records (audit/chain_text.h) as it comes, in pieces of any size: hands its lines to a
/// verification, and keeps no more than the line that is not whole yet. Foreign octets: a line longer than
/// any of ours counts as none of ours, however it begins and ends.
class ExportReader {
 public:
  /// The verification outlives it.
  explicit ExportReader(Verification& verification) : verification_(verification) {}

  static constexpr std::size_t kMostLine = 64 * 1024;

  void take(std::string_view piece);
  /// The last line need not end in a newline.
  void finish();

 private:
  void end_line();

  Verification& verification_;
  std::string line_{};
  bool is_too_long_ = false;
};

/// Reads a file, a pipe or whatever the descriptor is from where it stands to its end, once.
/// system.call_failed.
Result<Verdict> verify_export(int fd, Verification verification);

}  // namespace gw::audit
