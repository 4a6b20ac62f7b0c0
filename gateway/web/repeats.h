#pragma once

#include <array>
#include <list>
#include <optional>
#include <string>

#include "base/clock.h"
#include "https/http.h"

namespace gw::web {

/// Answers to questions that must not be carried out twice, by their Idempotency-Key: whoever has lost the
/// answer asks again and gets it. In memory alone, for a while, so many of them. What is kept may hold a code
/// that was told once; whoever asks again has to show the same session's token.
class Repeats {
 public:
  static constexpr std::chrono::minutes kKept{10};
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kMostKey = 128;
  using Digest = std::array<std::uint8_t, 32>;

  enum class Standing : std::uint8_t { fresh, under_way, answered, other };
  struct Found {
    Standing standing{};
    std::optional<https::Answer> answer{};
  };
  /// `who`: of the key and of whom it is; `what`: of all that is asked for. A fresh one is under way from now
  /// on, until keep() or forget().
  Found begin(const Digest& who, const Digest& what, Instant now);
  void keep(const Digest& who, https::Answer answer, Instant now);
  /// It is not known what came of it, or it came to nothing: it may be asked for again.
  void forget(const Digest& who);
  ~Repeats();

 private:
  struct Entry {
    Digest who{}, what{};
    Instant until{};
    std::optional<https::Answer> answer{};
  };
  using Place = std::list<Entry>::iterator;
  Place find(const Digest& who);
  void remove(Place entry);
  void sweep(Instant now);

  std::list<Entry> entries_;  // the oldest first
};

}  // namespace gw::web
