// Every system call a shut-in process may make, one row a call, with the reason. The text form of these
// tables is tests/data/golden/seccomp.txt: whoever changes a wall shows it there.

#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/net.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "sys/seccomp.h"

#define CALL(name) __NR_##name, #name

namespace gw::sys::seccomp {
namespace {

constexpr std::uint32_t kSocketFlags = SOCK_CLOEXEC | SOCK_NONBLOCK;

constexpr Row kStreams[] = {
    {CALL(read), "bytes of a handed socket"},
    {CALL(write), "bytes to a handed socket; last words to standard error"},
#ifdef __NR_epoll_wait
    {CALL(epoll_wait), "wait for readiness"},
#endif
    {CALL(epoll_pwait), "wait for readiness"},
    {CALL(epoll_pwait2), "wait for readiness"},
    {CALL(epoll_ctl), "watch a handed socket"},
    {CALL(epoll_create1), "the loop's own descriptor"},
    {CALL(readv), "bytes of a handed socket in parts"},
    {CALL(writev), "bytes to a handed socket in parts"},
    {CALL(recvfrom), "bytes of a handed socket"},
    {CALL(sendto), "bytes to a connected socket; a fast-open send would connect", {without(3, MSG_FASTOPEN)}},
    {CALL(shutdown), "end one direction of a session"},
    {CALL(getsockname), "addresses for the record"},
    {CALL(getpeername), "addresses for the record"},
    {CALL(fcntl), "is the socket non-blocking", {equals(1, F_GETFL)}},
    {CALL(fcntl), "make a socket non-blocking", {equals(1, F_SETFL)}},
};

constexpr Row kChannels[] = {
    {CALL(recvmsg), "messages and descriptors from the channels"},
    {CALL(sendto), "messages to the channels, to no address", {no_pointer(4), no_pointer_above(4)}},
    {CALL(close), "give a descriptor back"},
};

// An address inside a message cannot be seen from here: whoever hears a network, or hands nothing over, is
// not given this.
constexpr Row kHandingOver[] = {
    {CALL(sendmsg),
     "descriptors for the channels; a fast-open send would connect",
     {without(2, MSG_FASTOPEN)}},
};

constexpr Row kSealedInput[] = {
    {CALL(fcntl), "are the seals there", {equals(1, F_GET_SEALS)}},
    {CALL(fstat), "size of a sealed file"},
    {CALL(pread64), "content of a sealed file"},
};

constexpr Row kMemory[] = {
    {CALL(mmap), "heap; never executable", {without(2, PROT_EXEC)}},
    {CALL(munmap), "heap"},
    {CALL(mprotect), "heap; never executable", {without(2, PROT_EXEC)}},
    {CALL(mremap), "heap"},
    {CALL(madvise), "heap"},
    {CALL(brk), "heap"},
    {CALL(sysinfo), "the C library's sort asks how much memory there is"},
};

constexpr Row kTime[] = {
    {CALL(clock_gettime), "deadlines and certificate times where the vDSO cannot answer"},
    {CALL(gettimeofday), "the same"},
#ifdef __NR_time
    {CALL(time), "the same"},
#endif
    {CALL(getrandom), "nonces and ephemeral keys"},
    {CALL(futex), "locks of the C and TLS libraries"},
    {CALL(sched_yield), "locks of the C and TLS libraries"},
};

constexpr Row kEnding[] = {
    {CALL(exit_group), "end"},
    {CALL(exit), "end"},
    {CALL(rt_sigprocmask), "abort"},
    {CALL(rt_sigaction), "abort"},
    {CALL(rt_sigreturn), "return from a signal"},
    {CALL(restart_syscall), "go on after being stopped"},
    {CALL(getpid), "abort; the TLS library looks for forks"},
    {CALL(gettid), "abort"},
    {CALL(tgkill), "abort", {own_pid(0)}},
};

constexpr std::uint32_t kSocketLevel = SOL_SOCKET, kTcpLevel = IPPROTO_TCP;
constexpr Row kSocketOptions[] = {
    {CALL(getsockopt), "result of a connect, state of a connection"},
    {CALL(setsockopt), "send at once", {equals(1, kTcpLevel), equals(2, TCP_NODELAY)}},
    {CALL(setsockopt), "hold back part of a record", {equals(1, kTcpLevel), equals(2, TCP_CORK)}},
    {CALL(setsockopt), "answer at once", {equals(1, kTcpLevel), equals(2, TCP_QUICKACK)}},
    {CALL(setsockopt), "bounded unsent bytes", {equals(1, kTcpLevel), equals(2, TCP_NOTSENT_LOWAT)}},
    {CALL(setsockopt), "give up a dead peer", {equals(1, kTcpLevel), equals(2, TCP_USER_TIMEOUT)}},
    {CALL(setsockopt), "keep-alive", {equals(1, kTcpLevel), equals(2, TCP_KEEPIDLE)}},
    {CALL(setsockopt), "keep-alive", {equals(1, kTcpLevel), equals(2, TCP_KEEPINTVL)}},
    {CALL(setsockopt), "keep-alive", {equals(1, kTcpLevel), equals(2, TCP_KEEPCNT)}},
    {CALL(setsockopt), "keep-alive", {equals(1, kSocketLevel), equals(2, SO_KEEPALIVE)}},
    {CALL(setsockopt), "reset instead of a polite end", {equals(1, kSocketLevel), equals(2, SO_LINGER)}},
    {CALL(setsockopt), "bounded kernel memory", {equals(1, kSocketLevel), equals(2, SO_SNDBUF)}},
    {CALL(setsockopt), "bounded kernel memory", {equals(1, kSocketLevel), equals(2, SO_RCVBUF)}},
    {CALL(ioctl), "make a socket non-blocking", {equals(1, FIONBIO)}},
};

constexpr Row kAccepting[] = {
    {CALL(accept4), "take a client off a handed listener"},
};

// The kernel's rules in ns wan decide where these sockets reach (architecture 1.2).
constexpr Row kDialling[] = {
    {CALL(socket),
     "a connection to the cloud",
     {equals(0, AF_INET), equals_but_for(1, kSocketFlags, SOCK_STREAM)}},
    {CALL(socket),
     "a connection to the cloud",
     {equals(0, AF_INET6), equals_but_for(1, kSocketFlags, SOCK_STREAM)}},
    {CALL(socket),
     "a question to a resolver",
     {equals(0, AF_INET), equals_but_for(1, kSocketFlags, SOCK_DGRAM)}},
    {CALL(socket),
     "a question to a resolver",
     {equals(0, AF_INET6), equals_but_for(1, kSocketFlags, SOCK_DGRAM)}},
    {CALL(connect), "to the cloud and the resolvers"},
};

// Landlock leaves the configuration's directory and nothing else.
constexpr Row kReadingFiles[] = {
    {CALL(read), "the configuration"},
    {CALL(openat), "a file the configuration names"},
    {CALL(openat2), "a file the configuration names, resolved beneath its directory"},
    {CALL(newfstatat), "its size and kind"},
    {CALL(lseek), "its size"},
    {CALL(readv), "its content"},
    {CALL(getdents64), "a directory of certificates"},
    {CALL(readlinkat), "a link inside the directory"},
    {CALL(fcntl), "is a file open for reading", {equals(1, F_GETFL)}},
    {CALL(fcntl), "close on exec", {equals(1, F_SETFD)}},
    {CALL(fcntl), "close on exec", {equals(1, F_GETFD)}},
};

constexpr Row kAskingKeyd[] = {
#ifdef __NR_poll
    {CALL(poll), "wait for the answer of keyd, of the dialer, of the supervisor"},
#endif
    {CALL(ppoll), "the same"},
};

constexpr Row kWatchingQueue[] = {
    {CALL(ioctl), "has the receiver's kernel everything", {equals(1, SIOCOUTQ)}},
};

constexpr Row kMakingSealed[] = {
    {CALL(memfd_create), "the sealed result"},
    {CALL(write), "its content; last words to standard error"},
    {CALL(writev), "its content"},
    {CALL(ftruncate), "its size"},
    {CALL(fcntl), "seal it", {equals(1, F_ADD_SEALS)}},
};

// The sockets are made before the walls; libnftables makes its own anew when another's change came between.
constexpr Row kNetlink[] = {
    {CALL(socket), "rules once more, from the start", {equals(0, AF_NETLINK)}},
    {CALL(bind), "the netlink socket's own address; Landlock refuses TCP"},
    {CALL(getsockname), "the netlink socket's own address"},
    {CALL(getsockopt), "how much the netlink socket takes at once"},
    {CALL(setsockopt),
     "room for all rules in one transaction",
     {equals(1, kSocketLevel), equals(2, SO_SNDBUFFORCE)}},
    {CALL(setsockopt),
     "room for all rules in one transaction",
     {equals(1, kSocketLevel), equals(2, SO_SNDBUF)}},
    {CALL(setsockopt), "room for the answers", {equals(1, kSocketLevel), equals(2, SO_RCVBUFFORCE)}},
    {CALL(setsockopt), "room for the answers", {equals(1, kSocketLevel), equals(2, SO_RCVBUF)}},
    {CALL(setsockopt), "the kernel's words for a refusal", {equals(1, SOL_NETLINK)}},
    {CALL(sendto), "a question about rules", {without(3, MSG_FASTOPEN)}},
    {CALL(pselect6), "are there answers about rules"},
};

// Everything was opened before the walls or is handed over; only readiness and reading are left. The packet
// socket is bound to no interface: without an address it sends nothing.
constexpr Row kShowing[] = {
#ifdef __NR_poll
    {CALL(poll), "until a part of a light's pattern is over, or the button was touched"},
#endif
    {CALL(ppoll), "the same"},
    {CALL(read), "what happened to the button"},
    {CALL(pread64), "sensors; what the supervisor left on its slate"},
    {CALL(pwrite64), "lights; what was measured; the order to forget everything"},
    {CALL(write), "last words to standard error"},
    {CALL(close), "give a descriptor back"},
};

constexpr Row kWatching[] = {
#ifdef __NR_poll
    {CALL(poll), "wait for the kernel's notices"},
#endif
    {CALL(ppoll), "wait for the kernel's notices"},
    {CALL(recvfrom), "the kernel's notices, the headers of refused packets, the frames of the segments"},
    {CALL(write), "last words to standard error"},
    {CALL(writev), "last words to standard error"},
};

// A program that is not ours starts in its cage. Landlock leaves two files to run, so a call that starts one
// starts one of these; both are linked statically, so no memory needs to become executable.
constexpr Row kStartingKept[] = {
    {CALL(execve), "the kept program, and what it runs"},
#ifdef __NR_vfork
    {CALL(vfork), "run our program with what it learnt"},
#else
    {CALL(clone), "the same: a child that shares memory until it has its program", {equals(0, 0x4111)}},
#endif
    {CALL(wait4), "its end"},
#ifdef __NR_arch_prctl
    {CALL(arch_prctl), "thread-local storage", {equals(0, 0x1002)}},
#endif
    {CALL(set_tid_address), "start of the C library"},
    {CALL(set_robust_list), "start of the C library"},
    {CALL(rseq), "start of the C library"},
    {CALL(prlimit64), "size of the stack", {equals(0, 0), equals(2, 0)}},
#ifdef __NR_readlink
    {CALL(readlink), "start of the C library: where is the program; a path and no content"},
#endif
    {CALL(readlinkat), "the same"},
    {CALL(getuid), "busybox asks whether it is root"},
    {CALL(geteuid), "the same"},
    {CALL(getgid), "the same"},
    {CALL(getegid), "the same"},
    {CALL(setgid), "busybox takes its own account once more; another it cannot take"},
    {CALL(setuid), "the same"},
    {CALL(prctl), "its own name", {equals(0, 16)}},
    {CALL(newfstatat), "is there a configuration of busybox, a time zone"},
    {CALL(openat), "/dev/null; Landlock refuses every other file"},
    {CALL(read), "its own signal pipe; a datagram"},
    {CALL(write), "a datagram; what it says on standard error"},
    {CALL(pipe2), "its own signal pipe"},
#ifdef __NR_dup2
    {CALL(dup2), "the pipe's ends have their numbers", {equals(1, 3)}},
    {CALL(dup2), "the pipe's ends have their numbers", {equals(1, 4)}},
#endif
    {CALL(dup3), "the pipe's ends have their numbers", {equals(1, 3)}},
    {CALL(dup3), "the pipe's ends have their numbers", {equals(1, 4)}},
    {CALL(fcntl), "close on exec", {equals(1, F_SETFD)}},
    {CALL(fcntl), "is the pipe non-blocking", {equals(1, F_GETFL)}},
    {CALL(fcntl), "make the pipe non-blocking", {equals(1, F_SETFL)}},
#ifdef __NR_poll
    {CALL(poll), "wait for an answer, or for the time to renew"},
#endif
    {CALL(ppoll), "the same"},
    {CALL(clock_nanosleep), "a pause after a refusal"},
    {CALL(nanosleep), "the same"},
};

constexpr std::uint32_t kEthIp = 0x0008;  // ETH_P_IP in network order
constexpr Row kBorrowing[] = {
    {CALL(socket),
     "IPv4 frames of the wire: a client without address has no other way",
     {equals(0, AF_PACKET), equals_but_for(1, kSocketFlags, SOCK_DGRAM), equals(2, kEthIp)}},
    {CALL(socket),
     "number and hardware address of the interface",
     {equals(0, AF_INET), equals_but_for(1, kSocketFlags, SOCK_RAW), equals(2, IPPROTO_RAW)}},
    {CALL(socket),
     "renewal; the rules of ns wan decide where it goes",
     {equals(0, AF_INET), equals_but_for(1, kSocketFlags, SOCK_DGRAM), equals(2, IPPROTO_UDP)}},
    {CALL(ioctl), "number of the interface", {equals(1, SIOCGIFINDEX)}},
    {CALL(ioctl), "hardware address of the interface", {equals(1, SIOCGIFHWADDR)}},
    {CALL(bind), "the interface; port 68. Landlock refuses TCP"},
    {CALL(connect), "the server that lent. Landlock refuses TCP"},
    {CALL(sendto), "a question to all of the wire", {without(3, MSG_FASTOPEN)}},
    {CALL(setsockopt), "checksums that the card has not made yet", {equals(1, SOL_PACKET), equals(2, 8)}},
    {CALL(setsockopt), "port 68 twice", {equals(1, kSocketLevel), equals(2, SO_REUSEADDR)}},
    {CALL(setsockopt), "a question to all", {equals(1, kSocketLevel), equals(2, SO_BROADCAST)}},
    {CALL(setsockopt), "this interface only", {equals(1, kSocketLevel), equals(2, SO_BINDTODEVICE)}},
};

// What our program calls until it has shut itself in: each call only takes something away.
constexpr Row kShuttingIn[] = {
    {CALL(prctl), "no new privileges", {equals(0, 38)}},
    {CALL(prctl), "no dumps", {equals(0, 4)}},
    {CALL(capset), "no capabilities"},
    {CALL(landlock_create_ruleset), "no files"},
    {CALL(landlock_restrict_self), "no files"},
    {CALL(seccomp), "fewer calls"},
};

constexpr Row kLastWords[] = {
    {CALL(write), "last words to standard error"},
    {CALL(writev), "last words to standard error"},
};

// The sockets are handed in, bound; in ns lan only answers leave them (net/ruleset.cpp).
constexpr Row kAnswering[] = {
#ifdef __NR_poll
    {CALL(poll), "wait for questions"},
#endif
    {CALL(ppoll), "wait for questions"},
    {CALL(accept4), "take a terminal off a handed listener"},
    {CALL(recvfrom), "a question and who asks it"},
    {CALL(sendto), "an answer; a fast-open send would connect", {without(3, MSG_FASTOPEN)}},
    {CALL(write), "last words to standard error"},
    {CALL(writev), "last words to standard error"},
};

// A TPM is reached through a descriptor that was handed in.
constexpr Row kSigning[] = {
#ifdef __NR_poll
    {CALL(poll), "wait for requests; wait for the TPM"},
#endif
    {CALL(ppoll), "the same"},
    {CALL(read), "a signature of the other thread is there; the TPM's answer"},
    {CALL(write), "the same; the TPM's command; last words to standard error"},
    {CALL(writev), "last words to standard error"},
};

// SQLite, in one folder; Landlock leaves no other.
constexpr Row kKeepingStore[] = {
#ifdef __NR_poll
    {CALL(poll), "wait for records and readers"},
#endif
    {CALL(ppoll), "the same"},
    {CALL(openat), "the store's files"},
    {CALL(pwrite64), "a page, a frame of the write-ahead log"},
    {CALL(fallocate), "room is set aside for when the disk is full"},
    {CALL(fstatfs), "how much room is left"},
    {CALL(read), "a page"},
    {CALL(lseek), "where in a file"},
    {CALL(newfstatat), "is the file there"},
#ifdef __NR_stat
    {CALL(stat), "the same"},
    {CALL(lstat), "the same"},
    {CALL(access), "the same"},
    {CALL(unlink), "the write-ahead log, once it is empty; Landlock leaves one folder"},
#endif
    {CALL(faccessat), "is the file there"},
    {CALL(unlinkat), "the write-ahead log, once it is empty"},
    {CALL(fcntl), "nobody else opens the store", {equals(1, F_SETLK)}},
    {CALL(fcntl), "the same", {equals(1, F_GETLK)}},
    {CALL(fcntl), "close on exec", {equals(1, F_GETFD)}},
    {CALL(fcntl), "close on exec", {equals(1, F_SETFD)}},
    {CALL(fsync), "it is on the disk"},
    {CALL(fdatasync), "the same"},
    {CALL(fchmod), "a new file is its owner's alone"},
    {CALL(geteuid), "SQLite asks whether it is root"},
};

// Files that are whole or not there, in one folder more.
constexpr Row kKeepingBackups[] = {
    {CALL(getdents64), "which backups there are"},
    {CALL(fcntl), "how is the folder open", {equals(1, F_GETFL)}},
    {CALL(renameat), "a backup under its name, once it is on the disk"},
};

// The library of a PKCS#11 token is somebody else's: it is loaded behind the walls. Landlock leaves it the
// libraries to read, and one folder of its own to keep files in.
constexpr Row kHoldingToken[] = {
    {CALL(mmap), "the library and those it needs", {equals_but_for(2, PROT_READ, PROT_EXEC)}},
#ifdef __NR_poll
    {CALL(poll), "wait for keyd"},
#endif
    {CALL(ppoll), "the same"},
    {CALL(openat), "libraries; the token's files"},
    {CALL(clock_nanosleep), "a pause after a wrong PIN"},
    {CALL(nanosleep), "the same"},
    {CALL(read), "their content"},
    {CALL(write), "the token's files; last words to standard error"},
    {CALL(writev), "the same"},
    {CALL(lseek), "where in a file"},
    {CALL(newfstatat), "is the file there"},
    {CALL(fstatfs), "a library asks what it lies on"},
#ifdef __NR_stat
    {CALL(stat), "is the file there"},
    {CALL(lstat), "the same"},
    {CALL(access), "the same"},
#endif
    {CALL(faccessat), "the same"},
    {CALL(faccessat2), "the same"},
    {CALL(getdents64), "which of the token's files there are"},
    {CALL(flock), "nobody else writes meanwhile"},
    {CALL(fcntl), "the same", {equals(1, F_SETLK)}},
    {CALL(fcntl), "the same", {equals(1, F_SETLKW)}},
    {CALL(fcntl), "the same", {equals(1, F_GETLK)}},
    {CALL(fcntl), "how is it open", {equals(1, F_GETFL)}},
    {CALL(fcntl), "close on exec", {equals(1, F_GETFD)}},
    {CALL(fcntl), "close on exec", {equals(1, F_SETFD)}},
    {CALL(ftruncate), "size of a token's file"},
    {CALL(fsync), "it is on the disk"},
    {CALL(fdatasync), "the same"},
    {CALL(umask), "whose a new file is"},
    {CALL(socket), "the system's log; it goes on without", {equals(0, AF_UNIX)}, Verdict::refused},
    {CALL(getuid), "who am I"},
    {CALL(geteuid), "the same"},
    {CALL(getgid), "the same"},
    {CALL(getegid), "the same"},
    {CALL(uname), "the kernel's version"},
};

// chronyd behind its cage. What it asks for only out of habit it is refused, and goes on without (refused()).
constexpr Row kStartingChronyd[] = {
    {CALL(execve), "the kept program; Landlock leaves no other to run"},
    {CALL(mmap), "its libraries", {equals_but_for(2, PROT_READ, PROT_EXEC)}},
    {CALL(access), "is anything loaded before its libraries"},
    {CALL(openat), "its libraries and its own process number; Landlock refuses every other file"},
    {CALL(read), "the same"},
    {CALL(lseek), "the same"},
    {CALL(newfstatat), "the same"},
    {CALL(fstatfs), "is there a system that its libraries look for"},
    {CALL(unlink), "its process number; Landlock leaves one directory"},
    {CALL(write), "its process number; what it says on standard error"},
    {CALL(set_tid_address), "start of the C library"},
    {CALL(set_robust_list), "start of the C library"},
    {CALL(rseq), "start of the C library"},
    {CALL(prlimit64), "size of the stack", {equals(0, 0), equals(2, 0)}},
#ifdef __NR_arch_prctl
    {CALL(arch_prctl), "thread-local storage", {equals(0, 0x1002)}},
#endif
    {CALL(prctl), "which capabilities there are: its library counts them", {equals(0, 23)}},
    {CALL(uname), "the kernel's version"},
    {CALL(geteuid), "is it root"},
    {CALL(getuid), "the same"},
    {CALL(fcntl), "close on exec", {equals(1, F_GETFD)}},
    {CALL(fcntl), "close on exec", {equals(1, F_SETFD)}},
    {CALL(fcntl), "how is it open", {equals(1, F_GETFL)}},
    {CALL(fcntl), "non-blocking", {equals(1, F_SETFL)}},
};

constexpr Row kServingTime[] = {
    {CALL(socket),
     "questions about the time",
     {equals(0, AF_INET), equals_but_for(1, kSocketFlags, SOCK_DGRAM), equals(2, 0)}},
    {CALL(socket),
     "questions about the time",
     {equals(0, AF_INET6), equals_but_for(1, kSocketFlags, SOCK_DGRAM), equals(2, 0)}},
    {CALL(socket),
     "the name service cache; it reads the file instead",
     {equals(0, AF_UNIX)},
     Verdict::refused},
    {CALL(bind), "port 123; Landlock refuses TCP"},
    {CALL(getsockname), "which port"},
    {CALL(setsockopt), "to all", {equals(1, kSocketLevel), equals(2, SO_BROADCAST)}},
    {CALL(setsockopt),
     "the port once more after a restart",
     {equals(1, kSocketLevel), equals(2, SO_REUSEADDR)}},
    {CALL(setsockopt), "the same", {equals(1, kSocketLevel), equals(2, SO_REUSEPORT)}},
    {CALL(setsockopt), "when a question came", {equals(1, kSocketLevel), equals(2, SO_TIMESTAMPING)}},
    {CALL(setsockopt), "the same", {equals(1, kSocketLevel), equals(2, SO_TIMESTAMP)}},
    {CALL(setsockopt), "the same", {equals(1, kSocketLevel), equals(2, SO_TIMESTAMPNS)}},
    {CALL(setsockopt), "the same", {equals(1, kSocketLevel), equals(2, SO_SELECT_ERR_QUEUE)}},
    {CALL(setsockopt), "to which address a question came", {equals(1, IPPROTO_IP)}},
    {CALL(setsockopt), "the same", {equals(1, IPPROTO_IPV6)}},
    {CALL(pselect6), "wait for questions"},
    {CALL(select), "the same"},
    {CALL(recvmsg), "a question"},
    {CALL(recvmmsg), "questions"},
    {CALL(sendmsg), "an answer; a fast-open send would connect", {without(2, MSG_FASTOPEN)}},
    {CALL(close), "give a descriptor back"},
};

}  // namespace

#undef CALL

std::vector<Rows> tables_of(Filter filter) {
  switch (filter) {
    case Filter::conf_compile:
      return {kReadingFiles, kMakingSealed, kChannels, kHandingOver, kSealedInput, kMemory, kTime, kEnding};
    case Filter::net_apply:
      return {kNetlink, kMakingSealed, kChannels, kHandingOver, kSealedInput, kMemory, kTime, kEnding};
    case Filter::proxyd:
      return {kStreams, kChannels, kAccepting, kSocketOptions, kSealedInput, kMemory, kTime, kEnding};
    case Filter::dialerd:
      return {kStreams,     kChannels, kHandingOver, kDialling, kSocketOptions,
              kSealedInput, kMemory,   kTime,        kEnding};
    case Filter::watchd:
      return {kWatching, kChannels, kSealedInput, kMemory, kTime, kEnding};
    case Filter::evidence_sign:
      return {kMakingSealed, kChannels, kHandingOver, kSealedInput, kMemory, kTime, kEnding};
    case Filter::dhcp_client:
      return {kStartingKept, kBorrowing, kShuttingIn, kChannels, kMemory, kTime, kEnding};
    case Filter::dhcp_lease:
      return {kLastWords, kChannels, kMemory, kTime, kEnding};
    case Filter::namesd:
      return {kAnswering, kChannels, kSealedInput, kMemory, kTime, kEnding};
    case Filter::keyd:
      return {kSigning, kChannels, kSealedInput, kMemory, kTime, kEnding};
    case Filter::registrar:
      return {kMakingSealed, kAskingKeyd, kChannels, kHandingOver, kSealedInput, kMemory, kTime, kEnding};
    case Filter::renewer:
      return {kStreams,       kMakingSealed, kAskingKeyd, kChannels, kHandingOver,
              kSocketOptions, kSealedInput,  kMemory,     kTime,     kEnding};
    case Filter::agent:
      return {kStreams,     kWatchingQueue, kAskingKeyd, kChannels, kSocketOptions,
              kSealedInput, kMemory,        kTime,       kEnding};
    case Filter::tokend:
      return {kHoldingToken, kSealedInput, kChannels, kMemory, kTime, kEnding};
    case Filter::controld:
      return {kKeepingStore, kKeepingBackups, kMakingSealed, kChannels, kHandingOver,
              kSealedInput,  kMemory,         kTime,         kEnding};
    case Filter::panel:
      return {kShowing, kMemory, kTime, kEnding};
    case Filter::chronyd:
      return {kStartingChronyd, kServingTime, kSealedInput, kMemory, kTime, kEnding};
  }
  GW_CHECK(false, "a filter without tables");
}

const char* name_of(Filter filter) {
  constexpr const char* kNames[] = {"conf-compile",  "net-apply",   "proxyd",     "dialerd", "watchd",
                                    "evidence-sign", "dhcp-client", "dhcp-lease", "namesd",  "chronyd",
                                    "keyd",          "registrar",   "renewer",    "agent", "tokend",  "controld",
                                    "panel"};
  return kNames[static_cast<std::size_t>(filter)];
}

}  // namespace gw::sys::seccomp
