#include "watch/refusal_log.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/text.h"

extern "C" {
#include <libnetfilter_log/libnetfilter_log.h>
}

namespace gw::watch {
namespace {

constexpr unsigned kHeaders = 96;        // bytes of each packet: its headers, hardly any of its content
constexpr unsigned kWaitHundredths = 5;  // the kernel collects this long
constexpr unsigned kAtOnce = 32;         // or until it has so many
constexpr unsigned kKernelBuffer = 128 * 1024;

std::string reason_word(const char* prefix) {
  std::string word = prefix == nullptr ? "" : prefix;
  while (!word.empty() && (word.back() == ' ' || word.back() == ':')) word.pop_back();
  return word;
}

}  // namespace

void RefusalLog::Close::operator()(nflog_handle* handle) const { ::nflog_close(handle); }

Result<RefusalLog> RefusalLog::open() {
  RefusalLog log(::nflog_open());
  if (!log.handle_) return system_error("nflog_open");
  log.turn_ = std::make_unique<Turn>();
  log.fd_ = ::nflog_fd(log.handle_.get());
  nflog_g_handle* const group = ::nflog_bind_group(log.handle_.get(), kGroup);
  if (group == nullptr) return system_error("nflog_bind_group");
  if (::nflog_set_mode(group, NFULNL_COPY_PACKET, kHeaders) < 0) return system_error("nflog_set_mode");
  ::nflog_set_nlbufsiz(group, kKernelBuffer);
  ::nflog_set_timeout(group, kWaitHundredths);
  ::nflog_set_qthresh(group, kAtOnce);
  ::nflog_callback_register(group, &RefusalLog::take, log.turn_.get());
  if (::fcntl(log.fd_, F_SETFL, O_NONBLOCK) != 0) return system_error("fcntl");
  return log;
}

int RefusalLog::take(nflog_g_handle*, nfgenmsg*, nflog_data* data, void* turn) {
  char* bytes = nullptr;
  const int size = ::nflog_get_payload(data, &bytes);
  if (size <= 0) return 0;
  const auto packet = read_packet(as_bytes({bytes, static_cast<std::size_t>(size)}));
  if (!packet) return 0;
  const Turn& now = *static_cast<const Turn*>(turn);
  const std::uint32_t in = ::nflog_get_indev(data);
  Refusal refusal{reason_word(::nflog_get_prefix(data)),
                  (*now.name)(in != 0 ? in : ::nflog_get_outdev(data)),
                  {},
                  *packet};
  std::uint32_t account = 0;
  if (::nflog_get_uid(data, &account) == 0) refusal.account = account;
  (*now.heard)(refusal);
  return 0;
}

void RefusalLog::read(const LinkName& name, const Heard& heard) {
  turn_->name = &name;
  turn_->heard = &heard;
  std::array<char, 256 * 1024> buffer;
  for (;;) {
    const ssize_t size = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EINTR || errno == ENOBUFS)) continue;
    if (size <= 0) break;
    ::nflog_handle_packet(handle_.get(), buffer.data(), static_cast<int>(size));
  }
}

}  // namespace gw::watch
