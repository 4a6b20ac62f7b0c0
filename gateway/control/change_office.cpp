#include "control/change_office.h"

#include "base/codec.h"
#include "config/sources.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace wire = ipc::control_records;
using changes::ChangeNumber;
using changes::Order;
using wire::Msg;

struct Row {
  Msg message;
  Order order;
};
constexpr Row kOrders[] = {
    {Msg::look, Order::look}, {Msg::put, Order::put}, {Msg::keep, Order::keep}, {Msg::back, Order::back}};

std::optional<Order> order_of(Msg message) {
  for (const Row& row : kOrders)
    if (row.message == message) return row.order;
  return std::nullopt;
}

Result<std::string> text_in(const UniqueFd& sealed) {
  GW_TRY(const auto octets, sys::read_sealed(sealed.get(), wire::kMostWords));
  return std::string(as_text(octets));
}

}  // namespace

ChangeOffice::ChangeOffice(RecordStore& store, Chronicle& chronicle, const Clock& clock,
                           const ipc::Channel& supervisor)
    : supervisor_(supervisor),
      changes_(
          store.database(), clock,
          [&chronicle](std::span<const Event> told, const std::function<Result<>()>& with) {
            return chronicle.write(told, with);
          },
          hand(),
          [this](Order order, ChangeNumber change, const Result<>& outcome) {
            for (EditorDesk& editor : editors_) editor.told(changes_, order, change, outcome);
          }) {}

changes::Changes::Hand ChangeOffice::hand() {
  const auto say = [this](Msg type, std::vector<std::uint8_t> body, std::vector<int> fds) {
    return supervisor_.send(ipc::type_number(type), 0, body, std::move(fds));
  };
  return {[say](ChangeNumber change, Bytes sources, Bytes before) -> Result<> {
            GW_TRY(const UniqueFd sealed, sys::seal(sources, "configuration"));
            GW_TRY(const UniqueFd compared, sys::seal(before, "configuration"));
            return say(Msg::look, encode(wire::Look{change}), {sealed.get(), compared.get()});
          },
          [say](ChangeNumber change, Bytes sources, std::chrono::seconds within) -> Result<> {
            GW_TRY(const UniqueFd sealed, sys::seal(sources, "configuration"));
            return say(Msg::put, encode(wire::Put{change, within}), {sealed.get()});
          },
          [say](ChangeNumber change, bool is_found) {
            return say(Msg::keep, encode(wire::Keep{change, is_found}), {});
          },
          [say](ChangeNumber change) { return say(Msg::back, encode(wire::Back{change}), {}); },
          [say](ChangeNumber change, std::chrono::seconds within) {
            return say(Msg::wait, encode(wire::Wait{change, within}), {});
          }};
}

Result<> ChangeOffice::hear(const ipc::Frame& frame) {
  return unless_full(static_cast<Msg>(frame.type) == Msg::standing ? hear_standing(frame)
                                                                   : hear_carried(frame));
}

Result<> ChangeOffice::hear_standing(const ipc::Frame& frame) {
  GW_TRY(const auto told, decode<wire::Standing>(frame.body));
  GW_TRY(auto sources, sys::read_sealed(frame.fds.front().get(), config::kMostSources));
  return changes_.hear(changes::Standing{told.in_force, told.start, told.undone, std::move(sources)});
}

Result<> ChangeOffice::hear_carried(const ipc::Frame& frame) {
  GW_TRY(const auto told, decode<wire::Carried>(frame.body));
  const auto order = order_of(told.order);
  if (!order) return Error{ErrorCode::message_malformed, "carried out what is no order"};
  changes::Carried carried{.order = *order, .change = told.change};
  if (told.refusal) carried.outcome = Error{told.refusal->code, told.refusal->detail};
  GW_TRY(carried.report, text_in(frame.fds.front()));
  GW_TRY(carried.words, text_in(frame.fds[1]));
  GW_TRY(const auto effect, sys::read_sealed(frame.fds.back().get(), model::kMostEffect));
  if (!effect.empty()) {
    GW_TRY(carried.foreseen, decode<model::Effect>(effect));
  }
  carried.widens = told.widens;
  carried.is_guarded = told.is_guarded;
  carried.generation = told.generation.number();
  carried.sessions_kept = told.sessions_kept;
  carried.sessions_closed = told.sessions_closed;
  return changes_.hear(carried);
}

void ChangeOffice::admit(ipc::Channel editor) {
  if (editors_.size() < kMostEditors) editors_.emplace_back(std::move(editor), "at the box");
}

/// Whoever comes earlier waits.
void ChangeOffice::serve() {
  if (!changes_.is_ready()) return;
  editors_.remove_if([this](EditorDesk& editor) { return !editor.serve(changes_); });
}

Result<> ChangeOffice::tick() { return unless_full(changes_.tick()); }

std::vector<int> ChangeOffice::fds() const {
  std::vector<int> out;
  for (const EditorDesk& editor : editors_)
    if (changes_.is_ready() && !editor.waits()) out.push_back(editor.fd());
  return out;
}

}  // namespace gw::control
