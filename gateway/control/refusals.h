#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/event.h"
#include "store/database.h"

namespace gw::control {

/// Which refusals are wanted. What is empty fits all.
struct RefusalQuery {
  std::chrono::milliseconds from{0};   ///< since 1970, UTC
  std::chrono::milliseconds until{0};  ///< not included; zero: no end
  std::string tenant{}, terminal{};
};

/// What was refused to one device for one reason.
struct RefusalGroup {
  std::string tenant{};
  std::string terminal{};  ///< empty: nobody knows which
  std::string source{};    ///< then its address, or its MAC; empty: of several that were counted together
  EventId event{};         ///< of a sum the event that it sums up
  std::string reason{};    ///< empty: the event says it all, or several were counted together
  std::uint64_t count = 0;
  std::chrono::milliseconds first{0}, last{0};
  std::uint64_t record = 0;  ///< the number of the newest
};

/// Records that mean a refusal, taken one by one, by device and reason.
class RefusalGroups {
 public:
  static constexpr std::size_t kMost = 500;  ///< of the newest

  explicit RefusalGroups(const RefusalQuery& query) : query_(query) {}

  /// A record of the store: its columns and its line (audit/line.h). The newest comes first.
  struct Row {
    std::uint64_t number = 0;
    std::chrono::milliseconds at{0};
    std::string_view tenant{}, event{}, line{};
  };
  void take(const Row& row);

  /// In the order in which they were met.
  const std::vector<RefusalGroup>& groups() const { return groups_; }
  /// There were more than it keeps.
  bool is_cut() const { return is_cut_; }

 private:
  using Key = std::tuple<std::string, std::string, std::string, EventId, std::string>;

  const RefusalQuery& query_;
  std::map<Key, std::size_t> places_{};
  std::vector<RefusalGroup> groups_{};
  bool is_cut_ = false;
};

struct Refusals {
  std::vector<RefusalGroup> groups{};  ///< the newest first
  bool is_cut = false;                 ///< there are more, and older ones, than were looked at
  std::chrono::milliseconds since{0};  ///< how far back was looked
};

/// Looks the newest 10,000 refusals of a time through, by an index of the store's table `records`, however
/// many records lie between them. A time is where the store has its first and last record of it: where the
/// clock was set back, a few at its edges may be missing. store.failed when that takes too long.
Result<Refusals> refusals_of(store::Database& database, const RefusalQuery& query);

}  // namespace gw::control
