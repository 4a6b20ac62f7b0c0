// The octets are what a client sends on one connection. In whatever pieces they come, they mean the same
// requests; what is none may be noticed a few octets earlier or later.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "https/http.h"

namespace https = gw::https;

namespace {

/// Every request in it.
std::string read(gw::Bytes octets, std::size_t piece) {
  https::RequestReader reader;
  std::string out;
  while (!octets.empty()) {
    const gw::Bytes part = octets.first(std::min(piece, octets.size()));
    octets = octets.subspan(part.size());
    if (!reader.take(part)) return out;
    while (reader.is_whole()) {
      const https::Request request = reader.next();
      out +=
          request.method + "\n" + request.target + "\n" + request.authorization + "\n" + request.body + "\n";
      if (!reader.take({})) return out;
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMost = 4096;  // in single octets it takes its time, and no limit is to be met
  const gw::Bytes octets(data, std::min(size, kMost));
  const std::string whole = read(octets, kMost);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}})
    if (read(octets, piece) != whole) std::abort();
  return 0;
}
