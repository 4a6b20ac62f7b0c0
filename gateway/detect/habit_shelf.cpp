#include "detect/habit_shelf.h"

#include "base/codec.h"

namespace gw::detect {

Result<Habits> HabitShelf::all() {
  Habits out;
  GW_TRY(auto rows, database_->prepare("SELECT tenant, terminal, service, habit FROM habits LIMIT ?1"));
  rows.bind(1, std::uint64_t{Habits::kMost});
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    const auto habit = decode<Habit>(rows.octets(3));
    if (habit)
      out.put_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))}, *habit);
  }
}

Result<> HabitShelf::put(const Habits& habits) {
  GW_TRY(auto insert, database_->prepare("INSERT OR REPLACE INTO habits VALUES(?1, ?2, ?3, ?4)"));
  GW_TRY(auto remove,
         database_->prepare("DELETE FROM habits WHERE tenant = ?1 AND terminal = ?2 AND service = ?3"));
  for (const Habits::Key& key : habits.changed()) {
    const auto found = habits.all().find(key);
    const bool is_there = found != habits.all().end();
    store::Statement& row = is_there ? insert : remove;
    row.bind(1, std::string_view(key.tenant)).bind(2, std::string_view(key.terminal));
    row.bind(3, std::string_view(key.service));
    const std::vector<std::uint8_t> octets = is_there ? encode(found->second) : std::vector<std::uint8_t>();
    if (is_there) row.bind(4, Bytes(octets));
    GW_TRY(row.run());
  }
  return Done{};
}

}  // namespace gw::detect
