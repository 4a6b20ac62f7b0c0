// sekisho-tokend MODULE [DATA [NAME=VALUE]]: the library of a PKCS#11 token, and its PIN. That library is
// somebody else's code, so it has a process of its own, which holds no other key and judges nothing: it signs
// what keyd asks for. It may read libraries, and keep files beneath DATA.

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "ipc/inherited.h"
#include "ipc/messages/control_token.h"
#include "ipc/record_sink.h"
#include "sys/shut_in.h"
#include "token/desk.h"

namespace {

using namespace gw;

struct Orders {
  std::string module{}, data{}, environment{};
};

/// The first line of what the supervisor handed in; nothing if it handed in none.
std::optional<Secret> read_pin() {
  std::array<char, 256> text{};
  const ssize_t size = ::pread(ipc::kInputFd, text.data(), text.size(), 0);
  if (size < 0) return std::nullopt;
  const std::string_view all(text.data(), static_cast<std::size_t>(size));
  std::optional<Secret> pin(Secret(std::string(all.substr(0, all.find_first_of("\r\n")))));
  wipe(text.data(), text.size());
  ::close(ipc::kInputFd);
  return pin;
}

class Grants {
 public:
  Result<> add(const std::string& path, sys::Use use) {
    UniqueFd file(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!file) return system_error("open(" + path + ")");
    all_.push_back({file.get(), use});
    open_.push_back(std::move(file));
    return Done{};
  }
  std::span<const sys::Grant> all() const { return all_; }

 private:
  std::vector<UniqueFd> open_;
  std::vector<sys::Grant> all_;
};

Result<> grant(const Orders& orders, Grants& grants) {
  GW_TRY(grants.add("/usr/lib", sys::Use::read_beneath));
  GW_TRY(grants.add("/etc/ld.so.cache", sys::Use::read));
  if (!orders.module.starts_with("/usr/lib/")) GW_TRY(grants.add(orders.module, sys::Use::read));
  if (!orders.data.empty()) GW_TRY(grants.add(orders.data, sys::Use::keep_files));
  return Done{};
}

Result<> serve(token::Desk& desk, const ipc::Channel& control) {
  for (;;) {
    pollfd sources[] = {{desk.fd(), POLLIN, 0}, {control.fd(), POLLIN, 0}};
    if (::poll(sources, std::size(sources), -1) < 0 && errno != EINTR) return system_error("poll");
    if (sources[1].revents != 0) return Done{};  // the supervisor says nothing: it has ended
    GW_TRY(desk.serve());
  }
}

/// The supervisor counts. It has the channel's room for more than will ever be said.
void tell(const ipc::Channel& control, token::PinNews news) {
  using ipc::token::Msg;
  constexpr Msg kSaid[] = {Msg::pin_tried, Msg::pin_spared, Msg::pin_refused};
  (void)control.send(ipc::type_number(kSaid[static_cast<std::size_t>(news)]), 0, {});
}

Result<> run(const Orders& orders) {
  ipc::RecordSink records(ipc::kLogFd);
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  std::optional<Secret> pin = read_pin();
  if (!orders.environment.empty()) ::putenv(const_cast<char*>(orders.environment.c_str()));
  Grants grants;
  const Result<> granted = grant(orders, grants);
  GW_TRY(sys::shut_in(sys::Filter::tokend, grants.all()));
  auto token = granted ? token::Token::load(orders.module, std::move(pin),
                                            [&control](token::PinNews news) { tell(control, news); })
                       : granted.error();
  if (!token) records.write(Event(EventId::token_useless).add(Field::detail, token.error().detail));
  token::Desk desk(std::move(token), ipc::Channel(UniqueFd(ipc::kSecondInputFd)));
  records.write(Event(EventId::process_ready));
  return serve(desk, control);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const Orders orders{arguments[1], count > 2 ? arguments[2] : "", count > 3 ? arguments[3] : ""};
  const Result<> outcome = run(orders);
  const bool ended = outcome || outcome.error().code == ErrorCode::channel_closed;
  if (!ended) std::fprintf(stderr, "sekisho-tokend: %s\n", outcome.error().to_text().c_str());
  std::_Exit(ended ? EXIT_SUCCESS : EXIT_FAILURE);  // a library's last acts are nobody's concern
}
