#include "bench/box_memory.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace gw::bench {
namespace {

struct alignas(16) Header {
  std::size_t size;
  bool of_the_box;
};

int turns = 0;
std::int64_t held_bytes = 0;
std::int64_t held_blocks = 0;

/// A chunk of glibc's malloc: eight octets of its own, multiples of sixteen, at least 32.
std::int64_t chunk(std::size_t size) {
  return static_cast<std::int64_t>(std::max<std::size_t>(32, (size + 8 + 15) / 16 * 16));
}

void account(const Header& header, int sign) {
  if (!header.of_the_box) return;
  held_bytes += sign * chunk(header.size);
  held_blocks += sign;
}

Header* header_of(void* block) { return static_cast<Header*>(block) - 1; }

void* take(std::size_t size) {
  auto* header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) return nullptr;
  *header = {size, turns > 0};
  account(*header, 1);
  return header + 1;
}

void give_back(void* block) {
  if (block == nullptr) return;
  account(*header_of(block), -1);
  std::free(header_of(block));
}

void* crypto_take(std::size_t size, const char*, int) { return size == 0 ? nullptr : take(size); }
void crypto_give_back(void* block, const char*, int) { give_back(block); }
void* crypto_resize(void* block, std::size_t size, const char*, int) {
  void* const moved = size == 0 ? nullptr : take(size);
  if (block != nullptr && moved != nullptr) std::memcpy(moved, block, std::min(size, header_of(block)->size));
  if (moved != nullptr || size == 0) give_back(block);
  return moved;
}

/// Before anything else can have asked libcrypto for memory.
const bool complete = CRYPTO_set_mem_functions(crypto_take, crypto_resize, crypto_give_back) == 1;

}  // namespace

BoxMemory::Turn::Turn() { ++turns; }
BoxMemory::Turn::~Turn() { --turns; }
std::int64_t BoxMemory::held() { return held_bytes; }
std::int64_t BoxMemory::blocks() { return held_blocks; }
bool BoxMemory::is_complete() { return complete; }

}  // namespace gw::bench

void* operator new(std::size_t size) {
  if (void* block = gw::bench::take(size)) return block;
  throw std::bad_alloc();
}
void operator delete(void* block) noexcept { gw::bench::give_back(block); }
void operator delete(void* block, std::size_t) noexcept { gw::bench::give_back(block); }
