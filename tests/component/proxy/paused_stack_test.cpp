// A handshake that waits for keyd stands on a stack of 32 KiB, which libcrypto takes from the heap without a
// page behind it that would catch an overrun. So it is measured how much of it is ever used.

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "component/proxy/keys_elsewhere.h"

namespace gw {
namespace {

constexpr std::size_t kStack = 32'768;  // STACKSIZE of libcrypto's async_posix.c
constexpr std::size_t kMostUsed = kStack / 2;
constexpr int kUntouched = 0xa5;

/// Stands before libcrypto's allocator, from before its first allocation.
struct Watch {
  Watch() { CRYPTO_set_mem_functions(&take, &resize, &give); }

  static void* take(std::size_t size, const char* file, int) {
    void* memory = std::malloc(size);
    if (size != kStack || std::strstr(file, "async_posix.c") == nullptr) return memory;
    std::memset(memory, kUntouched, size);
    *std::find(stacks.begin(), stacks.end(), nullptr) = static_cast<unsigned char*>(memory);
    return memory;
  }
  static void* resize(void* memory, std::size_t size, const char*, int) { return std::realloc(memory, size); }
  static void give(void* memory, const char*, int) {
    const auto found = std::find(stacks.begin(), stacks.end(), memory);
    if (memory != nullptr && found != stacks.end()) {
      deepest = std::max(deepest, depth_of(*found));
      *found = nullptr;
    }
    std::free(memory);
  }
  static std::size_t depth_of(const unsigned char* stack) {
    return static_cast<std::size_t>(
        stack + kStack -
        std::find_if(stack, stack + kStack, [](unsigned char octet) { return octet != kUntouched; }));
  }
  /// The most that any of them has used so far.
  static std::size_t used() {
    for (const unsigned char* stack : stacks)
      if (stack != nullptr) deepest = std::max(deepest, depth_of(stack));
    return deepest;
  }

  static inline std::array<unsigned char*, 1'024> stacks{};
  static inline std::size_t deepest = 0;
} const watch;

class PausedStack : public KeysElsewhere {
 protected:
  /// As long and as heavy as the verifier takes.
  static support::Issued heavy(const support::TestCa& root, support::CertificateOptions leaf) {
    support::CertificateOptions issuer{.name = "issuer", .key = support::KeyKind::rsa3072};
    issuer.name_constraints = "excluded;DNS:a.example,excluded;DNS:b.example";
    leaf.key = support::KeyKind::rsa3072;
    for (int i = 0; i < 200; ++i) leaf.alternative_names += ",DNS:n" + std::to_string(i) + ".d.example";
    return root.intermediate(issuer).intermediate(issuer).intermediate(issuer).issue(leaf);
  }
};

TEST_F(PausedStack, the_heaviest_handshake_leaves_half_of_it) {
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    auto terminal = box.good_terminal();
    auto cloud = box.good_cloud();
    terminal.credential = heavy(box.terminal_ca, {.alternative_names = "URI:urn:sekisho:clinic:t1"});
    cloud.credential =
        heavy(box.cloud_ca, {.alternative_names = "DNS:emr.cloud.example", .usage = "serverAuth"});
    terminal.min_version = terminal.max_version = cloud.min_version = cloud.max_version = version;
    box.publish([](model::Tenant& tenant) {
      tenant.services[0].downstream.profile.name = model::ProfileName::high_12;
      tenant.services[0].upstream.profile.name = model::ProfileName::high_12;
    });
    keyd.hold(version == TLS1_3_VERSION ? 3 : 4, {true, true, model::CivilSeconds::max()});
    const auto pair = open_with(terminal, cloud);
    EXPECT_TRUE(echoes(*pair));
  }
  EXPECT_GT(Watch::used(), 1'000u) << "nothing was paused";
  EXPECT_LT(Watch::used(), kMostUsed);
  RecordProperty("octets", static_cast<int>(Watch::used()));
}

}  // namespace
}  // namespace gw
