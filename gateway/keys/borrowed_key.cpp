#include "keys/borrowed_key.h"

#include <poll.h>

#include <cerrno>

#include "base/clock.h"
#include "base/codec.h"

namespace gw::keys {
namespace {

namespace msg = ipc::key_work;
using msg::Msg;

}  // namespace

Error KeyWork::lose(const char* how) {
  channel_.reset();
  return {ErrorCode::key_unavailable, holder_.name + std::string(how)};
}

/// The next message, before patience ends.
Result<ipc::Frame> KeyWork::next() {
  const Clock& clock = system_clock();
  const Instant until = holder_.patience ? clock.now() + *holder_.patience : Instant::max();
  for (;;) {
    Result<std::optional<ipc::Frame>> frame = channel_->receive();
    if (!frame) return lose(" ended before it answered");
    if (*frame) return std::move(**frame);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.now());
    if (left.count() <= 0) return lose(" does not answer");
    pollfd waiting{channel_->fd(), POLLIN, 0};
    if (::poll(&waiting, 1, holder_.patience ? static_cast<int>(left.count()) : -1) < 0 && errno != EINTR)
      return lose(" cannot be waited for");
  }
}

/// What was asked for, or the refusal as an error.
template <class Request>
Result<ipc::Frame> KeyWork::ask(Msg type, const Request& request, Msg answer) {
  if (!channel_) return lose(" is gone");
  if (!channel_->send(ipc::type_number(type), ++last_, encode(request)))
    return lose(" ended before it was asked");
  GW_TRY(ipc::Frame frame, next());
  const bool is_refusal = frame.type == ipc::type_number(Msg::refused);
  if (frame.request != last_ || (!is_refusal && frame.type != ipc::type_number(answer)))
    return lose(" answered what was not asked");
  if (!is_refusal) return frame;
  const auto refused = decode<msg::Refused>(frame.body);
  if (!refused) return lose(" makes no sense");
  return Error{refused->code, refused->detail};
}

template <class Answer, class Request>
Result<Answer> KeyWork::have(Msg type, const Request& request, Msg answer) {
  GW_TRY(const ipc::Frame frame, ask(type, request, answer));
  Result<Answer> said = decode<Answer>(frame.body);
  if (!said) return lose(" makes no sense");
  return said;
}

class KeyWork::Key : public PrivateKey {
 public:
  Key(KeyWork& work, msg::Opened opened)
      : work_(work),
        number_(opened.key),
        keeping_(opened.keeping),
        public_key_(std::move(opened.public_key)),
        hears_of_ends_(work.holder_.hears_of_ends) {}
  ~Key() override {
    if (hears_of_ends_ && work_.channel_)
      (void)work_.channel_->send(ipc::type_number(Msg::forget), 0, encode(msg::Forget{number_}));
  }

  Keeping keeping() const override { return keeping_; }
  const std::vector<std::uint8_t>& public_key() const override { return public_key_; }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override {
    if (message.size() > msg::kMostMessage)
      return Error{ErrorCode::key_misused, "what was to be signed is too long"};
    const msg::Sign wanted{number_, scheme, {message.begin(), message.end()}};
    GW_TRY(msg::Signature signature, work_.have<msg::Signature>(Msg::sign, wanted, Msg::signature));
    return std::move(signature.bytes);
  }
  bool is_lost() const override { return work_.is_lost(); }

 private:
  KeyWork& work_;
  std::uint32_t number_;
  Keeping keeping_;
  std::vector<std::uint8_t> public_key_;
  bool hears_of_ends_;  // a one-shot's keys may outlive its channel
};

Result<KeyWork::Made> KeyWork::make(model::KeyKind kind) {
  GW_TRY(msg::Opened opened, have<msg::Opened>(Msg::make, msg::Make{kind}, Msg::opened));
  std::string content(as_text(opened.content));
  return Made{std::make_unique<Key>(*this, std::move(opened)), std::move(content)};
}

Result<PrivateKeyPtr> KeyWork::open(Bytes content) {
  if (content.size() > msg::kMostContent)
    return Error{ErrorCode::key_unreadable, "the key's file is too long for one"};
  const msg::Open wanted{{content.begin(), content.end()}};
  GW_TRY(msg::Opened opened, have<msg::Opened>(Msg::open, wanted, Msg::opened));
  return PrivateKeyPtr(std::make_unique<Key>(*this, std::move(opened)));
}

}  // namespace gw::keys
