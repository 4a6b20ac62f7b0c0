// Stands in for proxyd, dialerd and keyd. Its part of the edition is one word that says how it behaves:
//   good     does what it should; answers each client with its generation and process id, then closes
//   refuse   refuses the edition          die      ends when asked to prepare
//   silent   never answers                rude     says something out of turn
//   flood    writes records without end   deaf     does not end when drained
//   pour     writes large records, 9,000  busy     writes records of sessions, 9,000; both lose none

#include <sys/socket.h>

#include <map>

#include "dummy_channel.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/log.h"
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
    if (word == "pour") write_all(some_large_record());
    if (word == "busy") write_all(some_session());
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
  static Event some_large_record() {
    Event event(EventId::session_closed);
    for (int i = 0; i < 20; ++i) event.add(Field::detail, std::string(kForeignTextLimit, 'x'));
    return event;
  }
  static Event some_session() {
    return Event(EventId::session_closed)
        .add(Field::terminal, "desk-1")
        .add(Field::service, "emr")
        .add(Field::source, "10.11.1.100")
        .add(Field::bytes_up, 4711)
        .add(Field::bytes_down, 47110)
        .add(Field::duration_ms, 1234);
  }
  /// As many as the supervisor lets anybody write at once, and waits whenever it does not read.
  void write_all(const Event& event) {
    const ipc::Channel log(UniqueFd(::dup(ipc::kLogFd)));
    const auto body = encode(event);
    for (int left = 9'000; left > 0;) {
      pollfd ready{log.fd(), POLLOUT, 0};
      ::poll(&ready, 1, -1);
      if (log.send(ipc::type_number(ipc::log::Msg::record), 0, body)) --left;
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
