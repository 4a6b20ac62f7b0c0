#pragma once

#include <functional>

#include "agent/contents.h"
#include "agent/line.h"
#include "model/operations_centre.h"

namespace gw::agent {

/// One round: brings what waits to the operations centre, the most important first, says what arrived, asks
/// what the centre has for the box, and fetches some of an image that is wanted. One thread.
class Delivery {
 public:
  /// So long a round lasts at the most.
  static constexpr std::chrono::seconds kMostRound{90};
  /// Of that, what stays for figures and orders however many records wait, and for orders alone.
  static constexpr std::chrono::seconds kForFigures{30}, kForOrders{10};
  /// So long an image is fetched, and no faster than a piece in that time: at most 7.5 MiB a round, at 3
  /// Mbit/s, so that the clinic's line is not filled. A bundle of 70 MiB comes with ten rounds.
  static constexpr std::chrono::seconds kForImage{20};
  static constexpr std::uint32_t kImagePiece = 192u << 10;
  static constexpr std::chrono::milliseconds kPieceEvery{500};
  /// A connected socket to a receiver, by its place in the dialer's table; noc.unreachable.
  using Dial = std::function<Result<UniqueFd>(model::ServiceId)>;
  /// What a receiver is judged by, and the box shows there.
  using ContextOf = std::function<Result<tls::ContextPtr>(const model::OperationsCentre::Receiver&)>;

  Delivery(sys::Reactor& reactor, const model::NocOrder& order, Contents& contents, Dial dial,
           ContextOf context_of)
      : reactor_(reactor),
        order_(order),
        contents_(contents),
        dial_(std::move(dial)),
        context_of_(std::move(context_of)),
        deadline_(reactor.clock().now() + kMostRound) {}

  /// Both receivers are tried, and asked, whatever becomes of one. The first trouble, with the receiver's
  /// name.
  Result<> run();
  /// By its clock and by ours, if it said.
  std::chrono::milliseconds their_time() const { return their_time_; }
  std::chrono::milliseconds own_time() const { return own_time_; }

 private:
  using Receiver = model::OperationsCentre::Receiver;
  struct Carried {
    ipc::noc::Stream stream{};
    std::uint64_t last = 0;
  };

  Result<> deliver_records();
  Result<bool> deliver_some_records();
  Result<> deliver_figures(std::unique_ptr<Line>& line);
  Result<> ask_for_orders(std::unique_ptr<Line>& line);
  Result<http::Answer> get(Line& line, std::string target, std::string range = {});
  Result<> fetch_image(Line& line);
  Result<bool> fetch_piece(Line& line, const ipc::noc::Image& wanted);
  Result<> connect(model::ServiceId place, const Receiver& receiver, Instant until,
                   std::unique_ptr<Line>& line);
  void note_time(const http::Answer& answer);

  sys::Reactor& reactor_;
  const model::NocOrder& order_;
  Contents& contents_;
  Dial dial_;
  ContextOf context_of_;
  Instant deadline_;
  std::chrono::milliseconds their_time_{0}, own_time_{0};
};

}  // namespace gw::agent
