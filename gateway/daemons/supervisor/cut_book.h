#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "edition.h"
#include "model/cut.h"

namespace gw::supervisor {

/// What is cut off or blocked, on disk: a cut and its undoing are there before the answer, and outlive a
/// power loss.
class CutBook {
 public:
  /// `folder` is made if it is missing. A book that cannot be read is an error: the box must not start more
  /// open than it was left.
  static Result<CutBook> open(const std::string& folder);

  const std::vector<model::Cut>& cuts() const { return cuts_; }
  /// cut.unknown_name if the configuration in force has nothing of that name.
  Result<> add(const model::Cut& cut, const Edition& in_force);
  /// cut.not_there with the cuts there are.
  Result<> remove(const model::Cut& cut);

 private:
  CutBook(std::string folder, std::vector<model::Cut> cuts)
      : folder_(std::move(folder)), cuts_(std::move(cuts)) {}
  Result<> keep(std::vector<model::Cut> cuts);

  std::string folder_;
  std::vector<model::Cut> cuts_;
};

}  // namespace gw::supervisor
