#include "keys/borrowed_key.h"

#include <poll.h>

#include <cerrno>

#include "base/codec.h"
#include "ipc/messages/key_work.h"

namespace gw::keys {
namespace {

namespace msg = ipc::key_work;
using msg::Msg;

Error gone() { return {ErrorCode::key_unavailable, "keyd ended before it answered"}; }
Error confused() { return {ErrorCode::message_malformed, "keyd answered what was not asked"}; }

}  // namespace

/// The next message that answers the request: what was asked for, or keyd's refusal as an error.
template <class Request>
Result<ipc::Frame> KeyWork::ask(std::uint16_t type, const Request& request) {
  if (!channel_.send(type, ++last_, encode(request))) return gone();
  for (;;) {
    Result<std::optional<ipc::Frame>> frame = channel_.receive();
    if (!frame) return gone();
    if (*frame) {
      if ((*frame)->request != last_) return confused();
      if ((*frame)->type != ipc::type_number(Msg::refused)) return std::move(**frame);
      GW_TRY(const msg::Refused refused, decode<msg::Refused>((*frame)->body));
      return Error{refused.code, refused.detail};
    }
    pollfd waiting{channel_.fd(), POLLIN, 0};
    if (::poll(&waiting, 1, -1) < 0 && errno != EINTR) return system_error("poll(keyd)");
  }
}

class KeyWork::Key : public PrivateKey {
 public:
  Key(KeyWork& work, msg::Opened opened)
      : work_(work), number_(opened.key), keeping_(opened.keeping), public_key_(std::move(opened.public_key)) {}

  Keeping keeping() const override { return keeping_; }
  const std::vector<std::uint8_t>& public_key() const override { return public_key_; }
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override {
    if (message.size() > msg::kMostMessage)
      return Error{ErrorCode::key_misused, "what was to be signed is too long"};
    GW_TRY(const ipc::Frame frame,
           work_.ask(ipc::type_number(Msg::sign),
                     msg::Sign{number_, scheme, {message.begin(), message.end()}}));
    if (frame.type != ipc::type_number(Msg::signature)) return confused();
    GW_TRY(msg::Signature signature, decode<msg::Signature>(frame.body));
    return std::move(signature.bytes);
  }

 private:
  KeyWork& work_;
  std::uint32_t number_;
  Keeping keeping_;
  std::vector<std::uint8_t> public_key_;
};

Result<KeyWork::Made> KeyWork::make(model::KeyKind kind) {
  GW_TRY(const ipc::Frame frame, ask(ipc::type_number(Msg::make), msg::Make{kind}));
  if (frame.type != ipc::type_number(Msg::opened)) return confused();
  GW_TRY(msg::Opened opened, decode<msg::Opened>(frame.body));
  std::string content(as_text(opened.content));
  return Made{std::make_unique<Key>(*this, std::move(opened)), std::move(content)};
}

Result<PrivateKeyPtr> KeyWork::open(Bytes content) {
  if (content.size() > msg::kMostContent)
    return Error{ErrorCode::key_unreadable, "the key's file is too long for one"};
  GW_TRY(const ipc::Frame frame,
         ask(ipc::type_number(Msg::open), msg::Open{{content.begin(), content.end()}}));
  if (frame.type != ipc::type_number(Msg::opened)) return confused();
  GW_TRY(msg::Opened opened, decode<msg::Opened>(frame.body));
  return PrivateKeyPtr(std::make_unique<Key>(*this, std::move(opened)));
}

}  // namespace gw::keys
