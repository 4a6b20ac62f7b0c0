#include "agent/delivery.h"

#include "agent/syslog_frame.h"
#include "metrics/compression.h"

namespace gw::agent {
namespace {

using ipc::noc::Stream;

/// Of one connection with records: what is not sure to have arrived is sent once more, so it must not be
/// much.
constexpr std::uint32_t kMostAtOnce = 128u << 10;

/// Where the box asks what the centre has for it.
constexpr const char* kOrders = "/sekisho/v1/orders";
/// And where an image that an order offers stands, by its digest.
constexpr const char* kImages = "/sekisho/v1/images/";
static_assert(Delivery::kImagePiece < http::kMostBody);

/// How a stream travels by HTTPS.
struct Way {
  Stream stream;
  const char* target;
  const char* content_type;
};
constexpr Way kState{Stream::state, "/sekisho/v1/state", "application/json"};
/// Prometheus Remote-Write 1.0.
constexpr Way kMetrics{Stream::metrics, "/api/v1/write", "application/x-protobuf"};

const Way& way_of(Stream stream) { return stream == Stream::state ? kState : kMetrics; }

bool is_taken(const http::Answer& answer) { return answer.status >= 200 && answer.status < 300; }
/// It would be answered so for ever, and what comes behind it would never arrive (Remote-Write 1.0,
/// "Retries").
bool is_hopeless(const http::Answer& answer) {
  constexpr unsigned kBad = 400, kTooLarge = 413, kUnprocessable = 422;
  return answer.status == kBad || answer.status == kTooLarge || answer.status == kUnprocessable;
}
Error not_taken(const http::Answer& answer) {
  return {ErrorCode::noc_not_taken, "the answer is " + std::to_string(answer.status) +
                                        (is_hopeless(answer) ? ", so that is given up" : "")};
}

std::string joined(const std::vector<ipc::noc::Entry>& entries) {
  std::string out;
  for (const ipc::noc::Entry& entry : entries) out += as_text(entry.octets);
  return out;
}

http::Request request_of(const model::OperationsCentre::Receiver& receiver, Stream stream,
                         const std::vector<ipc::noc::Entry>& entries) {
  const Way& way = way_of(stream);
  http::Request request{.method = "POST",
                        .target = way.target,
                        .host = receiver.server_name,
                        .port = receiver.port,
                        .content_type = way.content_type,
                        .is_last = false,
                        .body = joined(entries)};
  if (stream != Stream::metrics) return request;
  request.body = metrics::compressed(request.body);
  request.content_encoding = "snappy";
  return request;
}

Error at(const model::OperationsCentre::Receiver& receiver, const Error& why) {
  return {why.code, receiver.server_name + ": " + why.detail};
}

}  // namespace

Result<> Delivery::run() {
  const Result<> records = deliver_records();
  std::unique_ptr<Line> line;
  const Result<> figures = deliver_figures(line);
  if (!figures) line.reset();  // nobody knows where in an answer it stands
  const Result<> orders = order_.centre.gives_orders() ? ask_for_orders(line) : Result<>(Done{});
  const bool may_fetch = order_.centre.gives_orders() && orders && line;
  const Result<> image = may_fetch ? fetch_image(*line) : Result<>(Done{});
  if (!records) return at(order_.centre.records, records.error());
  for (const Result<>* one : {&figures, &orders, &image})
    if (!*one) return at(order_.centre.figures, one->error());
  return Done{};
}

Result<> Delivery::connect(model::ServiceId place, const Receiver& receiver, Instant until,
                           std::unique_ptr<Line>& line) {
  GW_TRY(tls::ContextPtr context, context_of_(receiver));
  GW_TRY(UniqueFd connected, dial_(place));
  line = std::make_unique<Line>(reactor_, std::move(context), std::move(connected), until);
  return line->secure();
}

Result<> Delivery::deliver_records() {
  for (;;) {
    GW_TRY(const bool went, deliver_some_records());
    if (!went || reactor_.clock().now() >= deadline_ - kForFigures) return Done{};
  }
}

/// As many as one connection carries. False: there was nothing to be told.
Result<bool> Delivery::deliver_some_records() {
  std::unique_ptr<Line> line;
  std::vector<Carried> carried;
  std::uint32_t left = kMostAtOnce;
  for (const Stream stream : {Stream::audit, Stream::events}) {
    if (left == 0) break;
    GW_TRY(const auto entries, contents_.take(stream, left));
    if (entries.empty()) continue;
    if (!line) GW_TRY(connect(model::kRecordsTarget, order_.centre.records, deadline_ - kForFigures, line));
    std::string octets;
    for (const ipc::noc::Entry& entry : entries) octets += framed(as_text(entry.octets));
    left -= std::min<std::uint32_t>(left, static_cast<std::uint32_t>(octets.size()));
    GW_TRY(line->send(octets));
    carried.push_back({stream, entries.back().number});
  }
  if (!line) return false;
  GW_TRY(line->finish());
  for (const Carried& one : carried) GW_TRY(contents_.arrived(one.stream, one.last));
  return true;
}

/// By one connection: the state, then figures until there are none.
Result<> Delivery::deliver_figures(std::unique_ptr<Line>& line) {
  Result<> outcome{Done{}};
  for (const Stream stream : {Stream::state, Stream::metrics})
    while (reactor_.clock().now() < deadline_ - kForOrders) {
      GW_TRY(const auto entries, contents_.take(stream, ipc::noc::kMostBatch));
      if (entries.empty()) break;
      if (!line) GW_TRY(connect(model::kFiguresTarget, order_.centre.figures, deadline_, line));
      GW_TRY(line->send(http::to_octets(request_of(order_.centre.figures, stream, entries))));
      GW_TRY(const http::Answer answer, line->answer());
      note_time(answer);
      if (!is_taken(answer)) outcome = not_taken(answer);
      if (!is_taken(answer) && !is_hopeless(answer)) return outcome;
      GW_TRY(contents_.arrived(stream, entries.back().number));
    }
  return outcome;
}

/// What it is nobody here knows: it is handed on as it came. Nothing there is an answer as well.
Result<> Delivery::ask_for_orders(std::unique_ptr<Line>& line) {
  constexpr unsigned kNone = 204, kNotThere = 404;
  const Receiver& receiver = order_.centre.figures;
  if (!line) GW_TRY(connect(model::kFiguresTarget, receiver, deadline_, line));
  GW_TRY(const http::Answer answer, get(*line, kOrders));
  note_time(answer);
  if (answer.status == kNone || answer.status == kNotThere) return contents_.hand_over({});
  if (!is_taken(answer))
    return Error{ErrorCode::noc_not_taken, "asked for orders, it answers " + std::to_string(answer.status)};
  return contents_.hand_over(answer.body);
}

Result<http::Answer> Delivery::get(Line& line, std::string target, std::string range) {
  const Receiver& receiver = order_.centre.figures;
  const http::Request request{.method = "GET",
                              .target = std::move(target),
                              .host = receiver.server_name,
                              .port = receiver.port,
                              .range = std::move(range),
                              .is_last = false};
  GW_TRY(line.send(http::to_octets(request)));
  return line.answer();
}

/// A piece, and then what is wanted is asked anew: what is here controld says, whatever was cut off before.
Result<> Delivery::fetch_image(Line& line) {
  const Instant until = std::min(reactor_.clock().now() + kForImage, deadline_ - kForOrders);
  while (reactor_.clock().now() < until) {
    const Instant next = reactor_.clock().now() + kPieceEvery;
    GW_TRY(const ipc::noc::Image wanted, contents_.image_wanted());
    if (wanted.sha256.empty()) return Done{};
    GW_TRY(const bool is_there, fetch_piece(line, wanted));
    if (!is_there) return Done{};
    for (Instant now = reactor_.clock().now(); now < next; now = reactor_.clock().now())
      reactor_.run_once(std::chrono::ceil<std::chrono::milliseconds>(next - now));
  }
  return Done{};
}

/// False: the operations centre does not have it, so it comes by a medium or later. One that is shorter there
/// than what is here is handed over as such: that cannot be the same.
Result<bool> Delivery::fetch_piece(Line& line, const ipc::noc::Image& wanted) {
  constexpr unsigned kPart = 206, kNotThere = 404, kBeyond = 416;
  const std::string range =
      "bytes=" + std::to_string(wanted.at) + "-" + std::to_string(wanted.at + kImagePiece - 1);
  GW_TRY(const http::Answer answer, get(line, kImages + wanted.sha256, range));
  if (answer.status == kNotThere) return false;
  const auto extent = http::extent_of(answer.content_range);
  const bool is_part = answer.status == kPart && extent && extent->first == wanted.at && !answer.body.empty();
  const bool is_beyond = answer.status == kBeyond && extent && extent->whole <= wanted.at;
  if (!is_part && !is_beyond)
    return Error{ErrorCode::noc_not_taken,
                 "asked for a piece of an image, it answers " + std::to_string(answer.status)};
  GW_TRY(contents_.hand_over_image(wanted.at, extent->whole, is_part ? answer.body : std::string()));
  return true;
}

void Delivery::note_time(const http::Answer& answer) {
  using std::chrono::milliseconds;
  const auto date = http::date_of(answer.date);
  if (!date) return;
  their_time_ = *date;
  own_time_ = std::chrono::floor<milliseconds>(reactor_.clock().civil_now().time_since_epoch());
}

}  // namespace gw::agent
