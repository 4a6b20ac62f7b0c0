// What a GiB costs the box in CPU when it puts TLS around the terminal's own, beside what it costs when the
// box speaks both sides (terminate): one process, one thread, slice by slice in turn, so that whatever else
// the machine does meets both alike. Nothing here is bounded or measured by the wall's clock.

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

constexpr std::size_t kSlice = 16u << 20;
constexpr int kSlices = 40, kWarm = 2;
constexpr double kGiB = 1024.0 * 1024 * 1024;
constexpr double kMost = 1.1;            // what wrapping may cost, times terminating less what it saves
constexpr double kMostSliceSeconds = 5;  // of CPU, peers and all; a slice takes about 0.05

using Octets = std::array<char, 16 * 1024>;  // as TLS reads: more would drive the box out of the cache

double cpu_now() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// One session that stands, through which its terminal sends as much as it can.
class Way {
 public:
  /// `take` has the cloud take what has arrived, and says how much that was.
  Way(support::Compartment& box, support::TlsPeer& terminal, std::function<std::size_t()> take)
      : box_(box), terminal_(terminal), take_(std::move(take)) {
    box_.around_turn = [this](bool begins) { spent_ += begins ? -cpu_now() : cpu_now(); };
  }
  ~Way() { box_.around_turn = nullptr; }

  /// CPU seconds a GiB, of the box's own turns alone; nothing if a slice does not get through.
  std::optional<double> cost_of_slice() {
    spent_ = 0;
    std::size_t arrived = 0;
    for (const double began = cpu_now(); arrived < kSlice; arrived += take_()) {
      if (cpu_now() - began > kMostSliceSeconds) return std::nullopt;
      if (terminal_.all_sent()) terminal_.send(piece_);
      terminal_.step();
      box_.round();
    }
    return spent_ * kGiB / static_cast<double>(arrived);
  }

 private:
  support::Compartment& box_;
  support::TlsPeer& terminal_;
  std::function<std::size_t()> take_;
  const std::string piece_ = std::string(1 << 20, 'x');
  double spent_ = 0;
};

std::size_t taken_from(SSL* cloud) {
  Octets octets{};
  std::size_t taken = 0;
  for (int size; (size = SSL_read(cloud, octets.data(), octets.size())) > 0;)
    taken += static_cast<std::size_t>(size);
  return taken;
}

std::size_t taken_from(const UniqueFd& cloud) {
  Octets octets{};
  std::size_t taken = 0;
  for (ssize_t size; (size = ::recv(cloud.get(), octets.data(), octets.size(), MSG_DONTWAIT)) > 0;)
    taken += static_cast<std::size_t>(size);
  return taken;
}

/// What protecting a GiB in records costs by itself: the part that wrapping saves.
double cost_of_encryption() {
  const std::unique_ptr<EVP_CIPHER_CTX, pki::Freer<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  std::array<unsigned char, 16 * 1024> in{}, out{};
  const unsigned char key[32] = {1}, nonce[12] = {2};
  unsigned char tag[16];
  const double began = cpu_now();
  for (std::size_t done = 0; done < kSlice; done += in.size()) {
    int size = 0;
    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key, nonce);
    EVP_EncryptUpdate(cipher.get(), out.data(), &size, in.data(), static_cast<int>(in.size()));
    EVP_EncryptFinal_ex(cipher.get(), out.data(), &size);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, sizeof tag, tag);
  }
  return (cpu_now() - began) * kGiB / static_cast<double>(kSlice);
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

TEST(TunnelCost, wrapping_costs_no_more_than_terminating_less_the_encryption_it_saves) {
  Crowd crowd;
  ASSERT_TRUE(crowd.open(1)) << "terminating does not stand";
  Tunnels tunnels;
  ASSERT_TRUE(tunnels.open(1)) << "wrapping does not stand";
  Way terminating(crowd.box, crowd[0].terminal, [&] { return taken_from(crowd[0].cloud.ssl()); });
  Way wrapping(tunnels.box, tunnels[0].terminal, [&] { return taken_from(tunnels[0].cloud); });

  std::vector<double> terminate, wrap, encryption, times;
  for (int slice = -kWarm; slice < kSlices; ++slice) {
    const auto one = terminating.cost_of_slice(), other = wrapping.cost_of_slice();
    ASSERT_TRUE(one) << "terminating stands still in slice " << slice;
    ASSERT_TRUE(other) << "wrapping stands still in slice " << slice;
    const double saved = cost_of_encryption();
    if (slice < 0) continue;
    terminate.push_back(*one);
    wrap.push_back(*other);
    encryption.push_back(saved);
    times.push_back(*other / (*one - saved));
  }
  std::printf(
      "CPU seconds a GiB, medians of %d: terminate %.3f, wrap %.3f, encryption alone %.3f; %.3f times\n",
      kSlices, median_of(terminate), median_of(wrap), median_of(encryption), median_of(times));
  RecordProperty("times", std::to_string(median_of(times)));
  EXPECT_LE(median_of(times), kMost);
}

}  // namespace
}  // namespace gw::bench
