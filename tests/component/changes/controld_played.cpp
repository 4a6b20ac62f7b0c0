#include "component/changes/controld_played.h"

#include <stdlib.h>

#include <algorithm>
#include <stdexcept>

namespace gw::component {
namespace {

namespace fs = std::filesystem;

Error death() { return {ErrorCode::store_failed, "the process is gone"}; }

std::string text_of(Bytes sources) { return std::string(as_text(sources)); }

}  // namespace

ControldPlayed::ControldPlayed(std::uint32_t seed) {
  std::string pattern = "/dev/shm/gw-changes-" + std::to_string(seed) + "-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
  folder_ = pattern;
  fs::create_directory(folder_ / "0");
  box_.start();
  open();
}

ControldPlayed::~ControldPlayed() {
  changes_.reset();
  store_.reset();
  fs::remove_all(folder_);
}

void ControldPlayed::open() {
  auto store = control::RecordStore::open(folder_ / std::to_string(copies_), 1u << 16);
  if (!store) throw std::runtime_error(store.error().to_text());
  store_.emplace(*std::move(store));
  const auto chain = [this](std::span<const Event> told, const std::function<Result<>()>& with) -> Result<> {
    if (died_) return death();
    if (record_fate_ == Fate::lost_before) return died_ = true, death();
    std::vector<audit::Record> records;
    for (const Event& event : told)
      records.push_back({clock_.civil_now(), model::ClockState::right, "controld", {}, event});
    GW_TRY(store_->together(records, with));
    if (record_fate_ == Fate::lost_after) return died_ = true, death();
    return Done{};
  };
  using changes::Order;
  changes::Changes::Hand hand{[this](ChangeNumber change, Bytes sources, Bytes) {
                                return give({Order::look, change, text_of(sources)});
                              },
                              [this](ChangeNumber change, Bytes sources, std::chrono::seconds within) {
                                return give({Order::put, change, text_of(sources), within});
                              },
                              [this](ChangeNumber change, bool is_found) {
                                return give({.what = Order::keep, .change = change, .is_found = is_found});
                              },
                              [this](ChangeNumber change) {
                                return give({Order::back, change});
                              },
                              [this](ChangeNumber, std::chrono::seconds within) -> Result<> {
                                if (box_.undo_due) box_.undo_due = clock_.now() + within + BoxPlayed::kGrace;
                                return Done{};
                              }};
  changes_ = std::make_unique<changes::Changes>(store_->database(), clock_, chain, std::move(hand), nullptr);
  died_ = false;
  doom(Fate::well, Fate::well);
  if (!changes_->hear(box_.standing())) throw std::runtime_error("it does not come up");
}

/// What is ordered has been written down before.
void ControldPlayed::expect_written(const BoxPlayed::Order& order) {
  using changes::State;
  const auto found = changes_->find(order.change);
  const State state = found ? found->state : State::withdrawn;
  static const std::map<changes::Order, std::vector<State>> kBefore{
      {changes::Order::look, {State::staged, State::checked}},
      {changes::Order::put, {State::applying, State::applied, State::confirming}},
      {changes::Order::keep, {State::confirming}},
      {changes::Order::back, {State::rolling_back}}};
  if (std::ranges::find(kBefore.at(order.what), state) == kBefore.at(order.what).end())
    throw std::runtime_error("ordered without a record: " + std::string(to_string(state)));
}

Result<> ControldPlayed::give(BoxPlayed::Order order) {
  if (died_) return death();
  if (changes_) expect_written(order);
  if (order_fate_ == Fate::lost_before) return died_ = true, death();
  box_.orders.push_back(std::move(order));
  if (order_fate_ == Fate::lost_after) return died_ = true, death();
  return Done{};
}

/// On a copy of the files as they are, which is what a power cut leaves.
void ControldPlayed::restart() {
  const fs::path before = folder_ / std::to_string(copies_++);
  fs::copy(before, folder_ / std::to_string(copies_), fs::copy_options::recursive);
  changes_.reset();
  store_.reset();
  fs::remove_all(before);
  box_.orders.clear();
  open();
}

void ControldPlayed::reboot() {
  box_.start();
  restart();
}

void ControldPlayed::hear(const changes::Carried& carried) {
  const Result<> heard = changes_->hear(carried);
  if (!heard && !died_) throw std::runtime_error(heard.error().to_text());
}

std::map<ChangeNumber, std::vector<std::string>> ControldPlayed::records() {
  const auto found = store_->find({}, UINT64_MAX, 100'000);
  if (!found) throw std::runtime_error(found.error().to_text());
  const auto behind = [](const std::string& line, const std::string& key) {
    return line.substr(line.find(key) + key.size());
  };
  std::map<ChangeNumber, std::vector<std::string>> out;
  for (auto record = found->rbegin(); record != found->rend(); ++record) {
    const std::string event = behind(record->line, "\"event\":\"");
    const ChangeNumber change(std::stoull(behind(record->line, "\"change\":")));
    out[change].push_back(event.substr(0, event.find('"')));
  }
  return out;
}

}  // namespace gw::component
