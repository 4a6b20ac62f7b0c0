#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gw {

/// Overwrites memory in a way the compiler may not leave out.
void wipe(void* memory, std::size_t size);

/// Bytes that are wiped when they go: key material on its way to the library. Moves, never copies.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(Secret&& other) noexcept { *this = std::move(other); }
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::string_view view() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace gw
