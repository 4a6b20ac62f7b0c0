#include "component/cli/box_answering.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <stdexcept>

#include "base/codec.h"
#include "config/sources.h"
#include "control/keeper.h"
#include "ipc/messages/operator.h"
#include "sys/sealed.h"

namespace gw::component {
namespace {

namespace op = ipc::op;
namespace wire = ipc::control_records;
using wire::Msg;

constexpr int kLookEvery = 20;  // milliseconds

std::pair<UniqueFd, UniqueFd> pair() {
  auto made = ipc::Channel::pair();
  if (!made) throw std::runtime_error(made.error().to_text());
  return {made->first.release(), made->second.release()};
}

UniqueFd sealed(const std::string& text) {
  auto made = sys::seal(as_bytes(text), "text");
  if (!made) throw std::runtime_error(made.error().to_text());
  return *std::move(made);
}

UniqueFd listen_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  UniqueFd out(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const bool listens = ::bind(out.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                       ::listen(out.get(), 8) == 0;
  if (!listens) throw std::runtime_error("no socket at " + path);
  return out;
}

model::ChangeNumber change_in(Msg what, const ipc::Frame& order) {
  if (what == Msg::put) return decode<wire::Put>(order.body)->change;
  if (what == Msg::keep) return decode<wire::Keep>(order.body)->change;
  return decode<wire::Look>(order.body)->change;  // as a Back is
}

void send(const ipc::Channel& channel, Msg type, std::vector<std::uint8_t> body, std::vector<int> fds) {
  if (!channel.send(ipc::type_number(type), 0, body, std::move(fds))) throw std::runtime_error("it is gone");
}

UniqueFd open_folder(const std::string& folder) {
  return UniqueFd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

}  // namespace

BoxAnswering::BoxAnswering(const std::string& folder, std::string socket, Compiler compiler)
    : compiler_(std::move(compiler)), listener_(listen_at(socket)) {
  auto [mine, theirs] = pair();
  auto [ear, mouth] = pair();
  control_ = std::move(mine);
  log_ = std::move(ear);
  keeper_ = std::thread([this, folder, control = std::move(theirs), log = std::move(mouth)]() mutable {
    keep(folder, std::move(control), std::move(log));
  });
  supervisor_ = std::thread([this] { supervise(); });
}

BoxAnswering::~BoxAnswering() {
  is_over_ = true;
  supervisor_.join();
  control_.reset();
  keeper_.join();
}

void BoxAnswering::keep(const std::string& folder, UniqueFd control, UniqueFd log) {
  ipc::RecordSink sink(log.release());
  auto store = control::RecordStore::open(folder, 1u << 16);
  if (!store) return;
  accounts::Settings settings;
  settings.cost = {64, 1, 1};
  auto accounts = accounts::Accounts::open(store->database(), system_clock(),
                                           accounts::Seal(Secret(std::string(32, 'k'))), settings,
                                           accounts::hash_code(kLabel));
  if (!accounts) return;
  control::Chronicle chronicle(*store, sink, system_clock());
  (void)control::keep(*store, *accounts, ipc::Channel(std::move(control)), chronicle, system_clock(),
                      {open_folder(folder), open_folder(folder)});
}

void BoxAnswering::supervise() {
  const ipc::Channel keeper(UniqueFd(::dup(control_.get())));
  const UniqueFd first = sealed("what it was found with");
  send(keeper, Msg::standing, encode(wire::Standing{}), {first.get()});
  while (!is_over_) {
    pollfd sources[] = {{control_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    ::poll(sources, std::size(sources), kLookEvery);
    if ((sources[0].revents & POLLIN) != 0) carry_out();
    if ((sources[1].revents & POLLIN) != 0) welcome();
  }
}

void BoxAnswering::welcome() {
  const ipc::Channel caller(
      UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)));
  pollfd ready{caller.fd(), POLLIN, 0};
  ::poll(&ready, 1, 5'000);
  const auto question = caller.receive();
  if (!question || !*question) return;
  const auto [theirs, keepers] = pair();
  const ipc::Channel keeper(UniqueFd(::dup(control_.get())));
  const bool administers = (*question)->type == ipc::type_number(op::Msg::administer);
  send(keeper, administers ? Msg::administrator : Msg::editor, {}, {keepers.get()});
  const auto answer = administers ? op::Msg::administrators_desk : op::Msg::configuration_editor;
  (void)caller.send(ipc::type_number(answer), (*question)->request, {}, {theirs.get()});
}

void BoxAnswering::carry_out() {
  const ipc::Channel keeper(UniqueFd(::dup(control_.get())));
  const auto frame = keeper.receive();
  if (!frame || !*frame) return;
  const std::uint16_t type = (*frame)->type;
  if (type < ipc::type_number(Msg::look) || type > ipc::type_number(Msg::back)) return;  // no order
  const auto what = static_cast<Msg>((*frame)->type);
  if (what == Msg::wait) return;
  wire::Carried carried{.order = what};
  carried.change = change_in(what, **frame);
  if (what == Msg::look) {
    carried.widens = compiler_.widens;
    carried.is_guarded = compiler_.is_guarded;
    if (compiler_.is_bad) carried.refusal = wire::Refusal{ErrorCode::publication_refused, "2 errors"};
  } else {
    carried.generation = model::Generation(++generation_);
    carried.sessions_kept = 2;
    carried.sessions_closed = 1;
  }
  const UniqueFd report = sealed(what == Msg::look ? compiler_.report : ""),
                 words = sealed(what == Msg::look ? compiler_.words : ""), effect = sealed("");
  send(keeper, Msg::carried, encode(carried), {report.get(), words.get(), effect.get()});
}

}  // namespace gw::component
