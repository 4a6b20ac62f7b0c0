#include "probe/attempts.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <string>

namespace gw::probe {
namespace {

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool connect_to(int fd, unsigned short port) {
  const sockaddr_in address = loopback(port);
  return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool opens(const char* path, int flags) { return ::open(path, flags | O_CLOEXEC, 0600) >= 0; }

// --- the network
bool make_tcp_socket(const Means&) { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }
bool make_raw_socket(const Means&) { return ::socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0; }
bool make_packet_socket(const Means&) { return ::socket(AF_PACKET, SOCK_RAW, 0) >= 0; }
bool make_unix_socket(const Means&) { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }
bool make_netlink_socket(const Means&) { return ::socket(AF_NETLINK, SOCK_RAW, 0) >= 0; }
bool connect_out(const Means& means) { return connect_to(::socket(AF_INET, SOCK_STREAM, 0), means.port); }
bool take_a_port(const Means&) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(0);
  return ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(fd, 1) == 0;
}
/// The kernel finds a port by itself; nobody bound anything.
bool listen_without_a_port(const Means&) { return ::listen(::socket(AF_INET, SOCK_STREAM, 0), 1) == 0; }
bool listen_on_a_connection(const Means&) { return ::listen(kConnectedFd, 1) == 0; }

bool reaim_a_connection(const Means& means) {
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  return ::connect(kConnectedFd, &nowhere, sizeof nowhere) == 0 && connect_to(kConnectedFd, means.port);
}
bool turn_a_listener_into_a_caller(const Means& means) {
  ::shutdown(kListenerFd, SHUT_RDWR);
  return connect_to(kListenerFd, means.port);
}
bool call_by_fast_open(const Means& means) {
  ::shutdown(kListenerFd, SHUT_RDWR);
  const sockaddr_in address = loopback(means.port);
  return ::sendto(kListenerFd, "x", 1, MSG_FASTOPEN, reinterpret_cast<const sockaddr*>(&address),
                  sizeof address) == 1;
}
bool call_by_fast_open_message(const Means& means) {
  ::shutdown(kListenerFd, SHUT_RDWR);
  sockaddr_in address = loopback(means.port);
  iovec part{const_cast<char*>("x"), 1};
  msghdr message{};
  message.msg_name = &address;
  message.msg_namelen = sizeof address;
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  return ::sendmsg(kListenerFd, &message, MSG_FASTOPEN) == 1;
}
bool put_a_program_on_a_socket(const Means&) {
  sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, 0xffff)};
  const sock_fprog program{1, all};
  return ::setsockopt(kConnectedFd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}
bool enter_a_namespace(const Means&) { return ::setns(kNamespaceFd, CLONE_NEWNET) == 0; }
bool make_a_user_namespace(const Means&) { return ::unshare(CLONE_NEWUSER) == 0; }

// --- the ear: a packet socket hears, and could speak in anybody's name
constexpr unsigned char kFrame[60] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 9, 0x08, 0x06};

sockaddr_ll first_interface() {
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ARP);
  address.sll_ifindex = 1;
  address.sll_halen = 6;
  return address;
}
bool send_a_frame(const Means&) {
  const sockaddr_ll address = first_interface();
  return ::sendto(kEarFd, kFrame, sizeof kFrame, 0, reinterpret_cast<const sockaddr*>(&address),
                  sizeof address) == sizeof kFrame;
}
bool send_a_frame_in_a_message(const Means&) {
  sockaddr_ll address = first_interface();
  iovec part{const_cast<unsigned char*>(kFrame), sizeof kFrame};
  msghdr message{};
  message.msg_name = &address;
  message.msg_namelen = sizeof address;
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  return ::sendmsg(kEarFd, &message, 0) == sizeof kFrame;
}
bool send_a_frame_in_a_batch(const Means&) {
  sockaddr_ll address = first_interface();
  iovec part{const_cast<unsigned char*>(kFrame), sizeof kFrame};
  mmsghdr message{};
  message.msg_hdr.msg_name = &address;
  message.msg_hdr.msg_namelen = sizeof address;
  message.msg_hdr.msg_iov = &part;
  message.msg_hdr.msg_iovlen = 1;
  return ::sendmmsg(kEarFd, &message, 1, 0) == 1;
}
bool bind_the_ear_and_send(const Means&) {
  const sockaddr_ll address = first_interface();
  return ::bind(kEarFd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
         ::write(kEarFd, kFrame, sizeof kFrame) == sizeof kFrame;
}
bool hear_everything(const Means&) {
  sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, 0xffff)};
  const sock_fprog program{1, all};
  return ::setsockopt(kEarFd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}
/// What no wall but the socket itself holds: it is bound to no interface.
bool write_a_frame(const Means&) { return ::write(kEarFd, kFrame, sizeof kFrame) >= 0; }
bool send_a_frame_to_nobody(const Means&) { return ::send(kEarFd, kFrame, sizeof kFrame, 0) >= 0; }

// --- files
bool read_a_file(const Means&) { return opens("/etc/group", O_RDONLY); }
bool read_the_secrets_of_the_system(const Means&) { return opens("/etc/shadow", O_RDONLY); }
bool write_a_file(const Means&) {
  // A name of its own: what a killed attempt left behind must not look like a wall.
  const std::string path = "/tmp/gw-probe-" + std::to_string(::getpid());
  return opens(path.c_str(), O_WRONLY | O_CREAT | O_EXCL) && ::unlink(path.c_str()) == 0;
}
bool write_own_memory_through_proc(const Means&) { return opens("/proc/self/mem", O_RDWR); }
bool change_a_kernel_setting(const Means&) { return opens("/proc/sys/net/ipv4/ip_forward", O_WRONLY); }
bool mount_something(const Means&) {
  return ::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 && ::umount("/tmp") == 0;
}
bool change_root(const Means&) { return ::chroot("/tmp") == 0; }

// --- other processes
bool run_a_program(const Means&) {
  char* const arguments[] = {const_cast<char*>("true"), nullptr};
  ::execv("/bin/true", arguments);  // its exit status 0 would read as a refusal, so a vain attempt ends here
  return false;
}
bool divide(const Means&) {
  const long child = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
  if (child == 0) ::_exit(0);
  return child > 0;
}
bool kill_another(const Means& means) { return ::kill(means.victim, 0) == 0; }
bool kill_all(const Means&) { return ::kill(-1, 0) == 0; }
/// Seized, not attached: the victim would not even stop.
bool trace_another(const Means& means) { return ::ptrace(PTRACE_SEIZE, means.victim, nullptr, nullptr) == 0; }
bool read_another_ones_memory(const Means& means) {
  std::uint64_t word = 0;
  iovec ours{&word, sizeof word}, theirs{&word, sizeof word};
  return ::process_vm_readv(means.victim, &ours, 1, &theirs, 1, 0) > 0;
}

// --- itself
bool make_memory_executable(const Means&) {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}
bool make_its_memory_executable(const Means&) {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}
bool become_root(const Means&) { return ::setresuid(0, 0, 0) == 0; }
bool take_a_capability(const Means&) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::uint32_t bit = 1u << CAP_SYS_ADMIN;
  __user_cap_data_struct sets[2] = {{bit, bit, bit}, {0, 0, 0}};
  return ::syscall(SYS_capset, &header, sets) == 0;
}
bool raise_a_limit(const Means&) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  limit.rlim_max += 1;
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}
bool allow_core_dumps(const Means&) {
  const rlimit limit{4096, 4096};
  return ::setrlimit(RLIMIT_CORE, &limit) == 0;
}
bool load_a_kernel_program(const Means&) {
  char attributes[128] = {};
  return ::syscall(SYS_bpf, 0, attributes, sizeof attributes) >= 0;
}
bool use_the_asynchronous_interface(const Means&) {
  char parameters[256] = {};
  return ::syscall(SYS_io_uring_setup, 4, parameters) >= 0;
}

constexpr Attempt kAttempts[] = {
#define GW_ATTEMPT(name) {#name, name},
#include "probe/attempts.def"
#undef GW_ATTEMPT
};

}  // namespace

std::span<const Attempt> attempts() { return kAttempts; }

}  // namespace gw::probe
