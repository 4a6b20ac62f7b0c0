#pragma once

#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "base/secret.h"

namespace gw::cli {

/// Who is signed in from one command line to the next: the session's token, and what goes along with it
/// against forgery. In a file of 0600 in a folder of 0700, both the caller's own, in $XDG_RUNTIME_DIR or else
/// /run, which a restart empties; links are not followed. People who became root by sudo have each their own,
/// and each box, that is its control socket, has one.
class SessionFile {
 public:
  struct Kept {
    Secret token{}, csrf{};
  };
  /// Makes the folder if it is missing. file.unreadable if it is somebody else's, or open to others.
  static Result<SessionFile> open(const std::string& socket_path);

  /// Nothing if nobody is signed in, or the file is not what this program writes.
  std::optional<Kept> read() const;
  Result<> write(const Kept& kept) const;
  void remove() const;

 private:
  SessionFile(UniqueFd folder, std::string name) : folder_(std::move(folder)), name_(std::move(name)) {}

  UniqueFd folder_;
  std::string name_;
};

}  // namespace gw::cli
