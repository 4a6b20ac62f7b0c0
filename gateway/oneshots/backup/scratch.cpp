#include "scratch.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "base/clock.h"
#include "base/codec.h"
#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "model/accounts.h"
#include "model/managed_identity.h"
#include "model/snapshot.h"
#include "sys/sealed.h"
#include "sys/spawn.h"

namespace gw::oneshots {
namespace {

namespace msg = ipc::compile;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kMostWiring = 16u << 20, kMostReport = 1u << 20;
constexpr int kChannelRoom = 4 * 1024 * 1024;

Error failed(const std::string& why) { return {ErrorCode::restore_failed, "conf-compile: " + why}; }

struct Compiler {
  ipc::Channel channel;
  sys::Child child;
};

Result<Compiler> start(const config::Sources& sources, const std::string& programs) {
  GW_TRY(const UniqueFd program, sys::open_program(programs + "/sekisho-conf-compile"));
  GW_TRY(const UniqueFd sealed, sys::seal(encode(sources), "configuration"));
  GW_TRY(const UniqueFd identities, sys::seal(encode(model::KeptIdentities{}), "identities"));
  GW_TRY(auto ends, ipc::Channel::pair());
  ::setsockopt(ends.second.fd(), SOL_SOCKET, SO_SNDBUFFORCE, &kChannelRoom, sizeof kChannelRoom);
  const sys::Start what{program.get(),
                        {"sekisho-conf-compile", "1", "kept"},
                        {{STDERR_FILENO, STDERR_FILENO},
                         {ends.second.fd(), ipc::kControlFd},
                         {sealed.get(), ipc::kInputFd},
                         {identities.get(), ipc::kThirdInputFd}}};
  GW_TRY(auto child, sys::spawn(what, {.account = model::kCompileAccount}));
  return Compiler{std::move(ends.first), std::move(child)};
}

void add_keys(const std::vector<model::Wiring::Key>& keys, std::vector<std::string>& out) {
  for (const model::Wiring::Key& key : keys)
    if (key.place == model::Wiring::Place::configuration) out.push_back(key.file);
}

std::vector<std::string> keys_of(const model::Wiring& wiring) {
  std::vector<std::string> out;
  for (const model::Wiring::Compartment& tenant : wiring.compartments) {
    add_keys(tenant.keys, out);
    if (tenant.enrolment) add_keys(tenant.enrolment->keys, out);
  }
  if (wiring.management) add_keys(wiring.management->keys, out);
  if (wiring.noc) add_keys(wiring.noc->keys, out);
  std::ranges::sort(out);
  const auto same = std::ranges::unique(out);
  out.erase(same.begin(), same.end());
  return out;
}

Result<> take(const ipc::Frame& frame, Lint& lint, bool& is_over) {
  if (static_cast<msg::Msg>(frame.type) == msg::Msg::report) {
    GW_TRY(const auto report, decode<msg::Report>(frame.body));
    GW_TRY(const auto text, sys::read_sealed(frame.fds.front().get(), kMostReport));
    lint.is_usable = report.usable;
    lint.report = as_text(text);
    is_over = true;
    return Done{};
  }
  GW_TRY(const auto part, decode<msg::Part>(frame.body));
  if (part.kind != msg::PartKind::wiring) return Done{};
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), kMostWiring));
  GW_TRY(const auto wiring, decode<model::Wiring>(octets));
  lint.keys = keys_of(wiring);
  return Done{};
}

Result<Lint> listen(const ipc::Channel& channel) {
  ipc::Conversation conversation(msg::kFromCompiler);
  const Instant until = system_clock().now() + kPatience;
  Lint lint;
  for (bool is_over = false; !is_over;) {
    GW_TRY(const auto frame, channel.receive());
    if (frame) {
      GW_TRY(conversation.accept(*frame));
      GW_TRY(take(*frame, lint, is_over));
      continue;
    }
    pollfd ready{channel.fd(), POLLIN, 0};
    ::poll(&ready, 1, 1'000);
    if (system_clock().now() >= until) return failed("it does not come to an end");
  }
  return lint;
}

}  // namespace

Result<Lint> compile_in_scratch(const config::Sources& sources, const std::string& programs) {
  auto compiler = start(sources, programs);
  if (!compiler) return failed(compiler.error().detail + (::geteuid() == 0 ? "" : "; run this as root"));
  auto lint = listen(compiler->channel);
  sys::kill(compiler->child);
  static_cast<void>(static_cast<bool>(sys::wait_for(compiler->child)));
  if (!lint) return failed(lint.error().to_text());
  return lint;
}

}  // namespace gw::oneshots
