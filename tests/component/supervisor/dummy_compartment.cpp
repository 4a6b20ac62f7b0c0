// Stands in for proxyd, dialerd and keyd. Its part of the edition is one word that says how it behaves:
//   good     does what it should; answers each client with its generation and process id, then closes
//   refuse   refuses the edition          die      ends when asked to prepare
//   silent   never answers                rude     says something out of turn
//   flood    writes records without end   deaf     does not end when drained

#include <sys/socket.h>

#include <map>

#include "dummy_channel.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/record_sink.h"

namespace {

using namespace gw;
namespace msg = ipc::compartment;
using msg::Msg;

struct Compartment {
  dummy::Control control{};
  ipc::RecordSink records{ipc::kLogFd};
  std::map<std::uint64_t, std::string> behaviours{};
  std::vector<UniqueFd> staged{}, listeners{};
  std::string behaviour = "good";
  std::uint64_t generation = 0;
  bool is_keyd = false;

  void stage(ipc::Frame& frame) {
    const auto staged_for = decode<msg::Staged>(frame.body);
    behaviours[staged_for->generation.number()] = dummy::text_of(frame.fds.at(0).get());
    staged.clear();
  }
  /// keyd gets keys in the place of a word; it is good.
  void be_keyd(const ipc::Frame& frame) {
    behaviours[decode<msg::Staged>(frame.body)->generation.number()] = "good";
    is_keyd = true;
  }
  void prepare(model::Generation asked) {
    const std::string& word = behaviours[asked.number()];
    if (word == "die") std::exit(9);
    if (word == "refuse")
      return control.tell(Msg::refused, msg::Refused{asked, ErrorCode::key_mismatch, "as told"});
    if (word == "rude") return control.tell(Msg::adopted, msg::Adopted{asked, 0, 0});
    if (word == "flood") flood();
    if (word != "silent") control.tell(Msg::prepared, msg::Staged{asked});
  }
  /// More than anybody may write, and then a quiet half second in which to tell what was lost.
  void flood() {
    for (int i = 0; i < 20'000; ++i) records.write(Event(EventId::session_opened));
    for (int i = 0; i < 50; ++i) {
      ::poll(nullptr, 0, 10);
      records.flush();
    }
  }
  void commit(model::Generation decided) {
    generation = decided.number();
    behaviour = behaviours[generation];
    listeners = std::move(staged);
    staged.clear();
    control.tell(Msg::adopted, msg::Adopted{decided, is_keyd ? 0u : 1u, 0});
  }
  void obey(ipc::Frame frame) {
    switch (static_cast<Msg>(frame.type)) {
      case Msg::snapshot:
      case Msg::dial_table:
        return stage(frame);
      case Msg::key_ring:
        return be_keyd(frame);
      case Msg::listener:
        staged.push_back(std::move(frame.fds.at(0)));
        return;
      case Msg::prepare:
        return prepare(decode<msg::Staged>(frame.body)->generation);
      case Msg::commit:
        return commit(decode<msg::Staged>(frame.body)->generation);
      case Msg::drain:
        if (behaviour != "deaf") std::exit(0);
        return;
      default:
        return;
    }
  }
  void serve() {
    records.flush();
    std::vector<pollfd> ready{{control.fd(), POLLIN, 0}};
    for (const UniqueFd& listener : listeners) ready.push_back({listener.get(), POLLIN, 0});
    ::poll(ready.data(), ready.size(), -1);
    if (ready[0].revents != 0) return obey(control.next());
    for (const UniqueFd& listener : listeners) {
      const UniqueFd client(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      const std::string words = std::to_string(generation) + "\n";
      if (client) ::send(client.get(), words.data(), words.size(), MSG_NOSIGNAL);
    }
  }
};

}  // namespace

int main() {
  Compartment compartment;
  compartment.control.tell(Msg::ready);
  for (;;) compartment.serve();
}
