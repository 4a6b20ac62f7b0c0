#include "control/reader_desk.h"

#include "base/codec.h"
#include "base/text.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace msg = ipc::records;
using msg::Msg;

constexpr std::size_t kMostPiece = 4u << 20;

}  // namespace

Result<> ReaderDesk::serve(const Around& around) {
  GW_TRY(const std::optional<ipc::Frame> asked, channel_.receive());
  if (!asked) return Done{};
  GW_TRY(conversation_.accept(*asked));
  return answer(*asked, around);
}

Result<> ReaderDesk::answer(const ipc::Frame& asked, const Around& around) {
  switch (static_cast<Msg>(asked.type)) {
    case Msg::find:
      return find(asked, around.store);
    case Msg::exported:
      return note(asked, around.records);
    case Msg::look:
      return look(asked, around.retention);
    case Msg::keep_for:
      return keep(asked, around.retention);
    default:
      return chain(asked, around.store);
  }
}

/// The receipt is a record like the others (LOG-07).
Result<> ReaderDesk::note(const ipc::Frame& asked, Chronicle& records) {
  GW_TRY(const auto exported, decode<msg::Exported>(asked.body));
  records.write(Event(EventId::records_exported)
                    .add(Field::name, exported.by)
                    .add(Field::detail, exported.form)
                    .add(Field::first, exported.first)
                    .add(Field::last, exported.last)
                    .add(Field::digest, to_hex(exported.digest)));
  return channel_.send(ipc::type_number(Msg::noted), asked.request, {});
}

template <class Body>
Result<> ReaderDesk::say(std::uint64_t request, Msg type, const Body& body, std::string_view text) {
  const Result<UniqueFd> sealed = sys::seal(as_bytes(text), "records");
  if (!sealed) return refuse(request, sealed.error());
  return channel_.send(ipc::type_number(type), request, encode(body), {sealed->get()});
}

Result<> ReaderDesk::refuse(std::uint64_t request, const Error& why) {
  return channel_.send(ipc::type_number(Msg::refused), request,
                       encode(msg::Refused{why.code, why.detail.substr(0, 512)}));
}

Result<> ReaderDesk::look(const ipc::Frame& asked, Retention& retention) {
  const auto report = retention.report();
  if (!report) return refuse(asked.request, report.error());
  return channel_.send(ipc::type_number(Msg::keeping), asked.request, encode(*report));
}

Result<> ReaderDesk::keep(const ipc::Frame& asked, Retention& retention) {
  GW_TRY(const auto wanted, decode<msg::KeepFor>(asked.body));
  const Result<> kept = retention.keep(wanted);
  return kept ? channel_.send(ipc::type_number(Msg::noted), asked.request, {})
              : refuse(asked.request, kept.error());
}

Result<> ReaderDesk::find(const ipc::Frame& asked, RecordStore& store) {
  GW_TRY(const auto wanted, decode<msg::Find>(asked.body));
  const auto found = store.find(wanted.query, wanted.before, wanted.most);
  if (!found) return refuse(asked.request, found.error());
  std::string text;
  for (const RecordStore::Found& one : *found) text += one.line + "\n";
  const msg::Found answer{static_cast<std::uint32_t>(found->size()),
                          found->empty() ? 0 : found->back().number};
  return say(asked.request, Msg::found, answer, text);
}

Result<> ReaderDesk::chain(const ipc::Frame& asked, RecordStore& store) {
  GW_TRY(const auto wanted, decode<msg::Chain>(asked.body));
  const std::uint64_t from = std::max(wanted.from, store.first());
  const auto before = store.link_before(from);
  if (!before) return refuse(asked.request, before.error());
  const auto piece = store.chain(from, kMostPiece);
  if (!piece) return refuse(asked.request, piece.error());
  return say(asked.request, Msg::piece, msg::Piece{piece->next, store.last()},
             audit::write_head(from, *before) + piece->text);
}

}  // namespace gw::control
