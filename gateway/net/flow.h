#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "net/plan.h"

namespace gw::net {

/// A flow that the kernel tracks, seen from who began it (conntrack's original direction).
struct Flow {
  std::uint8_t protocol = 0;  ///< IPPROTO_*
  model::Endpoint source{};
  model::Endpoint destination{};

  friend bool operator==(const Flow&, const Flow&) = default;
};

/// "TCP flow 10.1.0.9:40000 to 10.1.0.1:443"
std::string to_text(const Flow& flow);

/// Which flows could begin under a plan, asked once for each of a hundred thousand (W6). The kernel tracks no
/// account and no interface: in wan a flow is allowed if any account may hold it, in lan if its source and
/// its opening are one segment's. What belongs to which account is the rules' and the proxies' to say.
class FlowRules {
 public:
  /// \param own addresses of the namespace; whoever calls one of them in wan came from outside
  FlowRules(const Plan& plan, Role role, std::vector<model::IpAddress> own);
  bool allow(const Flow& flow) const;

 private:
  struct Door {
    std::uint8_t protocol;
    model::Endpoint endpoint;
    std::string interface;
    friend auto operator<=>(const Door&, const Door&) = default;
  };
  /// Where somebody may call, whoever it is.
  struct Reach {
    std::uint8_t protocol;
    std::uint16_t port;
    model::Prefix destination;
    friend auto operator<=>(const Reach&, const Reach&) = default;
  };
  void take(const AnsweringSide& side);
  void take(const CallingSide& side);
  bool may_answer(const Flow& flow) const;
  bool may_call(const Flow& flow) const;

  Role role_;
  std::vector<Door> doors_{};
  std::vector<Source> sources_{};
  std::vector<Reach> reaches_{};
  std::vector<model::Prefix> forbidden_{};
  std::vector<model::IpAddress> own_;
};

}  // namespace gw::net
