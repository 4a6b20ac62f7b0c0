#include "store.h"

#include "base/codec.h"
#include "ipc/awaited.h"
#include "sys/sealed.h"

namespace gw::renewer {
namespace {

using ipc::renewal::Msg;

constexpr std::chrono::seconds kPatience{30};  // a disk may be busy

}  // namespace

Result<> Store::keep(const std::string& identity, ipc::renewal::Place place, std::string_view text) {
  GW_TRY(const UniqueFd sealed, sys::seal(as_bytes(text), "identity"));
  const auto body = encode(ipc::renewal::Keep{identity, place});
  GW_TRY(control_.send(ipc::type_number(Msg::keep), 0, body, {sealed.get()}));
  GW_TRY(ipc::awaited(control_, conversation_, clock_.now() + kPatience, clock_));
  return Done{};
}

Result<> Store::finish(std::chrono::milliseconds look_again, std::vector<ipc::renewal::Attempt> attempts) {
  const ipc::renewal::Finished finished{look_again, std::move(attempts)};
  return control_.send(ipc::type_number(Msg::finished), 0, encode(finished));
}

}  // namespace gw::renewer
