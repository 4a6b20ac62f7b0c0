// Runs a fuzz target without a fuzzer: every seed of a folder as it is, then each small mutation of it. The
// sweep is deterministic, so a failure names its cause and comes again.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

/// Positions touched in one seed; beyond it the sweep takes even strides, so that a large seed costs no more.
constexpr std::size_t kMaxPositions = 1024;

void run(const Input& input) {
  // A copy of the exact size: one byte too far is then seen by the address sanitizer.
  const Input exact(input);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void sweep_position(const Input& seed, std::size_t position) {
  Input changed = seed;
  for (unsigned bit = 0; bit < 8; ++bit) {
    changed[position] = static_cast<std::uint8_t>(seed[position] ^ (1u << bit));
    run(changed);
  }
  for (const std::uint8_t extreme : {std::uint8_t{0}, std::uint8_t{255}}) {
    changed[position] = extreme;
    run(changed);
  }
  run(Input(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(position)));
}

void sweep(const Input& seed) {
  run(seed);
  Input longer = seed;
  longer.push_back(0);
  run(longer);
  const std::size_t stride = std::max<std::size_t>(1, seed.size() / kMaxPositions);
  for (std::size_t position = 0; position < seed.size(); position += stride) sweep_position(seed, position);
}

Input read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Input(std::istreambuf_iterator<char>(file), {});
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
