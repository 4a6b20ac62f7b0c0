#include "control/noc_desk.h"

#include "base/codec.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace wire = ipc::noc;
using metrics::FamilyId;
using wire::Msg;

constexpr int kFramesAtOnce = 16;  // before the box's own records have their turn

static_assert(static_cast<int>(spool::kLastClass) == static_cast<int>(wire::Stream::metrics));
static_assert(spool::kMostItem <= wire::kMostEntry);
spool::Class class_of(wire::Stream stream) { return static_cast<spool::Class>(stream); }

void tell(metrics::Ledger& ledger, const wire::Told& told) {
  ledger.add(FamilyId::deliveries, {told.trouble ? std::string(to_string(told.trouble->code)) : "delivered"});
  if (told.their_time.count() == 0) return;
  const auto ahead = told.own_time - told.their_time;
  ledger.set(FamilyId::clock_offset, {}, static_cast<double>(ahead.count()) / 1'000);
}

}  // namespace

Result<> NocDesk::serve(spool::Spool& spool, metrics::Ledger& ledger, ImageShelf& images,
                        const Clock& clock) {
  for (int i = 0; i < kFramesAtOnce; ++i) {
    GW_TRY(const std::optional<ipc::Frame> frame, channel_.receive());
    if (!frame) return Done{};
    GW_TRY(conversation_.accept(*frame));
    GW_TRY(act_on(*frame, spool, ledger, images, clock));
  }
  return Done{};
}

Result<> NocDesk::act_on(const ipc::Frame& frame, spool::Spool& spool, metrics::Ledger& ledger,
                         ImageShelf& images, const Clock& clock) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::take: {
      GW_TRY(const auto wanted, decode<wire::Take>(frame.body));
      return give(wanted, spool, clock);
    }
    case Msg::arrived: {
      GW_TRY(const auto arrived, decode<wire::Arrived>(frame.body));
      const auto now = std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch());
      return spool.acknowledge(class_of(arrived.stream), arrived.last, now);
    }
    case Msg::orders: {
      GW_TRY(const auto some, decode<wire::Orders>(frame.body));
      return take_piece(some);
    }
    case Msg::image_wanted:
      return channel_.send(ipc::type_number(Msg::image), 0, encode(images.next()));
    case Msg::image_piece: {
      GW_TRY(const auto piece, decode<wire::ImagePiece>(frame.body));
      return images.put(piece);
    }
    default: {
      GW_TRY(const auto told, decode<wire::Told>(frame.body));
      tell(ledger, told);
      has_come_about_ = !told.trouble;
      return Done{};
    }
  }
}

/// Once a round, and no more than there may be: whoever hands over more is no agent.
Result<> NocDesk::take_piece(const wire::Orders& some) {
  if (is_handed_over_ || pieces_.size() + some.piece.size() > wire::kMostOrders)
    return Error{ErrorCode::channel_out_of_phase, "more orders than there may be"};
  pieces_.insert(pieces_.end(), some.piece.begin(), some.piece.end());
  is_handed_over_ = some.is_last;
  if (some.is_last) orders_ = std::exchange(pieces_, {});
  return Done{};
}

Result<> NocDesk::give(const wire::Take& wanted, spool::Spool& spool, const Clock& clock) {
  GW_TRY(auto entries, spool.take(class_of(wanted.stream), wanted.most, clock.now()));
  wire::Batch batch;
  for (const spool::Entry& entry : entries) {
    const Bytes octets = as_bytes(entry.item.octets);
    batch.entries.push_back({entry.number, {octets.begin(), octets.end()}});
  }
  GW_TRY(const UniqueFd sealed, sys::seal(encode(batch), "noc"));
  return channel_.send(ipc::type_number(Msg::batch), 0, {}, {sealed.get()});
}

}  // namespace gw::control
