// sekisho-dhcp-lease WORD
//
// The kept DHCP client runs this with what a server lent in its environment: the one program of the box that
// reads its environment, because that is udhcpc's whole interface. It is born behind the client's walls,
// drops what that has, shuts itself in, says one message of fixed layout to the supervisor and ends.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "announcement.h"
#include "base/codec.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;
using ipc::dhcp::Msg;

std::vector<std::string_view> variables() {
  std::vector<std::string_view> out;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    out.push_back(*variable);
  return out;
}

Result<> tell(const ipc::Channel& control, const dhcp_lease::Announcement& announcement) {
  if (const auto* lent = std::get_if<ipc::dhcp::Lent>(&announcement))
    return control.send(ipc::type_number(Msg::lent), 0, encode(*lent));
  if (std::holds_alternative<dhcp_lease::Lost>(announcement))
    return control.send(ipc::type_number(Msg::lost), 0, {});
  return Done{};
}

Result<> run(std::string_view word) {
  GW_TRY(sys::shut_in(sys::Filter::dhcp_lease));
  GW_TRY(const dhcp_lease::Announcement announcement, dhcp_lease::read_announcement(word, variables()));
  return tell(ipc::Channel(UniqueFd(ipc::kKeptControlFd)), announcement);
}

}  // namespace

int main(int count, char** arguments) {
  const Result<> done = run(count == 2 ? arguments[1] : "");
  if (done) return EXIT_SUCCESS;
  std::fprintf(stderr, "%s\n", done.error().to_text().c_str());
  return EXIT_FAILURE;
}
