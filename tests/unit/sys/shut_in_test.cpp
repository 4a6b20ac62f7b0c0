#include "sys/shut_in.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>

#include "support/in_child.h"
#include "sys/sealed.h"

namespace gw::sys {
namespace {

using support::in_child;

template <class Act>
int shut_in_and(Filter filter, Act act) {
  return in_child([&] {
    if (!shut_in(filter)) return 99;
    return act();
  });
}

TEST(ShutIn, leaves_a_process_able_to_end) {
  for (const Filter filter : kFilters) EXPECT_EQ(shut_in_and(filter, [] { return 7; }), 7);
}

TEST(ShutIn, an_unlisted_call_kills_the_process) {
  for (const Filter filter : kFilters)
    EXPECT_EQ(shut_in_and(filter, [] { return ::syscall(SYS_getpgid, 0) >= 0 ? 0 : 1; }), -SIGSYS);
}

TEST(ShutIn, a_listed_call_with_another_argument_kills_the_process) {
  EXPECT_EQ(shut_in_and(Filter::dialerd,
                        [] { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0 ? 0 : 1; }),
            0);
  EXPECT_EQ(shut_in_and(Filter::dialerd, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : 1; }),
            -SIGSYS);
  EXPECT_EQ(shut_in_and(Filter::dialerd, [] { return ::socket(AF_INET, SOCK_RAW, 0) >= 0 ? 0 : 1; }),
            -SIGSYS);
}

TEST(ShutIn, an_abort_is_still_an_abort) {
  EXPECT_EQ(shut_in_and(Filter::proxyd, []() -> int { std::abort(); }), -SIGABRT);
}

TEST(ShutIn, memory_can_be_had_and_given_back) {
  EXPECT_EQ(shut_in_and(Filter::proxyd,
                        [] {
                          for (std::size_t size = 16; size < 64 * 1024 * 1024; size *= 4) {
                            void* volatile memory = std::malloc(size);
                            std::free(memory);
                          }
                          return 0;
                        }),
            0);
}

TEST(ShutIn, dates_can_be_told) {
  for (const Filter filter : kFilters)
    EXPECT_EQ(shut_in_and(filter,
                          [] {
                            const std::time_t day = 86'400;
                            std::tm parts{};
                            return ::gmtime_r(&day, &parts) != nullptr && parts.tm_mday == 2 ? 0 : 1;
                          }),
              0);
}

TEST(ShutIn, sealed_memory_can_be_read_by_those_that_are_given_it) {
  for (const Filter filter : {Filter::conf_compile, Filter::net_apply, Filter::proxyd, Filter::dialerd,
                              Filter::watchd, Filter::evidence_sign, Filter::namesd, Filter::keyd,
                              Filter::registrar, Filter::renewer, Filter::agent}) {
    const Result<UniqueFd> fd = seal(as_bytes("abc"), "test");
    EXPECT_EQ(shut_in_and(filter, [&] { return read_sealed(fd->get(), 10) ? 0 : 1; }), 0);
  }
}

TEST(ShutIn, a_compiler_reads_beneath_its_directory_only) {
  EXPECT_EQ(in_child([] {
              const int directory = ::open("/etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
              const Grant readable[] = {{directory, Use::read_beneath}};
              if (!shut_in(Filter::conf_compile, readable)) return 99;
              if (::openat(directory, "passwd", O_RDONLY | O_CLOEXEC) < 0) return 1;
              if (::openat(directory, "../usr/lib/os-release", O_RDONLY | O_CLOEXEC) >= 0) return 2;
              if (::openat(AT_FDCWD, "/proc/self/status", O_RDONLY | O_CLOEXEC) >= 0) return 3;
              return ::openat(directory, "passwd", O_RDWR | O_CLOEXEC) < 0 ? 0 : 4;
            }),
            0);
}

#if defined(__SANITIZE_ADDRESS__)
TEST(ShutIn, a_sanitizer_can_still_report) {
  for (const Filter filter : kFilters)
    EXPECT_EQ(shut_in_and(filter,
                          [] {
                            char* volatile memory = static_cast<char*>(std::malloc(1));
                            std::free(memory);
                            return int{*memory};
                          }),
              1)
        << "the runtime ends a process it complains of with status 1";
}
#endif

}  // namespace
}  // namespace gw::sys
