#include "cli/log_reader.h"

#include "base/codec.h"
#include "ipc/messages/operator.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace msg = ipc::records;
namespace op = ipc::op;
using msg::Msg;

Result<std::string> text_of(const ipc::Frame& frame) {
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), msg::kMostText));
  return std::string(as_text(octets));
}

}  // namespace

Result<LogReader> LogReader::open(const std::string& socket_path) {
  GW_TRY(Visit visit, Visit::begin(socket_path, op::Msg::read_records, op::Msg::records_reader,
                                   msg::kFromControld, ipc::type_number(Msg::refused)));
  return LogReader(std::move(visit));
}

Result<LogReader::Found> LogReader::find(const msg::Find& wanted) {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::find, wanted));
  if (frame.type != ipc::type_number(Msg::found)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto found, decode<msg::Found>(frame.body));
  GW_TRY(auto text, text_of(frame));
  return Found{std::move(text), found.count, found.oldest};
}

Result<> LogReader::chain(std::uint64_t from, const std::function<Result<>(std::string_view text)>& take) {
  for (bool is_first = true;; is_first = false) {
    GW_TRY(const ipc::Frame frame, visit_.ask(Msg::chain, msg::Chain{from}));
    if (frame.type != ipc::type_number(Msg::piece)) return Error{ErrorCode::channel_out_of_phase};
    GW_TRY(const auto piece, decode<msg::Piece>(frame.body));
    GW_TRY(const std::string text, text_of(frame));
    const std::size_t head = text.find('\n') + 1;  // that of a later piece stands in the middle
    GW_TRY(take(std::string_view(text).substr(is_first ? 0 : head)));
    if (piece.next <= from || piece.next > piece.last) return Done{};
    from = piece.next;
  }
}

Result<> LogReader::exported(const msg::Exported& receipt) { return noted(Msg::exported, receipt); }

Result<> LogReader::keep(const msg::KeepFor& wanted) { return noted(Msg::keep_for, wanted); }

template <class Body>
Result<> LogReader::noted(Msg type, const Body& body) {
  GW_TRY(const ipc::Frame frame, visit_.ask(type, body));
  return frame.type == ipc::type_number(Msg::noted) ? Result<>(Done{})
                                                    : Result<>(Error{ErrorCode::channel_out_of_phase});
}

Result<msg::Keeping> LogReader::keeping() {
  GW_TRY(const ipc::Frame frame, visit_.ask(Msg::look));
  if (frame.type != ipc::type_number(Msg::keeping)) return Error{ErrorCode::channel_out_of_phase};
  return decode<msg::Keeping>(frame.body);
}

}  // namespace gw::cli
