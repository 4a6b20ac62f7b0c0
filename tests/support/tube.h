#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "base/check.h"
#include "base/fd.h"

namespace gw::support {

/// Octets of a stream that a program at the other end reads and writes as a socket.
class Tube {
 public:
  Tube() {
    int ends[2];
    GW_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0, "a pair");
    mine_.reset(ends[0]);
    theirs_.reset(ends[1]);
  }
  UniqueFd take_end() { return std::move(theirs_); }
  std::string take() {
    char octets[4096];
    const ssize_t size = ::read(mine_.get(), octets, sizeof octets);
    return size > 0 ? std::string(octets, static_cast<std::size_t>(size)) : "";
  }
  void put(std::string_view octets) {
    GW_CHECK(::write(mine_.get(), octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()),
             "room");
  }

 private:
  UniqueFd mine_, theirs_;
};

}  // namespace gw::support
