#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <vector>

#include "component/keys/soft_tpm.h"
#include "component/keys/stranger.h"
#include "keys/file_key.h"
#include "keys/opening.h"
#include "keys/wrapping.h"
#include "support/in_child.h"

// Once a key is open it signs without opening anything: a process signs under a filter that kills it for
// trying, so that the walls of whoever holds the keys can be as high.

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;

constexpr unsigned kOpeningCalls[] = {
    SYS_openat, SYS_socket, SYS_connect, SYS_execve, SYS_execveat, SYS_clone, SYS_clone3, SYS_memfd_create,
#ifdef SYS_open
    SYS_open,
#endif
};

bool forbid_opening() {
  std::vector<sock_filter> program{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const unsigned call : kOpeningCalls) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/// 0 if all went well.
int signs_behind_walls(PrivateKey& key, Scheme first, Scheme second) {
  return support::in_child([&] {
    if (!forbid_opening()) return 1;
    for (int i = 0; i < 20; ++i)
      if (!key.sign(first, as_bytes("a")) || !key.sign(second, as_bytes("b"))) return 2;
    return 0;
  });
}

TEST(NoOpeningTest, keys_of_files_sign_behind_walls) {
  const Secret wrapping(std::string(kLeastWrappingSecret, 'w'));
  for (const auto& [kind, first, second] :
       {std::tuple(model::KeyKind::p256, Scheme::ecdsa_sha256, Scheme::ecdsa_sha512),
        {model::KeyKind::rsa_2048, Scheme::pss_sha256, Scheme::pkcs1_sha384}}) {
    const auto pem = make_encrypted_key(kind, wrapping);
    ASSERT_TRUE(pem);
    const auto key = open_key(Secret(*pem), {&wrapping});
    ASSERT_TRUE(key) << key.error().to_text();
    EXPECT_EQ(signs_behind_walls(**key, first, second), 0);
  }
}

TEST(NoOpeningTest, keys_of_a_tpm_sign_and_change_places_behind_walls) {
  const SoftTpm soft;
  const auto tpm = Tpm::connect(soft.connect());
  ASSERT_TRUE(tpm) << tpm.error().to_text();
  const auto pem = (*tpm)->make_key(model::KeyKind::p256), other_pem = (*tpm)->make_key(model::KeyKind::p256);
  ASSERT_TRUE(pem && other_pem);
  Keepers keepers;
  keepers.tpm = tpm->get();
  const auto key = open_key(Secret(*pem), keepers), other = open_key(Secret(*other_pem), keepers);
  ASSERT_TRUE(key && other);
  EXPECT_EQ(signs_behind_walls(**key, Scheme::ecdsa_sha256, Scheme::ecdsa_sha384),
            0);  // first, it is exchanged
}

TEST(NoOpeningTest, the_walls_kill_who_opens_something) {
  EXPECT_EQ(support::in_child([] {
              if (!forbid_opening()) return 1;
              ::syscall(SYS_openat, -1, "/", 0);
              return 0;
            }),
            -SIGSYS);
}

}  // namespace
}  // namespace gw::keys
