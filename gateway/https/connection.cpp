#include "https/connection.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "base/secret.h"

namespace gw::https {
namespace {

using std::chrono::seconds;
using tls::HandshakeState;
using tls::ReadEnd;

constexpr seconds kHandshake{10};
constexpr seconds kRequest{15};  // from the end of the one before
constexpr seconds kTaking{15};   // of an answer, or of a piece of a file
constexpr seconds kAltogether{60};
constexpr seconds kSeeOff{2};
constexpr std::size_t kSeeOffOctets = 64 * 1024;
constexpr int kMostRequests = 16;
constexpr std::size_t kPiece = 64 * 1024;  // of a file, octets

Answer refusal(unsigned status, const std::string& why) {
  return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = why + "\n"};
}

}  // namespace

Connection::Connection(Surroundings& around, UniqueFd fd, model::Endpoint source)
    : around_(around),
      source_(source),
      wake_(around.reactor),
      deadline_(around.reactor, wake_),
      socket_(around.scratch, std::move(fd)),
      stream_(tls::Role::terminal_side, around.context, socket_, tls::Stream::Permit(), &wake_),
      reader_(around.service.takes_long),
      closes_(around.reactor.now() + kAltogether) {}

void Connection::expect_within(seconds span) { deadline_.arm(around_.reactor.now() + span); }

void Connection::end() {
  is_ending_ = true;
  wake_.signal();
}

sys::Task<> Connection::live() {
  if (!socket_.attach(around_.reactor, wake_)) co_return;
  const bool is_secure = co_await secure();
  bool goes_on = is_secure;
  for (int left = kMostRequests; goes_on && left > 0 && around_.reactor.now() < closes_; --left)
    goes_on = co_await serve_one(left > 1 ? Then::next : Then::close);
  if (is_secure) stream_.close_write();
  co_await see_off();
}

sys::Task<bool> Connection::secure() {
  expect_within(kHandshake);
  for (;;) {
    const HandshakeState state = stream_.handshake();
    socket_.flush();
    if (state == HandshakeState::done) co_return true;
    if (state == HandshakeState::failed) {
      const std::string& words = stream_.failure_detail();
      around_.service.refused(
          source_, std::string(model::to_string(stream_.failure())) + (words.empty() ? "" : ": " + words));
      co_return false;
    }
    co_await wake_;
    if (is_over()) co_return false;
  }
}

/// CRT-04: the certificate may have ended since the handshake, or whoever vouches for it may have.
bool Connection::is_still_believed() {
  if (!stream_.peer()) return true;
  const auto now = std::chrono::floor<seconds>(around_.reactor.clock().civil_now()).time_since_epoch();
  if (now < stream_.holds_until(around_.context)) return true;
  return around_.context && !stream_.judge_again(around_.context);
}

/// False: no other one follows.
sys::Task<bool> Connection::serve_one(Then then) {
  const bool came = co_await receive();
  if (!came || !around_.service.admits(source_) || !is_still_believed()) co_return false;
  Exchange exchange{reader_.next(), stream_.peer(), source_};
  if (!exchange.request.keeps_open) then = Then::close;
  deadline_.disarm();  // the handler has limits of its own
  const Answer answer = co_await around_.service.handle(exchange);
  for (std::string* secret :
       {&exchange.request.authorization, &exchange.request.cookie, &exchange.request.body})
    wipe(secret->data(), secret->size());
  if (is_ending_) then = Then::close;
  const bool taken = co_await say(answer, then, exchange.request.method);
  if (taken && answer.talk) {
    co_await talk_on(answer);
    co_return false;
  }
  const bool goes_on = taken && then == Then::next;
  co_return goes_on;
}

/// The connection is no one's but the talk's from now on.
sys::Task<> Connection::talk_on(const Answer& answer) {
  Wire wire{around_.reactor, around_.scratch, socket_, stream_, wake_, deadline_, [this] {
              return !is_ending_ && around_.service.admits(source_) && is_still_believed();
            }};
  Talk talk(std::move(wire), reader_.rest());
  co_await answer.talk(talk);
}

/// Reads until a request is whole. False: none comes.
sys::Task<bool> Connection::receive() {
  expect_within(kRequest);
  Result<bool> read = take(Bytes());  // what came behind the one before
  while (read && !reader_.is_whole()) {
    read = read_some();
    if (!read || reader_.is_whole()) break;
    if (reader_.awaits_leave()) {
      stream_.write(as_bytes(leave_to_go_on()));
      socket_.flush();
    }
    if (!*read) co_return false;
    co_await wake_;
    if (is_over()) co_return false;
  }
  if (read) co_return true;
  const auto& unreadable = around_.service.unreadable;
  const std::string& why = read.error().detail;
  const Answer answer = unreadable ? unreadable(reader_.refusal(), why) : refusal(reader_.refusal(), why);
  const std::string_view unknown_method;
  const bool taken = co_await say(answer, Then::close, unknown_method);
  static_cast<void>(taken);
  co_return false;
}

Result<bool> Connection::take(Bytes octets) {
  GW_TRY(reader_.take(octets));
  return true;
}

/// Takes in what is there. False: nothing will follow.
Result<bool> Connection::read_some() {
  for (;;) {
    const tls::ReadOutcome got = stream_.read(around_.scratch.plain());
    if (got.end == ReadEnd::later) return true;
    if (got.end != ReadEnd::more) return false;
    GW_TRY(take(around_.scratch.plain().first(got.size)));
    if (reader_.is_whole()) return true;
  }
}

/// False: the client did not take it.
sys::Task<bool> Connection::say(const Answer& answer, Then then, std::string_view method) {
  stream_.write(as_bytes(to_octets(answer, then, method)));
  bool taken = co_await drain();
  if (taken && answer.file && method != "HEAD") taken = co_await pass_on(*answer.file);
  co_return taken;
}

/// Piece by piece, each of which has its time; the others have their turn in between.
sys::Task<bool> Connection::pass_on(const File& file) {
  std::vector<std::uint8_t> piece(kPiece);
  for (std::uint64_t done = 0; done < file.size;) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), file.size - done));
    const ssize_t got = ::pread(file.fd.get(), piece.data(), most, static_cast<off_t>(done));
    if (got <= 0) co_return false;
    done += static_cast<std::uint64_t>(got);
    stream_.write(Bytes(piece.data(), static_cast<std::size_t>(got)));
    const bool taken = co_await drain();
    if (!taken || is_ending_) co_return false;
    wake_.signal();
    co_await wake_;
  }
  co_return true;
}

sys::Task<bool> Connection::drain() {
  expect_within(kTaking);
  for (;;) {
    socket_.flush();
    if (socket_.drained()) co_return true;
    if (socket_.state() == tls::Socket::State::reset) co_return false;
    co_await wake_;
    if (deadline_.expired()) co_return false;
  }
}

/// What was said last must not be overtaken by a reset: the client ends first, or has had its time.
sys::Task<> Connection::see_off() {
  socket_.flush();
  socket_.shut_write();
  expect_within(kSeeOff);
  for (std::size_t heard = 0; heard < kSeeOffOctets && !deadline_.expired();) {
    const std::size_t size = socket_.unread().size();
    socket_.consume(size);
    heard += size;
    if (socket_.receive()) continue;
    if (socket_.state() != tls::Socket::State::open) break;
    co_await wake_;
  }
}

}  // namespace gw::https
