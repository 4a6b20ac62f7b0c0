// What a GiB costs the box in CPU when it puts TLS around the terminal's own, beside what it costs when the
// box speaks both sides (terminate), in the same process and the same minute.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "bench/crowd.h"
#include "bench/tunnels.h"
#include "pki/handles.h"

namespace gw::bench {
namespace {

constexpr std::size_t kMoved = 256u << 20;
constexpr double kGiB = 1024.0 * 1024 * 1024;
constexpr int kRounds = 3;

double cpu_now() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Counts the box's own turns.
class Watch {
 public:
  explicit Watch(support::Compartment& box) : box_(box) {
    box_.around_turn = [this](bool begins) { spent_ += begins ? -cpu_now() : cpu_now(); };
  }
  ~Watch() { box_.around_turn = nullptr; }
  double spent() const { return spent_; }

 private:
  support::Compartment& box_;
  double spent_ = 0;
};

/// What the terminal sends, as far as `take` has it taken at the cloud: CPU seconds a GiB.
double cost(support::Compartment& box, support::TlsPeer& terminal, const std::function<std::size_t()>& take) {
  const std::string piece(1 << 20, 'x');
  Watch watch(box);
  std::size_t arrived = 0;
  const bool moved = box.until([&] {
    if (terminal.all_sent()) terminal.send(piece);
    terminal.step();
    arrived += take();
    return arrived >= kMoved;
  });
  EXPECT_TRUE(moved) << arrived;
  return watch.spent() * kGiB / static_cast<double>(arrived);
}

double of_termination() {
  Crowd crowd;
  EXPECT_TRUE(crowd.open(1));
  Crowd::Session& session = crowd[0];
  std::size_t seen = session.cloud.received().size();
  return cost(crowd.box, session.terminal, [&] {
    session.cloud.step();
    return session.cloud.received().size() - std::exchange(seen, session.cloud.received().size());
  });
}

double of_wrapping() {
  Tunnels tunnels;
  EXPECT_TRUE(tunnels.open(1));
  Tunnels::Session& session = tunnels[0];
  std::array<char, 16 * 1024>
      octets;  // as the TLS of the other case reads: more would drive the box out of the cache
  return cost(tunnels.box, session.terminal, [&] {
    std::size_t taken = 0;
    for (ssize_t size = 1; size > 0;) {
      size = ::recv(session.cloud.get(), octets.data(), octets.size(), MSG_DONTWAIT);
      taken += static_cast<std::size_t>(std::max<ssize_t>(size, 0));
    }
    return taken;
  });
}

/// What protecting a GiB in records costs by itself: the part that wrapping saves.
double of_encryption() {
  const std::unique_ptr<EVP_CIPHER_CTX, pki::Freer<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  std::array<unsigned char, 16 * 1024> in{}, out{};
  const unsigned char key[32] = {1}, nonce[12] = {2};
  unsigned char tag[16];
  const double began = cpu_now();
  for (std::size_t done = 0; done < kMoved; done += in.size()) {
    int size = 0;
    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key, nonce);
    EVP_EncryptUpdate(cipher.get(), out.data(), &size, in.data(), static_cast<int>(in.size()));
    EVP_EncryptFinal_ex(cipher.get(), out.data(), &size);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, sizeof tag, tag);
  }
  return (cpu_now() - began) * kGiB / static_cast<double>(kMoved);
}

TEST(TunnelCost, wrapping_costs_no_more_than_terminating_less_the_encryption_it_saves) {
  double terminate = 1e9, wrap = 1e9, encryption = 1e9;  // the least of each: noise only adds
  for (int round = 0; round < kRounds; ++round) {
    terminate = std::min(terminate, of_termination());
    wrap = std::min(wrap, of_wrapping());
    encryption = std::min(encryption, of_encryption());
  }
  std::printf("CPU seconds a GiB: terminate %.3f, wrap %.3f, encryption alone %.3f\n", terminate, wrap,
              encryption);
  EXPECT_LE(wrap, 1.1 * (terminate - encryption));
}

}  // namespace
}  // namespace gw::bench
