#include "cli/change_editor.h"

#include "base/codec.h"
#include "ipc/messages/control_records.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace msg = ipc::changes;
namespace op = ipc::op;
using msg::Msg;

constexpr std::size_t kMostHistory = 8u << 20;

Result<std::string> text_in(const UniqueFd& sealed) {
  GW_TRY(const auto octets, sys::read_sealed(sealed.get(), ipc::control_records::kMostWords));
  return std::string(as_text(octets));
}

Result<ChangeEditor::Shown> shown_in(const ipc::Frame& frame) {
  if (frame.type != ipc::type_number(Msg::change)) return Error{ErrorCode::channel_out_of_phase};
  ChangeEditor::Shown out;
  GW_TRY(out.change, decode<msg::Change>(frame.body));
  GW_TRY(out.report, text_in(frame.fds.at(0)));
  GW_TRY(out.words, text_in(frame.fds.at(1)));
  GW_TRY(const auto effect, sys::read_sealed(frame.fds.at(2).get(), model::kMostEffect));
  if (!effect.empty()) {
    GW_TRY(out.foreseen, decode<model::Effect>(effect));
  }
  return out;
}

Result<model::ChangeNumber> number_in(const ipc::Frame& frame) {
  if (frame.type != ipc::type_number(Msg::staged)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto staged, decode<msg::Staged>(frame.body));
  return staged.change;
}

}  // namespace

Result<ChangeEditor> ChangeEditor::open(const std::string& socket_path) {
  GW_TRY(Visit visit, Visit::begin(socket_path, op::Msg::change_configuration, op::Msg::configuration_editor,
                                   msg::kFromControld, ipc::type_number(Msg::refused)));
  return ChangeEditor(std::move(visit));
}

template <class Body>
Result<ChangeEditor::Shown> ChangeEditor::shown(Msg type, const Body& body) {
  GW_TRY(const ipc::Frame frame, visit_.ask(type, body));
  return shown_in(frame);
}

Result<model::ChangeNumber> ChangeEditor::stage(const msg::Stage& wanted, const config::Sources& sources) {
  config::Sources copy = sources;
  GW_TRY(const UniqueFd sealed, sys::seal(encode(copy), "configuration"));
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::stage, wanted, {sealed.get()}));
  return number_in(frame);
}

Result<model::ChangeNumber> ChangeEditor::copy(const msg::Copy& wanted) {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::copy, wanted));
  return number_in(frame);
}

Result<msg::PutInForce> ChangeEditor::put(const msg::Put& wanted) {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::put, wanted));
  if (frame.type == ipc::type_number(Msg::put_in_force)) return decode<msg::PutInForce>(frame.body);
  GW_TRY(const Shown refused, shown_in(frame));
  return msg::PutInForce{{}, refused.change};
}

Result<ChangeEditor::Shown> ChangeEditor::check(const msg::Act& wanted) { return shown(Msg::check, wanted); }
Result<ChangeEditor::Shown> ChangeEditor::confirm(const msg::Confirm& wanted) {
  return shown(Msg::confirm, wanted);
}
Result<ChangeEditor::Shown> ChangeEditor::extend(const msg::Extend& wanted) {
  return shown(Msg::extend, wanted);
}
Result<ChangeEditor::Shown> ChangeEditor::turn_back(const msg::Act& wanted) {
  return shown(Msg::turn_back, wanted);
}
Result<ChangeEditor::Shown> ChangeEditor::withdraw(const msg::Act& wanted) {
  return shown(Msg::withdraw, wanted);
}
Result<ChangeEditor::Shown> ChangeEditor::find(model::ChangeNumber number) {
  return shown(Msg::find, msg::Find{number});
}

Result<std::vector<msg::Change>> ChangeEditor::history(std::uint32_t most) {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::history, msg::History{most}));
  if (frame.type != ipc::type_number(Msg::changes)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), kMostHistory));
  GW_TRY(auto all, decode<msg::Changes>(octets));
  return std::move(all.changes);
}

Result<config::Sources> ChangeEditor::sources(model::ChangeNumber number) {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::sources, msg::Find{number}));
  if (frame.type != ipc::type_number(Msg::configuration)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), config::kMostSources));
  return decode<config::Sources>(octets);
}

}  // namespace gw::cli
