#include "keys/work_desk.h"

#include "base/codec.h"

namespace gw::keys {
namespace {

namespace msg = ipc::key_work;
using Answer = WorkDesk::Answer;
using msg::Msg;

using ipc::compartment::Trade;

/// What of a key each trade begins with, besides signing.
struct Row {
  Trade trade;
  bool makes;
  bool opens;
};
constexpr Row kRows[] = {{Trade::found_authority, true, true},
                         {Trade::certify_terminal, false, true},
                         {Trade::keep_lists, false, true},
                         {Trade::hold_identity, true, true},
                         {Trade::sign_records, true, true}};
const Row& row_of(Trade trade) { return kRows[static_cast<std::size_t>(trade)]; }

template <class Body>
Answer answered(Msg type, const Body& body) {
  return {ipc::type_number(type), encode(body), type == Msg::refused};
}
Answer refused(const Error& why) {
  return answered(Msg::refused, msg::Refused{why.code, why.detail.substr(0, 512)});
}

enum class Origin : std::uint8_t { fresh, kept };

/// Puts the key among the desk's, and says what it is.
Answer opened(std::vector<PrivateKeyPtr>& keys, Keeper& keeper, std::string content, Origin origin) {
  if (keys.size() >= msg::kMostKeys)
    return refused({ErrorCode::key_misused, "a one-shot works with four keys at most"});
  msg::Opened out;
  if (origin == Origin::fresh) out.content.assign(content.begin(), content.end());
  Result<PrivateKeyPtr> key = keeper.open(Secret(std::move(content)));
  if (!key) return refused(key.error());
  if ((*key)->keeping() == Keeping::plain_file)
    return refused({ErrorCode::key_unreadable, "a key that lies in the clear is none that keyd has made"});
  out.key = static_cast<std::uint32_t>(keys.size());
  out.keeping = (*key)->keeping();
  out.public_key = (*key)->public_key();
  keys.push_back(*std::move(key));
  return answered(Msg::opened, out);
}

}  // namespace

Result<std::optional<WorkDesk::Asked>> WorkDesk::hear(Keeper& keeper, const TradeRule& rule,
                                                      model::CivilSeconds now) {
  GW_TRY(const std::optional<ipc::Frame> frame, channel_.receive());
  if (!frame) return std::optional<Asked>();
  GW_TRY(conversation_.accept(*frame));
  GW_TRY(std::function<Answer()> work, work_on(*frame, keeper, rule, now));
  under_way_ = true;
  return std::optional(Asked{frame->request, std::move(work)});
}

Result<std::function<Answer()>> WorkDesk::work_on(const ipc::Frame& frame, Keeper& keeper,
                                                  const TradeRule& rule, model::CivilSeconds now) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::make: {
      GW_TRY(const msg::Make asked, decode<msg::Make>(frame.body));
      if (!row_of(trade_.trade).makes) return Error{ErrorCode::key_misused, "this trade makes no key"};
      return std::function<Answer()>([keys = keys_, &keeper, kind = asked.kind] {
        Result<std::string> content = keeper.make(kind);
        return content ? opened(*keys, keeper, *std::move(content), Origin::fresh) : refused(content.error());
      });
    }
    case Msg::open: {
      GW_TRY(const msg::Open asked, decode<msg::Open>(frame.body));
      if (!row_of(trade_.trade).opens) return Error{ErrorCode::key_misused, "this trade opens no key"};
      return std::function<Answer()>([keys = keys_, &keeper, content = std::string(as_text(asked.content))] {
        return opened(*keys, keeper, content, Origin::kept);
      });
    }
    default: {
      GW_TRY(msg::Sign asked, decode<msg::Sign>(frame.body));
      return work_of(std::move(asked), rule, now);
    }
  }
}

Result<std::function<Answer()>> WorkDesk::work_of(msg::Sign asked, const TradeRule& rule,
                                                  model::CivilSeconds now) {
  if (asked.key >= keys_->size()) return Error{ErrorCode::key_misused, "a key that was never opened"};
  const Grant grant = rule(trade_, *(*keys_)[asked.key], asked.scheme, asked.message, now);
  if (grant == Grant::no || (grant == Grant::once && once_granted_))
    return Error{ErrorCode::key_misused, "what was to be signed is nothing that this trade signs"};
  once_granted_ = once_granted_ || grant == Grant::once;
  return std::function<Answer()>([keys = keys_, asked = std::move(asked)] {
    const auto signature = (*keys)[asked.key]->sign(asked.scheme, asked.message);
    return signature ? answered(Msg::signature, msg::Signature{*signature}) : refused(signature.error());
  });
}

Result<> WorkDesk::answer(std::uint64_t request, const Answer& answer) {
  under_way_ = false;
  return channel_.send(answer.type, request, answer.body);
}

}  // namespace gw::keys
