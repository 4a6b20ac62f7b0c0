#include "names/staging.h"

#include <utility>

#include "base/codec.h"
#include "sys/sealed.h"

namespace gw::names {
namespace {

constexpr std::size_t kMaxTable = 64u << 20;

Result<model::NameTable> read_table(const ipc::Frame& frame, model::Generation generation) {
  GW_TRY(const auto sealed, sys::read_sealed(frame.fds.front().get(), kMaxTable));
  GW_TRY(model::NameTable table, decode<model::NameTable>(sealed));
  if (table.generation != generation)
    return Error{ErrorCode::message_malformed, "the table is of another generation"};
  return table;
}

Error incomplete(const std::string& what) { return {ErrorCode::message_malformed, what}; }

}  // namespace

void Staging::begin(model::Generation generation) {
  if (generation == generation_) return;
  forget();
  generation_ = generation;
}

void Staging::forget() { *this = Staging(); }

void Staging::take_table(const ipc::Frame& frame, model::Generation generation) {
  begin(generation);
  Result<model::NameTable> table = read_table(frame, generation);
  if (table)
    table_ = *std::move(table);
  else
    flaw_ = std::move(table).error();
}

void Staging::take_socket(const ipc::compartment::StagedSocket& staged, UniqueFd socket) {
  begin(staged.generation);
  Sockets& sockets = sockets_[staged.address];
  (staged.transport == ipc::compartment::Transport::udp ? sockets.udp : sockets.tcp) = std::move(socket);
}

Result<> Staging::check(model::Generation generation) const {
  if (flaw_) return *flaw_;
  if (generation != generation_ || !table_) return incomplete("no table of this generation came");
  std::size_t named = 0;
  for (const model::NameTable::View& view : table_->views)
    for (const model::IpAddress& address : view.answering) {
      const auto found = sockets_.find(address);
      if (found == sockets_.end() || !found->second.udp || !found->second.tcp)
        return incomplete("a socket is missing for " + address.to_text());
      ++named;
    }
  if (named != sockets_.size()) return incomplete("a socket came that the table does not speak of");
  return Done{};
}

Doors Staging::take(model::Generation generation) {
  Doors doors;
  for (const model::NameTable::View& view : table_->views) {
    const auto zones = std::make_shared<const Zones>(view, generation);
    for (const model::IpAddress& address : view.answering) {
      Sockets& sockets = sockets_.at(address);
      doors.push_back({zones, std::move(sockets.udp), std::move(sockets.tcp)});
    }
  }
  forget();
  return doors;
}

}  // namespace gw::names
