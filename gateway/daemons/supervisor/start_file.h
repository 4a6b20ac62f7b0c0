#pragma once

#include <string>

#include "edition.h"

namespace gw::supervisor {

/// What the box starts with: the configuration that was confirmed last, whole, with the keys of its files, in
/// the state folder (`start`, 0600, put there durably). Nothing else decides what it starts with, so that
/// there is a configuration that works whatever else of the box is gone.
class StartFile {
 public:
  explicit StartFile(std::string folder) : folder_(std::move(folder)) {}

  /// An edition of which nothing is there but its change and what it can be compiled from once more; null if
  /// there is no file. start.unreadable.
  Result<EditionPtr> read() const;
  /// start.unwritable.
  Result<> write(const Edition& edition, model::ChangeNumber change) const;

 private:
  std::string folder_;
};

}  // namespace gw::supervisor
