#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "http/connect.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes stream(data, size);
  const gw::http::ConnectRead read = gw::http::read_connect(stream);
  if (const auto* request = std::get_if<gw::http::ConnectRequest>(&read)) {
    expect(request->port != 0 && !request->host.empty());
    expect(request->host == gw::to_lower(request->host));
    expect(request->size > 0 && request->size <= size);
    // The head says the same without what follows it.
    const gw::http::ConnectRead again = gw::http::read_connect(stream.first(request->size));
    const auto* same = std::get_if<gw::http::ConnectRequest>(&again);
    expect(same != nullptr && same->host == request->host && same->port == request->port &&
           same->size == request->size);
  }
  if (const auto* other = std::get_if<gw::http::OtherRequest>(&read))
    expect(other->status >= 400 && other->status < 500 && !other->why.empty());
  expect(!std::holds_alternative<gw::http::HalfRequest>(read) || size <= 2 * gw::http::kMostConnectHead);
  return 0;
}
