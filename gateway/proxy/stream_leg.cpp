#include "proxy/stream_leg.h"

#include <array>

namespace gw::proxy {

using tls::ReadEnd;

bool StreamLeg::attach(sys::Reactor&, sys::Wake& wake) {
  stream_->when_news = [&wake] { wake.signal(); };
  return true;
}

tls::ReadOutcome StreamLeg::read(MutableBytes into) {
  const std::size_t size = stream_->read(into);
  if (size != 0) return {ReadEnd::more, size};
  if (stream_->is_reset()) return {ReadEnd::reset};
  return {stream_->has_ended() ? ReadEnd::closed : ReadEnd::later};
}

std::optional<std::size_t> StreamLeg::discard() {
  if (stream_->is_reset() || stream_->is_drained()) return std::nullopt;
  std::array<std::uint8_t, 4096> unwanted;
  return stream_->read(unwanted);
}

/// RFC 9113 8.5, 8.7: of a tunnel that never was, nothing reached anybody.
void StreamLeg::abort() { code_ = answered_ ? http2::ErrorCode::connect : http2::ErrorCode::refused_stream; }

void StreamLeg::accept_tunnel() {
  answered_ = true;
  stream_->accept();
}

void StreamLeg::refuse_tunnel(const http::Refusal& refusal) {
  answered_ = true;
  stream_->refuse(refusal);
}

}  // namespace gw::proxy
