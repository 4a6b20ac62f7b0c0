#include "sys/seccomp.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace gw::sys::seccomp {
namespace {

std::string golden() {
  std::ifstream file(GW_SOURCE_DIR "/tests/data/golden/seccomp.txt");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::set<std::string> calls_of(Filter filter) {
  std::set<std::string> names;
  for (const Rows rows : tables_of(filter))
    for (const Row& row : rows) names.insert(row.name);
  return names;
}

/// Landlock leaves the DHCP client two files to start: itself, and our program that reads the lease; and
/// chronyd one, itself, and one directory to take files out of.
bool is_kept_programs_own(Filter filter, const std::string& call) {
  if (filter == Filter::dhcp_client) return call == "execve" || call == "vfork" || call == "prlimit64";
  if (filter == Filter::controld) return call == "unlink";
  return filter == Filter::chronyd && (call == "execve" || call == "unlink" || call == "prlimit64");
}

TEST(SeccompTables, are_what_the_auditor_last_read) {
#ifndef __x86_64__
  GTEST_SKIP() << "the golden file shows the calls of x86-64";
#endif
  EXPECT_EQ(to_text(), golden());
}

TEST(SeccompTables, nobody_may_start_a_program_or_look_into_another_process) {
  for (const Filter filter : kFilters)
    for (const char* call : {"execve",
                             "execveat",
                             "fork",
                             "vfork",
                             "clone",
                             "clone3",
                             "ptrace",
                             "process_vm_readv",
                             "process_vm_writev",
                             "kill",
                             "setns",
                             "unshare",
                             "mount",
                             "bpf",
                             "io_uring_setup",
                             "open",
                             "chmod",
                             "unlink",
                             "rename",
                             "prlimit64",
                             "setrlimit",
                             "keyctl"})
      if (!is_kept_programs_own(filter, call)) {
        EXPECT_EQ(calls_of(filter).count(call), 0u) << name_of(filter) << " " << call;
      }
}

TEST(SeccompTables, who_reads_a_lease_says_one_thing_and_has_no_socket) {
  for (const char* call :
       {"socket", "socketpair", "connect", "bind", "openat", "newfstatat", "execve", "read"})
    EXPECT_EQ(calls_of(Filter::dhcp_lease).count(call), 0u) << call;
}

TEST(SeccompTables, a_name_service_makes_no_socket_and_aims_none) {
  for (const char* call :
       {"socket", "socketpair", "connect", "bind", "listen", "openat", "openat2", "sendmmsg", "setsockopt"})
    EXPECT_EQ(calls_of(Filter::namesd).count(call), 0u) << call;
}

TEST(SeccompTables, only_code_that_is_not_ours_is_refused_instead_of_killed) {
  for (const Filter filter : kFilters)
    for (const Rows rows : tables_of(filter))
      for (const Row& row : rows)
        if (row.verdict == Verdict::refused) {
          EXPECT_TRUE(filter == Filter::chronyd || filter == Filter::tokend)
              << name_of(filter) << " " << row.name;
        }
}

TEST(SeccompTables, a_proxy_makes_no_socket_and_aims_none) {
  for (const char* call :
       {"socket", "socketpair", "connect", "bind", "listen", "openat", "openat2", "sendmmsg"})
    EXPECT_EQ(calls_of(Filter::proxyd).count(call), 0u) << call;
}

TEST(SeccompTables, who_hands_nothing_over_cannot_hide_an_address_in_a_message) {  // ISO-05
  for (const Filter filter : {Filter::proxyd, Filter::watchd})
    EXPECT_EQ(calls_of(filter).count("sendmsg"), 0u) << name_of(filter);
}

TEST(SeccompTables, a_dialer_takes_nobody_in) {
  for (const char* call : {"bind", "listen", "accept", "accept4", "openat"})
    EXPECT_EQ(calls_of(Filter::dialerd).count(call), 0u) << call;
}

TEST(SeccompTables, every_row_has_its_reason) {
  for (const Filter filter : kFilters)
    for (const Rows rows : tables_of(filter))
      for (const Row& row : rows) EXPECT_NE(std::string(row.reason), "") << row.name;
}

TEST(SeccompTables, fit_into_the_kernels_limit_with_room) {
  for (const Filter filter : kFilters)
    EXPECT_LT(assemble(tables_of(filter), 1).size(), std::size_t{BPF_MAXINSNS} / 4);
}

}  // namespace
}  // namespace gw::sys::seccomp
