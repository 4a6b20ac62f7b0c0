#pragma once

#include <sys/types.h>

#include <string>

#include "base/fd.h"
#include "component/keys/folder.h"

namespace gw::keys {

/// A TPM 2.0 in software (swtpm), in a process and a folder of its own. It serves one connection after the
/// other; what is persistent in it outlives its process.
class SoftTpm {
 public:
  SoftTpm();
  SoftTpm(const SoftTpm&) = delete;
  SoftTpm& operator=(const SoftTpm&) = delete;
  ~SoftTpm();

  /// A connection, once swtpm answers.
  UniqueFd connect() const;
  /// For programs that use the TSS library's own transport.
  std::string tcti() const { return "swtpm:path=" + socket_path(); }

  void stop() const;
  void go_on() const;
  /// As at power-on, while the connection stays.
  void reset() const;
  void kill();
  void start_again();

 private:
  std::string socket_path() const { return folder_.path("tpm"); }

  Folder folder_;
  pid_t process_ = -1;
};

}  // namespace gw::keys
