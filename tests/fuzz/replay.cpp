// Runs a fuzz target without a fuzzer: every seed of a folder as it is, then each small mutation of it. The
// sweep is deterministic, so a failure names its cause and comes again.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "support/mutations.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using gw::support::Octets;

void run(const Octets& input) { LLVMFuzzerTestOneInput(input.data(), input.size()); }

void sweep(const Octets& seed) {
  run(seed);
  Octets longer = seed;
  longer.push_back(0);
  run(longer);
  gw::support::for_each_cut(seed, run);
  gw::support::for_each_change(seed, run);
}

Octets read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Octets(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> seeds;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    if (entry.is_regular_file()) seeds.push_back(entry.path());
  std::sort(seeds.begin(), seeds.end());
  run({});
  for (const auto& seed : seeds) {
    std::printf("%s\n", seed.filename().c_str());
    std::fflush(stdout);
    sweep(read_file(seed));
  }
  std::printf("%zu seeds\n", seeds.size());
  return seeds.empty() ? 1 : 0;
}
