// Stands in for isolation-probe: every attempt is refused, and of the rest the aims say what comes out:
//   held     nothing works
//   broken   what is tried in the place of a proxyd works
//   mute     it ends without a word that anybody can read
//   stuck    the stranger outside the box never ends
//   holed    as stuck, once the stranger on the clinic's side got through

#include <unistd.h>

#include <string>

#include "dummy_channel.h"
#include "ipc/messages/probe.h"
#include "probe/outcome.h"

namespace {

using namespace gw;
using Outcome = model::ProofCase::Outcome;

}  // namespace

int main(int, char** arguments) {
  const std::string deed = arguments[1];
  if (deed == "attempt") return probe::kRefused;
  const dummy::Control control;
  const std::string aims = deed == "names" || deed == "resume" ? "held" : dummy::text_of(ipc::kInputFd);
  if (aims == "mute") {
    constexpr char kWords[] = "\0\x01 nothing\n";
    return ::write(STDERR_FILENO, kWords, sizeof kWords - 1) > 0 ? 1 : 2;
  }
  const bool is_on_lan = deed != "names" && deed != "resume" && std::string(arguments[2]) == "lan";
  if ((aims == "stuck" || aims == "holed") && deed == "outside" && !is_on_lan) return ::pause();
  const bool broken =
      is_on_lan && ((aims == "broken" && deed == "reach") || (aims == "holed" && deed == "outside"));
  control.tell(
      ipc::probe::Msg::tried,
      model::ProofCase{"W1", {}, {}, deed, broken ? Outcome::broken : Outcome::held, "as the aims say"});
  control.tell(ipc::probe::Msg::done);
}
