#include "change_orders.h"

#include <fcntl.h>
#include <unistd.h>

#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace wire = ipc::control_records;
using wire::Msg;

constexpr std::size_t kMostOrders = 8;
constexpr std::chrono::seconds kRetry{5};
constexpr std::chrono::seconds kMostWithin{60 * 60};  // of whoever may be in foreign hands

Result<UniqueFd> open_folder(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return Error{ErrorCode::config_unreadable, path + ": " + system_error("open").detail};
  return fd;
}

Instant due_in(std::chrono::seconds within, Instant now) { return now + std::min(within, kMostWithin); }

}  // namespace

ChangeOrders::ChangeOrders(const Premises& premises, std::string state_folder, std::string config_folder,
                           Box box)
    : premises_(premises),
      file_(state_folder),
      config_folder_(std::move(config_folder)),
      box_(std::move(box)),
      rehearsal_(premises, std::move(state_folder)) {}

EditionPtr ChangeOrders::start() {
  const Result<EditionPtr> read = file_.read();
  if (read) {
    start_ = *read;
    if (start_) kept_ = start_->change;
    return start_;
  }
  premises_.journal.write(Event(EventId::start_unreadable).add(Field::detail, read.error().detail));
  return nullptr;
}

void ChangeOrders::started() {
  has_started_ = true;
  if (!start_) start_ = box_.in_force();
}

void ChangeOrders::left() {
  ++controlds_;
  orders_.clear();
  give_up_looking();
}

void ChangeOrders::stop() {
  has_started_ = false;
  left();
}

bool ChangeOrders::read_order(const ipc::Frame& frame, Order& order) {
  if (order.what == Msg::put || order.what == Msg::wait) {
    const auto put = decode<wire::Put>(frame.body);  // of one shape
    if (put) order.change = put->change, order.within = put->within;
    return static_cast<bool>(put);
  }
  if (order.what == Msg::keep) {
    const auto keep = decode<wire::Keep>(frame.body);
    if (keep) order.change = keep->change, order.is_found = keep->is_found;
    return static_cast<bool>(keep);
  }
  const auto look = decode<wire::Look>(frame.body);  // as a Back is
  if (look) order.change = look->change;
  return static_cast<bool>(look);
}

bool ChangeOrders::hear(ipc::Frame& frame) {
  Order order{.what = static_cast<Msg>(frame.type)};
  if (!read_order(frame, order)) return false;
  if (!frame.fds.empty()) order.sources = std::move(frame.fds.front());
  if (frame.fds.size() > 1) order.before = std::move(frame.fds.back());
  if (orders_.size() >= kMostOrders) return false;
  orders_.push_back(std::move(order));
  return true;
}

void ChangeOrders::tick(Instant now) {
  if (looking_ && now >= looking_->until) {
    const wire::Carried carried{.order = Msg::look, .change = looking_->change};
    give_up_looking();
    refuse(carried, {ErrorCode::publication_timed_out, "conf-compile does not come to an end"});
  }
  if (!has_started_ || busy_ || !box_.is_idle()) return;
  if (std::exchange(owes_standing_, false)) tell_standing();
  tell_confirmed();
  if (undo_due_ && now >= *undo_due_) return undo(now);
  if (orders_.empty()) return;
  Order next = std::move(orders_.front());
  orders_.pop_front();
  begin(std::move(next));
}

void ChangeOrders::begin(Order order) {
  switch (order.what) {
    case Msg::look:
      return look(std::move(order));
    case Msg::put:
      return put(std::move(order));
    case Msg::wait:
      if (undo_due_) undo_due_ = due_in(order.within, premises_.clock.now()) + kGrace;
      return;
    case Msg::keep:
      return keep(order);
    default:
      return back(order, nullptr);
  }
}

// ---------------------------------------------------------------- orders

void ChangeOrders::give_up_looking() {
  rehearsal_.cancel();
  looking_.reset();
}

/// Whatever it does, nothing waits for it.
void ChangeOrders::look(Order order) {
  Result<UniqueFd> folder = open_folder(config_folder_);
  if (!folder) return refuse({.order = Msg::look, .change = order.change}, folder.error());
  give_up_looking();
  looking_ = Looking{order.change, premises_.clock.now() + Publication::kPerStage};
  rehearsal_.run(
      model::Generation{1}, Sent{std::move(order.sources), *std::move(folder)},
      [this, change = order.change](const Result<std::shared_ptr<Edition>>& edition, const UniqueFd& report) {
        on_looked(change, edition, report);
      },
      std::move(order.before));
}

void ChangeOrders::on_looked(model::ChangeNumber change, const Result<std::shared_ptr<Edition>>& edition,
                             const UniqueFd& report) {
  looking_.reset();
  wire::Carried carried{.order = Msg::look, .change = change};
  if (!edition) return refuse(carried, edition.error(), report);
  carried.widens = (*edition)->difference.widens;
  carried.is_guarded = (*edition)->difference.is_guarded;
  const auto kept = std::make_shared<UniqueFd>(::fcntl(report.get(), F_DUPFD_CLOEXEC, 0));
  box_.rehearse(*edition,
                [this, carried, kept, next = *edition, by = controlds_](const model::Effect& effect) {
                  if (by == controlds_) foreseen(carried, *kept, next->difference.words, effect);
                });
}

void ChangeOrders::foreseen(wire::Carried carried, const UniqueFd& report, const UniqueFd& words,
                            const model::Effect& effect) {
  carried.sessions_kept = effect.stay;
  carried.sessions_closed = effect.end;
  if (const Result<UniqueFd> sealed = sys::seal(encode(effect), "effect"))
    finish(carried, report, words, *sealed);
}

/// From when it is tried on: whatever happens meanwhile, it does not stay for ever.
void ChangeOrders::put(Order order) {
  Result<UniqueFd> folder = open_folder(config_folder_);
  if (!folder) return refuse({.order = Msg::put, .change = order.change}, folder.error());
  busy_ = true;
  undo_due_ = due_in(order.within, premises_.clock.now()) + kGrace;
  undone_ = {};
  box_.publish(Sent{std::move(order.sources), *std::move(folder)}, order.change,
               [this, change = order.change, within = order.within](Outcome outcome) {
                 busy_ = false;
                 undo_due_.reset();
                 if (outcome.result) undo_due_ = due_in(within, premises_.clock.now()) + kGrace;
                 answer(Msg::put, change, std::move(outcome));
               });
}

void ChangeOrders::keep(const Order& order) {
  const wire::Carried carried{.order = Msg::keep, .change = order.change};
  const EditionPtr edition = box_.in_force();
  const model::ChangeNumber number = number_of(*edition);
  const bool is_found = order.is_found && number == model::ChangeNumber{};
  if (number != order.change && !is_found)
    return refuse(carried, {ErrorCode::change_out_of_order, "it is not in force"});
  const Result<> written = file_.write(*edition, order.change);
  if (!written) return refuse(carried, written.error());
  if (is_found) adopted_ = order.change;
  start_ = edition;
  kept_ = order.change;
  undo_due_.reset();
  finish(carried, {});
}

void ChangeOrders::back(const Order& order, const char* why) {
  busy_ = true;
  box_.publish(start_, start_->change, [this, change = order.change, why](Outcome outcome) {
    busy_ = false;
    if (outcome.result) undo_due_.reset();
    if (why == nullptr) return answer(Msg::back, change, std::move(outcome));
    if (!outcome.result) return;  // tried again
    undone_ = change;
    owes_standing_ = true;
    premises_.journal.write(
        Event(EventId::change_undone_alone).add(Field::change, change.number()).add(Field::reason, why));
  });
}

/// controld did not see to it.
void ChangeOrders::undo(Instant now) {
  undo_due_ = now + kRetry;
  back({.what = Msg::back, .change = number_of(*box_.in_force())}, "nobody confirmed it in time");
}

// ---------------------------------------------------------------- answers

void ChangeOrders::answer(Msg order, model::ChangeNumber change, Outcome outcome) {
  wire::Carried carried{.order = order, .change = change};
  if (!outcome.result) return refuse(carried, outcome.result.error(), outcome.report);
  carried.generation = outcome.result->generation;
  carried.sessions_kept = outcome.result->sessions_kept;
  carried.sessions_closed = outcome.result->sessions_closed;
  finish(carried, outcome.report);
}

void ChangeOrders::refuse(wire::Carried carried, const Error& error, const UniqueFd& report) {
  carried.refusal = wire::Refusal{error.code, error.detail.substr(0, 512)};
  finish(carried, report);
}

void ChangeOrders::finish(wire::Carried carried, const UniqueFd& report, const UniqueFd& words,
                          const UniqueFd& effect) {
  const Result<UniqueFd> nothing = sys::seal({}, "nothing");
  if (!nothing) return;
  const auto or_nothing = [&](const UniqueFd& fd) { return fd ? fd.get() : nothing->get(); };
  box_.tell(Msg::carried, encode(carried), {or_nothing(report), or_nothing(words), or_nothing(effect)});
}

model::ChangeNumber ChangeOrders::number_of(const Edition& edition) const {
  return edition.change == model::ChangeNumber{} ? adopted_ : edition.change;
}

void ChangeOrders::tell_standing() {
  const EditionPtr edition = box_.in_force();
  const wire::Standing standing{number_of(*edition), kept_, undone_};
  box_.tell(Msg::standing, encode(standing), {edition->sources.get()});
}

/// What is only tried out changes neither whom backups are for nor which rules somebody uses.
void ChangeOrders::tell_confirmed() {
  const EditionPtr edition = box_.in_force();
  if (undo_due_ || edition == told_of_) return;
  const Result<UniqueFd> nothing = sys::seal({}, "nothing");
  if (!nothing) return;
  told_of_ = edition;
  box_.tell(Msg::backup_plan, {}, {edition->backup_plan ? edition->backup_plan.get() : nothing->get()});
  box_.tell(Msg::rules, {}, {edition->rules.get()});
}

}  // namespace gw::supervisor
