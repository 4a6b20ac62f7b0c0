#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>

#include "cli/change_editor.h"
#include "ipc/messages/operator.h"
#include "model/proof.h"
#include "support/namespaces.h"

namespace gw::supervisor {

/// Runs `holds` until it is true; false after 20 s.
bool eventually(const std::function<bool()>& holds);

/// A supervisor over stand-ins, in a network namespace and a folder of its own. Its configuration is a script
/// for dummy_compile.
class BoxUnderTest {
 public:
  enum class Ground { here, owned };
  explicit BoxUnderTest(const std::string& script, Ground ground = Ground::here);
  BoxUnderTest(const BoxUnderTest&) = delete;
  ~BoxUnderTest();

  /// Waits until every process runs the configuration in force.
  bool serves() const;
  ipc::op::State state() const;
  /// Applied and confirmed: "published N", or "text.id: detail" with the report behind it.
  std::string publish(const std::string& script) const;
  /// The same of what is in force, once more.
  std::string republish() const;
  /// Changes the configuration's file and applies nothing.
  void write(const std::string& script) const;
  /// Waits for the end of an isolation proof.
  Result<model::Proof> prove() const;
  /// Asks for one; who closes the channel waits no longer.
  ipc::Channel prove_without_waiting() const;
  /// A change that was looked at.
  model::ChangeNumber staged(const std::string& script) const;
  /// Has a change looked at and does not wait for its end.
  ipc::Channel look_without_waiting(const std::string& script) const;
  /// Has a change put in force and does not wait for its end.
  ipc::Channel publish_without_waiting(const std::string& script) const;
  /// For changes, at controld itself.
  cli::ChangeEditor editor() const;
  std::uint32_t pid_of(const std::string& name, const std::string& tenant) const;
  /// What a client on this port is told, or "" if nobody is there.
  std::string call(std::uint16_t port) const;
  /// A connection to the port, not read yet.
  UniqueFd connect(std::uint16_t port) const;
  static std::string read_from(int socket);

  void signal(int number) const;
  /// Killed, and started again on what it left.
  void restart();
  /// Waits for the supervisor's end: exit status, or minus the signal.
  int end();
  std::string log() const;
  std::string complaints() const;
  bool logged(const std::string& text) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  [[noreturn]] void run(Ground ground) const;
  ipc::Channel visit() const;
  template <class Body>
  ipc::Channel order(ipc::changes::Msg type, const Body& body) const;
  support::Network network_;
  std::filesystem::path folder_;
  Ground ground_;
  pid_t pid_ = 0;
};

/// The next frame, within 30 s.
ipc::Frame receive(const ipc::Channel& channel);

}  // namespace gw::supervisor
