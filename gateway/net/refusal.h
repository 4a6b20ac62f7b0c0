#pragma once

namespace gw::net {

/// Why a packet is dropped: the word its copy carries to the watcher, and the name of the chain that sends
/// it.
struct Refusal {
  const char* reason;
  const char* meaning;
};

inline constexpr Refusal kRefusals[] = {
    {"malformed", "fragments, or TCP flags that no honest sender puts together"},
    {"invalid", "belongs to no flow, and begins none"},
    {"broadcast", "sent to all of the segment; the box takes nothing by broadcast"},
    {"spoofed", "the source address cannot be where the packet came from"},
    {"midstream", "the middle of a TCP flow whose beginning nobody saw"},
    {"flood", "more than one source may send"},
    {"not_listening", "no listener is there"},
    {"unsolicited", "from the Internet's side, in answer to nothing"},
    {"forwarded", "wants to pass through the box"},
    {"outgoing", "the box itself, on a side where it only answers"},
    {"forbidden", "the box itself, toward an address of the clinic over the Internet's side"},
    {"no_dialer", "the box itself, from an account that dials nothing"},
    {"not_permitted", "a dialer, toward what its tenant may not reach"},
    {"closed", "before the first configuration"},
};

}  // namespace gw::net
