#include "base/secret.h"

#include <cstring>

namespace gw {

void wipe(void* memory, std::size_t size) {
  if (size != 0) ::explicit_bzero(memory, size);  // of nothing there may be no address
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(bytes_.data(), bytes_.size());
  // A short string lives inside the object, so moving it would leave a copy behind: swap, then wipe.
  bytes_.clear();
  bytes_.swap(other.bytes_);
  wipe(other.bytes_.data(), other.bytes_.size());
  other.bytes_.clear();
  return *this;
}

Secret::~Secret() { wipe(bytes_.data(), bytes_.size()); }

}  // namespace gw
