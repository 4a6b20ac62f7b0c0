#pragma once

#include <span>

namespace gw::probe {

/// What an attempt finds in its place besides its own wits.
inline constexpr int kConnectedFd = 5;  ///< a handed socket, connected
inline constexpr int kListenerFd = 6;   ///< a handed listener
inline constexpr int kNamespaceFd = 7;  ///< another network namespace
inline constexpr int kEarFd = 8;        ///< the packet socket, where the role is handed one
struct Means {
  unsigned short port = 0;  ///< of a listener on 127.0.0.1 that nobody was handed a connection to
  int victim = 0;           ///< a process of another tenant
};

/// An attempt to use a power the process must not have; true if it worked.
struct Attempt {
  const char* name;
  bool (*works)(const Means&);
};
std::span<const Attempt> attempts();

}  // namespace gw::probe
