#include "agent/contents.h"

#include "base/codec.h"
#include "ipc/awaited.h"
#include "sys/sealed.h"

namespace gw::agent {
namespace {

using ipc::noc::Msg;

constexpr std::chrono::seconds kPatience{10};

Error away(const Error& why) { return {ErrorCode::records_unavailable, "controld: " + why.to_text()}; }

}  // namespace

Result<ipc::Frame> Contents::answer_to(Msg question, std::span<const std::uint8_t> body) {
  GW_TRY(channel_.send(ipc::type_number(question), 0, body));
  return ipc::awaited(channel_, conversation_, clock_.now() + kPatience, clock_);
}

Result<ipc::noc::Batch> Contents::ask(const ipc::noc::Take& wanted) {
  GW_TRY(const ipc::Frame frame, answer_to(Msg::take, encode(wanted)));
  if (frame.type != ipc::type_number(Msg::batch)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), ipc::noc::kMostSealedBatch));
  return decode<ipc::noc::Batch>(octets);
}

Result<std::vector<ipc::noc::Entry>> Contents::take(ipc::noc::Stream stream, std::uint32_t most) {
  auto batch = ask({stream, most});
  if (!batch) return away(batch.error());
  return std::move(batch->entries);
}

Result<> Contents::arrived(ipc::noc::Stream stream, std::uint64_t last) {
  const auto sent = channel_.send(ipc::type_number(Msg::arrived), 0, encode(ipc::noc::Arrived{stream, last}));
  return sent ? Result<>(Done{}) : Result<>(away(sent.error()));
}

Result<> Contents::hand_over(std::string_view orders) {
  do {
    const Bytes piece = as_bytes(orders.substr(0, ipc::noc::kMostPiece));
    orders.remove_prefix(piece.size());
    const ipc::noc::Orders some{{piece.begin(), piece.end()}, orders.empty()};
    if (const auto sent = channel_.send(ipc::type_number(Msg::orders), 0, encode(some)); !sent)
      return away(sent.error());
  } while (!orders.empty());
  return Done{};
}

Result<ipc::noc::Image> Contents::image_wanted() {
  const auto frame = answer_to(Msg::image_wanted, {});
  if (!frame) return away(frame.error());
  if (frame->type != ipc::type_number(Msg::image)) return away({ErrorCode::channel_out_of_phase, {}});
  auto wanted = decode<ipc::noc::Image>(frame->body);
  if (!wanted) return away(wanted.error());
  return wanted;
}

Result<> Contents::hand_over_image(std::uint64_t at, std::uint64_t whole, std::string_view octets) {
  do {
    const Bytes piece = as_bytes(octets.substr(0, ipc::noc::kMostPiece));
    const ipc::noc::ImagePiece some{at, whole, {piece.begin(), piece.end()}};
    if (const auto sent = channel_.send(ipc::type_number(Msg::image_piece), 0, encode(some)); !sent)
      return away(sent.error());
    at += piece.size();
    octets.remove_prefix(piece.size());
  } while (!octets.empty());
  return Done{};
}

void Contents::told(const ipc::noc::Told& told) {
  static_cast<void>(static_cast<bool>(channel_.send(ipc::type_number(Msg::told), 0, encode(told))));
}

}  // namespace gw::agent
