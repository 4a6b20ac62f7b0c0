#include "window.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace gw::bench {
namespace {

using Seconds = std::chrono::duration<double>;

double percentile(std::vector<std::uint32_t>& values, double share) {
  if (values.empty()) return 0;
  const auto place =
      std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

void Tally::waited(Instant since) {
  const auto wait = std::chrono::duration_cast<std::chrono::microseconds>(system_clock().now() - since);
  waits_us.push_back(static_cast<std::uint32_t>(wait.count()));
}

Window::Window(Loop& loop, const Options& options)
    : loop_(loop), warm_up_(options.number("warm-up", 0.5)), length_(options.number("seconds", 3)) {
  for (const std::string& pid : options.list("watch")) {
    clockid_t clock = 0;
    if (::clock_getcpuclockid(static_cast<pid_t>(std::stol(pid)), &clock) != 0)
      give_up("there is no process " + pid);
    clocks_.push_back(clock);
  }
}

double Window::cpu_seconds() const {
  double sum = 0;
  for (const clockid_t clock : clocks_) {
    timespec used{};
    if (::clock_gettime(clock, &used) != 0) give_up("a watched process has ended");
    sum += static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
  }
  return sum;
}

void Window::spin(double seconds) {
  const Instant end =
      system_clock().now() + std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
  while (system_clock().now() < end) loop_.reactor->run_once(std::chrono::milliseconds(5));
}

int Window::run(Tally& tally) {
  spin(warm_up_);
  const Instant patience = system_clock().now() + std::chrono::seconds(30);
  while (tally.units == 0 && system_clock().now() < patience) spin(warm_up_);
  tally.waits_us.clear();
  const std::uint64_t units = tally.units;
  const double cpu = cpu_seconds();
  const Instant start = system_clock().now();
  spin(length_);
  const double used = cpu_seconds() - cpu;
  const double wall = Seconds(system_clock().now() - start).count();
  std::printf(
      "{\"units\": %llu, \"wall_s\": %.6f, \"cpu_s\": %.6f, \"errors\": %llu, \"p50_us\": %.0f, \"p99_us\": "
      "%.0f}\n",
      static_cast<unsigned long long>(tally.units - units), wall, used,
      static_cast<unsigned long long>(tally.errors), percentile(tally.waits_us, 0.5),
      percentile(tally.waits_us, 0.99));
  std::fflush(stdout);
  return tally.units > units ? 0 : 1;
}

}  // namespace gw::bench
