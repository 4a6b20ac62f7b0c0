#pragma once

#include "options.h"

namespace gw::bench {

/// The sub-commands. Each runs to its end and returns the program's exit code.
int run_backend(const Options& options);  ///< the cloud service, until standard input ends
int run_bulk(const Options& options);     ///< one way, full records; counts bytes
int run_handshake(
    const Options& options);           ///< new connections in a closed loop; counts those proven by an echo
int run_ping(const Options& options);  ///< request and answer; counts messages
int run_idle(const Options& options);  ///< opens connections and holds them, as standard input says

}  // namespace gw::bench
