#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/address.h"

namespace gw::web {

/// By which names browsers may speak with the box. A page of another site whose name was made to lead here
/// (DNS rebinding) names itself in Host, and in Origin; neither is one of these. Pure.
class OwnNames {
 public:
  /// The listener's own address is one of them.
  OwnNames(const std::vector<std::string>& names, const model::Endpoint& listener);

  bool has_host(std::string_view host) const;
  /// Of "https://name:port"; "null" is nobody's.
  bool has_origin(std::string_view origin) const;

 private:
  std::set<std::string> hosts_;
};

}  // namespace gw::web
