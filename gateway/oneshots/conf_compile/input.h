#pragma once

#include <span>

#include "config/sources.h"
#include "sys/landlock.h"

namespace gw::oneshots {

/// Where the configuration comes from.
enum class Origin : std::uint8_t {
  files,  ///< as they stand now: the file itself, and the directory in which it names others
  kept,   ///< as an earlier compilation read them
};

/// What is compiled, and what is kept of it while it is compiled.
class Input {
 public:
  explicit Input(Origin origin) : origin_(origin) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// The directory that must stay readable, if there is one.
  std::span<const sys::Grant> readable() const;
  /// The configuration's text. Before that nothing is there to read files from.
  Result<std::string> open();
  /// For the files that the text names. Borrows this.
  config::FileReader reader();
  /// The text and every file that was read.
  const config::Sources& sources() const { return sources_; }

 private:
  Origin origin_;
  config::Sources sources_;
};

}  // namespace gw::oneshots
