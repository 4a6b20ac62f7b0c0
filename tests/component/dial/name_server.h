#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/fd.h"
#include "dial/dns_message.h"
#include "unit/dial/dns_reply.h"

namespace gw::dial {

/// A name server in the test's own thread, on UDP and TCP at one port. It answers as its script says, which
/// may be wrong, twice or not at all.
class NameServer {
 public:
  enum class Via : std::uint8_t { udp, tcp };
  struct Heard {
    dns::Question question{};
    Via via{};
    std::uint16_t source_port = 0;
  };
  using Octets = std::vector<std::uint8_t>;
  using Script = std::function<std::vector<Octets>(const dns::Question&, Via)>;

  NameServer(const std::string& at, Script script);
  const model::Endpoint& endpoint() const { return endpoint_; }
  /// Answers what has come in. Call it over and over.
  void act();
  const std::vector<Heard>& heard() const { return heard_; }
  void follow(Script script) { script_ = std::move(script); }

 private:
  void take_datagrams();
  void take_streams();
  std::vector<Octets> answers_to(const Octets& query, Via via, std::uint16_t source_port);

  UniqueFd datagram_;
  UniqueFd listener_;
  std::vector<UniqueFd> streams_;
  model::Endpoint endpoint_{};
  Script script_;
  std::vector<Heard> heard_;
};

/// A script that gives these addresses to whoever asks for their family, and "no data" otherwise.
NameServer::Script says(std::vector<std::string> addresses, std::uint32_t ttl = 300);
NameServer::Script stays_silent();

}  // namespace gw::dial
