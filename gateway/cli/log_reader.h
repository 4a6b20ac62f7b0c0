#pragma once

#include <functional>
#include <string>

#include "cli/visit.h"
#include "ipc/messages/records.h"

namespace gw::cli {

/// Reads the box's records, by the supervisor's leave, from controld itself.
class LogReader {
 public:
  /// channel.closed when no supervisor is there, records.unavailable when there is no controld.
  static Result<LogReader> open(const std::string& socket_path);

  struct Found {
    std::string text{};  ///< a line each, the newest first
    std::uint32_t count = 0;
    std::uint64_t oldest = 0;
  };
  Result<Found> find(const ipc::records::Find& wanted);
  /// The whole chain from a record on, with its head, piece by piece. Ends at the first error, `take`'s too.
  Result<> chain(std::uint64_t from, const std::function<Result<>(std::string_view text)>& take);
  /// The receipt of what was taken along. It is a record of the box once this returns well.
  Result<> exported(const ipc::records::Exported& receipt);
  Result<ipc::records::Keeping> keeping();
  Result<> keep(const ipc::records::KeepFor& wanted);

 private:
  explicit LogReader(Visit visit) : visit_(std::move(visit)) {}
  template <class Body>
  Result<> noted(ipc::records::Msg type, const Body& body);

  Visit visit_;
};

}  // namespace gw::cli
