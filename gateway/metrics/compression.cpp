#include "metrics/compression.h"

#include <snappy.h>

namespace gw::metrics {

std::string compressed(std::string_view octets) {
  std::string out;
  snappy::Compress(octets.data(), octets.size(), &out);
  return out;
}

}  // namespace gw::metrics
