#pragma once

#include <cstdio>
#include <string>

#include "sys/child.h"

namespace gw::renewer {

/// support/est/est_server.py in a process of its own, with what it made in a folder that goes with it. It can
/// die and come back with the same authorities.
class EstServer {
 public:
  EstServer();
  EstServer(const EstServer&) = delete;
  EstServer& operator=(const EstServer&) = delete;
  ~EstServer();

  void start();
  void kill();
  /// What it answers to an order, without "ok "; fails the test if it answers "no".
  std::string order(const std::string& words);
  std::uint16_t port() const { return port_; }
  /// Whom a client has to trust, and who issues; PEM.
  std::string anchors() const { return file("tls.pem"); }
  std::string authority() const { return file("ca.pem"); }
  const std::string& folder() const { return folder_; }
  std::string file(const std::string& name) const;

 private:
  std::string read_line();

  std::string folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
  UniqueFd orders_, answers_;
};

/// A connection to 127.0.0.1; nothing if nobody listens. Non-blocking.
UniqueFd connected_to(std::uint16_t port);

}  // namespace gw::renewer
