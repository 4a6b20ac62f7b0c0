#pragma once

#include <list>
#include <vector>

#include "changes/changes.h"
#include "control/chronicle.h"
#include "control/editor_desk.h"
#include "ipc/messages/control_records.h"

namespace gw::control {

/// Changes of the configuration between those who want them and the supervisor, which carries them out. One
/// thread. Errors: store.failed, message.malformed.
class ChangeOffice {
 public:
  static constexpr std::size_t kMostEditors = 8;

  /// All outlive it.
  ChangeOffice(RecordStore& store, Chronicle& chronicle, const Clock& clock, const ipc::Channel& supervisor);
  ChangeOffice(const ChangeOffice&) = delete;
  ChangeOffice& operator=(const ChangeOffice&) = delete;

  /// A standing or a carried of the supervisor.
  Result<> hear(const ipc::Frame& frame);
  void admit(ipc::Channel editor);
  changes::Changes& changes() { return changes_; }
  void serve();
  Result<> tick();
  std::optional<Instant> due() const { return changes_.due(); }
  /// Whom to listen to.
  std::vector<int> fds() const;

 private:
  changes::Changes::Hand hand();
  Result<> hear_standing(const ipc::Frame& frame);
  Result<> hear_carried(const ipc::Frame& frame);

  const ipc::Channel& supervisor_;
  std::list<EditorDesk> editors_{};
  changes::Changes changes_;
};

}  // namespace gw::control
