// Recording packets (DEM-03): the supervisor does it, and administrators take along what it heard.

#include <unistd.h>

#include "base/json.h"
#include "capture/pcap_file.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using Msg = op::Msg;

constexpr std::size_t kMostState = 4096;

std::string file_name_of(std::string_view sha256) {
  return "sekisho-" + std::string(sha256.substr(0, 12)) + ".pcap";
}

void add_wish(JsonObject& out, const model::CaptureWish& wish) {
  out.text("interface", wish.interface).number("seconds", static_cast<std::uint64_t>(wish.lasting.count()));
  if (wish.host) out.text("host", wish.host->to_text());
  if (wish.port != 0) out.number("port", wish.port);
}

void add_file(JsonObject& out, const model::CaptureState& state) {
  out.number("size", state.outcome.size).text("sha256", state.outcome.sha256);
  add_time(out, "until", CivilTime(state.ended + model::kCaptureKept));
}

Result<WebAnswer> show_finish(const WebAsk&, const WebAround&, const ipc::Frame& said) {
  GW_TRY(const auto state, sealed_in<model::CaptureState>(said, Msg::captured, kMostState));
  JsonObject out;
  out.flag("under_way", state.began.count() != 0 && state.ended.count() == 0);
  add_time(out, "began", CivilTime(state.began));
  add_time(out, "ended", CivilTime(state.ended));
  if (state.began.count() != 0) {
    out.text("by", state.by);
    add_wish(out, state.wish);
  }
  if (state.ended.count() != 0)
    out.number("frames", state.outcome.frames)
        .number("missed", state.missed)
        .flag("full", state.outcome.is_full);
  if (state.has_file) add_file(out, state);
  add_text(out, "problem", state.problem);
  return WebAnswer{.json = out.take()};
}

constexpr std::string_view kTakenAlong = "taken along";

Event record_of(const WebAsk& ask, const model::CaptureState& state, std::string_view result) {
  return accounts::told_of(EventId::capture_made, ask.actor)
      .add(Field::interface, state.wish.interface)
      .add(Field::digest, state.outcome.sha256)
      .add(Field::result, result);
}

/// Whoever recorded hears strangers: what he wrote is looked through before anybody gets it (ISO-02).
Result<> judge(Bytes octets, const backup::Extent& extent, const model::CaptureState& state) {
  if (to_hex(extent.digest) == state.outcome.sha256 && capture::holds_heads_alone(octets)) return Done{};
  return Error{ErrorCode::capture_unsuitable, "the file is not what was recorded"};
}

/// Its name says which one it is, by what the record has of it.
Result<WebAnswer> file_finish(const WebAsk& ask, const WebAround&, const ipc::Frame& said) {
  if (said.type != ipc::type_number(Msg::captured_file)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto state, sealed_in<model::CaptureState>(ask.heard[0], Msg::captured, kMostState));
  GW_TRY(const auto octets, sys::read_sealed(said.fds.at(0).get(), model::kMaxCapture));
  const backup::Extent extent = backup::extent_of(octets);
  const Result<> judged = judge(octets, extent, state);
  ask.told.push_back(record_of(ask, state, judged ? kTakenAlong : judged.error().detail));
  GW_TRY(judged);
  GW_TRY(UniqueFd file, sys::seal(octets, "capture"));
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return system_error("lseek(capture)");
  WebAnswer answer;
  answer.octets = {std::move(file), file_name_of(to_hex(extent.digest)), extent};
  return answer;
}

Result<WebAnswer> then_file(const WebAsk&, const WebAround&, const ipc::Frame&) {
  return asks(Msg::capture_file, {}, file_finish);
}

Error unsuitable(std::string words) { return {ErrorCode::capture_unsuitable, std::move(words)}; }

}  // namespace

Result<WebAnswer> captures_make(const WebAsk& ask, const WebAround&) {
  op::CaptureOrder order{administrator_of(ask), {}, accounts::one_line(ask.text(2), kForeignTextLimit)};
  order.wish.interface = ask.text(0);
  order.wish.lasting = std::chrono::seconds(ask.number(1, 0));
  order.wish.port = static_cast<std::uint16_t>(ask.number(4, 0));
  if (ask.has(3)) {
    order.wish.host = model::IpAddress::parse(ask.text(3));
    if (!order.wish.host) return unsuitable("host: an address like 10.21.1.7 or fd00::7");
  }
  return asks(Msg::capture, encode(order), done);
}

Result<WebAnswer> captures_show(const WebAsk&, const WebAround&) {
  return asks(Msg::capture_state, {}, show_finish);
}

Result<WebAnswer> captures_stop(const WebAsk& ask, const WebAround&) {
  return asks(Msg::stop_capture, encode(administrator_of(ask)), done);
}

Result<WebAnswer> captures_file(const WebAsk&, const WebAround&) {
  return asks(Msg::capture_state, {}, then_file);
}

}  // namespace gw::control::web
