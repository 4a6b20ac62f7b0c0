#include <cstdint>
#include <cstdlib>
#include <vector>

#include "http2/connection.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

/// Serves whatever is asked for, the first half of the streams by a tunnel.
void serve(gw::http2::Connection& connection, std::vector<gw::http2::StreamPtr>& streams) {
  for (const auto& stream : connection.take_asked()) {
    if (const auto* request = std::get_if<gw::http::ConnectRequest>(&stream->asked()))
      expect(request->port != 0 && !request->host.empty());
    if (streams.size() % 2 == 0)
      stream->accept();
    else
      stream->refuse({403, "http_request_denied", "no"});
    streams.push_back(stream);
  }
}

void use(const std::vector<gw::http2::StreamPtr>& streams) {
  std::uint8_t room[1'000];
  for (const auto& stream : streams) {
    const std::size_t size = stream->read(room);
    expect(size <= sizeof room);
    stream->write({room, size});
    if (stream->has_ended()) stream->end();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<gw::http2::StreamPtr> streams;
  {
    gw::http2::Connection connection([] {});
    const gw::Bytes all(data, size);
    gw::Instant now{std::chrono::hours(1)};
    for (std::size_t at = 0; at < size; at += 61, now += std::chrono::milliseconds(10)) {
      connection.take(all.subspan(at, std::min<std::size_t>(61, size - at)), now);
      serve(connection, streams);
      use(streams);
      while (!connection.give().empty()) continue;
      std::size_t held = 0;
      for (const auto& stream : streams) held += stream->held();
      expect(held <= 4u * gw::http2::Connection::kWindowOfAll);
      if (!connection.fault().empty()) expect(connection.is_over());
    }
    connection.go_away(gw::http2::ErrorCode::connect);
    while (!connection.give().empty()) continue;
    expect(connection.is_over());
  }
  for (const auto& stream : streams) stream->leave(gw::http2::ErrorCode::connect);
  return 0;
}
