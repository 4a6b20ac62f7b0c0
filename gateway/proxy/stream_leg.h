#pragma once

#include "http2/stream.h"
#include "proxy/leg.h"

namespace gw::proxy {

/// A terminal's side of a session that is one stream of its HTTP/2 connection. The terminal may send as much
/// as was read and written on before, and no more.
class StreamLeg final : public Leg {
 public:
  explicit StreamLeg(http2::StreamPtr stream) : stream_(std::move(stream)) {}
  ~StreamLeg() override { stream_->leave(code_); }

  const http::ConnectAsked& asked() const { return stream_->asked(); }

  bool attach(sys::Reactor& reactor, sys::Wake& wake) override;
  tls::ReadOutcome read(MutableBytes into) override;
  std::string objection() const override { return {}; }
  void write(Bytes bytes) override { stream_->write(bytes); }
  void flush() override {}  // its connection sends when it can
  bool drained() const override { return stream_->is_drained(); }
  void close_write() override { stream_->end(); }
  std::optional<std::size_t> discard() override;
  bool is_reset() const override { return stream_->is_reset(); }
  bool hung_up() const override { return stream_->is_reset() || stream_->has_ended(); }
  void rest() override {}
  void abort() override;
  tls::Socket* bare() override { return nullptr; }
  void accept_tunnel() override;
  void refuse_tunnel(const http::Refusal& refusal) override;

 private:
  http2::StreamPtr stream_;
  http2::ErrorCode code_ = http2::ErrorCode::cancel;
  bool answered_ = false;
};

}  // namespace gw::proxy
