#include <sys/resource.h>

#include <array>
#include <csignal>
#include <string_view>

#include "commands.h"
#include "tls/provider.h"

namespace {

struct Command {
  std::string_view name;
  int (*run)(const gw::bench::Options&);
};
constexpr std::array kCommands{
    Command{"backend", gw::bench::run_backend},     Command{"bulk", gw::bench::run_bulk},
    Command{"handshake", gw::bench::run_handshake}, Command{"ping", gw::bench::run_ping},
    Command{"idle", gw::bench::run_idle},
};

void take_all_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int count, char** words) {
  const std::string_view wanted = count > 1 ? words[1] : "";
  for (const Command& command : kCommands) {
    if (command.name != wanted) continue;
    std::signal(SIGPIPE, SIG_IGN);
    take_all_descriptors();
    if (!gw::tls::install_provider()) gw::bench::give_up("no cryptographic provider");
    return command.run(gw::bench::Options(count - 2, words + 2));
  }
  gw::bench::give_up("usage: bench-load backend|bulk|handshake|ping|idle --option value ...");
}
