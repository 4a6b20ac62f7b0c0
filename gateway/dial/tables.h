#pragma once

#include <memory>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"
#include "model/snapshot.h"

namespace gw::dial {

using TablePtr = std::shared_ptr<const model::DialTable>;

/// From the sealed bytes the supervisor hands over: message.malformed if an id is not its position or a
/// service has neither a fixed address nor a name to resolve, or a responder's request could not be written.
Result<TablePtr> decode_table(Bytes sealed);
/// The responder of this service; nullptr if it has none.
const model::DialResponder* responder_of(const model::DialTable& table, model::ServiceId service);

/// The generations a dialer serves: the one in force, the one before it, since sessions straddle a
/// publication, and the next from its staging on, since proxyd may hear "commit" before us.
class Tables {
 public:
  void stage(TablePtr table) { staged_ = std::move(table); }
  void abandon() { staged_.reset(); }
  /// The staged table comes into force; false if this generation is not the one staged.
  bool commit(model::Generation generation);

  const TablePtr& staged() const { return staged_; }
  const TablePtr& active() const { return active_; }
  /// Null if that generation is not served.
  TablePtr find(model::Generation generation) const;

 private:
  TablePtr staged_;
  TablePtr active_;
  TablePtr previous_;
};

}  // namespace gw::dial
