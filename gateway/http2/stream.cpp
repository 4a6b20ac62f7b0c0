#include "http2/stream.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http2/connection.h"

namespace gw::http2 {
namespace {

/// The first octets that nobody took yet; the buffer goes with the last of them.
std::size_t take_from(std::vector<std::uint8_t>& buffer, std::size_t& from, MutableBytes into) {
  const std::size_t size = std::min(into.size(), buffer.size() - from);
  std::copy_n(buffer.begin() + static_cast<std::ptrdiff_t>(from), size, into.begin());
  from += size;
  if (from == buffer.size()) {
    std::vector<std::uint8_t>().swap(buffer);
    from = 0;
  }
  return size;
}

}  // namespace

void Stream::accept() {
  if (connection_ != nullptr) connection_->answer(id_, {{":status", "200"}});
}

void Stream::refuse(const http::Refusal& refusal) {
  if (connection_ == nullptr) return;
  Connection::Fields fields{{":status", std::to_string(refusal.status)}};
  for (const auto& [name, value] : http::fields_of(refusal)) fields.emplace_back(to_lower(name), value);
  const std::string body = http::body_of(refusal);
  write(as_bytes(body));
  end();
  connection_->answer(id_, fields);
}

std::size_t Stream::read(MutableBytes into) {
  consume(std::exchange(owed_, 0));
  owed_ = take_from(incoming_, taken_from_, into);
  return owed_;
}

void Stream::write(Bytes octets) {
  if (connection_ == nullptr || ending_) return;
  outgoing_.insert(outgoing_.end(), octets.begin(), octets.end());
  resume();
}

void Stream::end() {
  if (std::exchange(ending_, true)) return;
  resume();
}

void Stream::leave(ErrorCode code) {
  when_news = nullptr;
  left_ = true;
  consume(std::exchange(owed_, 0) + incoming_.size() - taken_from_);
  std::vector<std::uint8_t>().swap(incoming_);
  std::vector<std::uint8_t>().swap(outgoing_);
  taken_from_ = sent_from_ = 0;
  // Whoever was answered to the end need not have said all he wanted (RFC 9113 8.1).
  if (connection_ != nullptr) connection_->reset(id_, end_sent_ ? ErrorCode::none : code);
}

void Stream::resume() {
  if (connection_ != nullptr) connection_->resume(id_);
}

void Stream::consume(std::size_t size) {
  if (size != 0 && connection_ != nullptr) connection_->consume(id_, size);
}

void Stream::came(Bytes octets) {
  if (left_) return consume(octets.size());
  incoming_.insert(incoming_.end(), octets.begin(), octets.end());
  tell();
}

void Stream::peer_said_all() {
  peer_ended_ = true;
  tell();
}

std::size_t Stream::over() {
  connection_ = nullptr;
  if (!peer_ended_ || !end_sent_) reset_ = true;
  tell();
  return std::exchange(owed_, 0) + incoming_.size() - taken_from_;
}

std::size_t Stream::fetch(MutableBytes into, bool& is_last) {
  const bool had_some = sent_from_ < outgoing_.size();
  const std::size_t size = take_from(outgoing_, sent_from_, into);
  is_last = ending_ && outgoing_.empty();
  end_sent_ = is_last;
  if (is_last || (had_some && outgoing_.empty())) tell();
  return size;
}

}  // namespace gw::http2
