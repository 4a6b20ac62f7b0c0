#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "watch/refusal.h"

struct nflog_handle;
struct nflog_g_handle;
struct nflog_data;
struct nfgenmsg;

namespace gw::watch {

/// The kernel's copies of packets that a rule refused (NFLOG), of the network namespace it was opened in.
/// Opening needs CAP_NET_ADMIN there, reading nothing. Copies that nobody reads in time are the kernel's
/// loss, never a wait for traffic. Not thread-safe.
class RefusalLog {
 public:
  /// Every refusal of the rules goes to this group.
  static constexpr std::uint16_t kGroup = 1;
  /// Name of the interface with this number, as far as known.
  using LinkName = std::function<std::string(unsigned)>;
  using Heard = std::function<void(const Refusal&)>;

  static Result<RefusalLog> open();
  int fd() const { return fd_; }
  /// Hands over what waits.
  void read(const LinkName& name, const Heard& heard);

 private:
  struct Close {
    void operator()(nflog_handle* handle) const;
  };
  /// What the library's callback needs while a read goes on. At an address of its own: the library keeps it.
  struct Turn {
    const LinkName* name = nullptr;
    const Heard* heard = nullptr;
  };
  explicit RefusalLog(nflog_handle* handle) : handle_(handle) {}
  static int take(nflog_g_handle* group, nfgenmsg* header, nflog_data* data, void* turn);

  std::unique_ptr<nflog_handle, Close> handle_;
  int fd_ = -1;
  std::unique_ptr<Turn> turn_;
};

}  // namespace gw::watch
