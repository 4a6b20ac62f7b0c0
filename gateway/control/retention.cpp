#include "control/retention.h"

#include <algorithm>

#include "base/text.h"

namespace gw::control {
namespace {

using model::KeptFor;
using model::RecordClass;

constexpr RecordClass kClasses[] = {RecordClass::connection, RecordClass::administration, RecordClass::other};

std::string name_of(RecordClass of) { return "keep " + std::string(to_string(of)); }

std::string words_of(KeptFor kept) {
  return kept.is_for_ever() ? "for ever" : std::to_string(kept.count()) + " years";
}

std::string words_of(const model::Spans& keeping) {
  std::string out = "older than they have to be kept:";
  for (const RecordClass of : kClasses)
    out += (out.ends_with(':') ? " " : ", ") + std::string(to_string(of)) + " " +
           words_of(keeping[static_cast<std::size_t>(of)]);
  return out;
}

std::optional<KeptFor> kept_for(std::uint64_t years) {
  return years == 0 ? KeptFor::for_ever()
                    : KeptFor::years(static_cast<std::uint32_t>(std::min<std::uint64_t>(years, UINT32_MAX)));
}

}  // namespace

Result<model::Spans> Retention::keeping() {
  model::Spans out{};
  for (const RecordClass of : kClasses) {
    GW_TRY(const auto kept, store_.keepsake(name_of(of)));
    if (!kept) continue;
    const auto years = parse_decimal(*kept);
    const auto found = years ? kept_for(*years) : std::nullopt;
    if (!found) return Error{ErrorCode::store_damaged, "how long records are kept cannot be read"};
    out[static_cast<std::size_t>(of)] = *found;
  }
  return out;
}

Result<> Retention::keep(const ipc::records::KeepFor& wanted) {
  const auto years = kept_for(wanted.years);
  if (!years) return Error{ErrorCode::store_failed, "records are kept for 2 to 99 years, or for ever"};
  GW_TRY(const model::Spans before, keeping());
  GW_TRY(store_.keep_keepsake(name_of(wanted.of), std::to_string(years->count())));
  records_.write(Event(EventId::records_kept_for)
                     .add(Field::name, wanted.by)
                     .add(Field::detail, std::string(to_string(wanted.of)) + ": " + words_of(*years) +
                                             ", before " +
                                             words_of(before[static_cast<std::size_t>(wanted.of)]))
                     .add(Field::reason, wanted.reason));
  return Done{};
}

void Retention::tick(std::optional<model::ClockState> state) {
  const Instant now = clock_.now();
  if (state != model::ClockState::right || now < due_) return;
  const Result<std::uint64_t> removed = remove_some();
  due_ = now + kEvery;
  if (removed && *removed == kMostAtOnce) due_ = now + kRestEvery;
}

/// How many.
Result<std::uint64_t> Retention::remove_some() {
  GW_TRY(const model::Spans kept, keeping());
  const CivilTime now = clock_.civil_now();
  const std::uint64_t first = store_.first();
  GW_TRY(const std::uint64_t last, store_.removable(kept, now, kMostAtOnce));
  if (last == 0) return std::uint64_t{0};
  GW_TRY(store_.remove(last, now, words_of(kept)));
  return last - first + 1;
}

Result<ipc::records::Keeping> Retention::report() {
  GW_TRY(const model::Spans kept, keeping());
  GW_TRY(const auto oldest, store_.oldest());
  GW_TRY(const Forecast room, store_.forecast(clock_.civil_now()));
  return ipc::records::Keeping{kept[0].count(), kept[1].count(),
                               kept[2].count(), store_.first(),
                               store_.last(),   oldest.value_or(std::chrono::milliseconds(0)),
                               room.left,       room.a_day};
}

}  // namespace gw::control
