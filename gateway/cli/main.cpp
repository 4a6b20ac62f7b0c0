// sekisho: the command line of the box.

#include <algorithm>
#include <span>
#include <string_view>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"

namespace {

using namespace gw::cli;
using Verb = gw::model::SiteOrder::Verb;
using What = gw::model::Cut::What;
using Act = gw::ipc::op::IdentityOrder::Act;

const Command kCommands[] = {
    {"ca adopt", {"CHAIN"}, "takes what the vendor's root answered to `ca request`", site<Verb::adopt>},
    {"ca answer", {"QUESTION", "ANSWER"}, "answers an OCSP request about a terminal", site<Verb::answer>},
    {"ca list", {"FILE"}, "makes a revocation list of the terminals' certificates", site<Verb::look>},
    {"ca make", {"FILE"}, "makes the site's own authority; its certificate goes to FILE", site<Verb::found>},
    {"ca request", {"FILE"}, "or makes its key and a request to the vendor's root", site<Verb::request>},
    {"ca show", {}, "says what the site's authority is, and what it has certified", site<Verb::report>},
    {"cert adopt",
     {"TENANT/IDENTITY", "CHAIN"},
     "takes what an authority answered to `cert request`",
     identity<Act::adopt>},
    {"cert csr",
     {"PROFILE", "KEY", "REQUEST"},
     "makes a new key and a request for a certificate of that profile",
     cert_csr},
    {"cert enrol",
     {"TENANT/IDENTITY", "TICKET"},
     "gives an identity that the box keeps itself the ticket for its first certificate",
     identity<Act::enrol>},
    {"cert expiry", {"[CONFIG]"}, "says which certificates are due; fails if any is", cert_expiry},
    {"cert explain", {"FILE"}, "says why a chain is refused, and what to do about it", cert_explain},
    {"cert import",
     {"CHAIN", "KEY", "TARGET"},
     "puts a new certificate in its place, if it fits its key and is believed",
     cert_import},
    {"cert list", {"[CONFIG]"}, "names every certificate of a configuration, and its days left", cert_list},
    {"cert renew", {"TENANT/IDENTITY"}, "gives an identity its next certificate now", identity<Act::renew>},
    {"cert request",
     {"TENANT/IDENTITY", "FILE"},
     "makes the next key of an identity, in the box, and a request to carry to an authority",
     identity<Act::request>},
    {"cert rollover",
     {"OLD", "NEW", "[CONFIG]"},
     "says what to write while one authority gives way to the next",
     cert_rollover},
    {"cert show", {"FILE"}, "says in words what is in a certificate or a request", cert_show},
    {"cert verify", {"FILE"}, "judges a chain as the box would in a handshake", cert_verify},
    {"clock trust",
     {},
     "says that the clock is right, whatever the box last saw; wants a reason",
     clock_trust},
    {"config check", {"FILE"}, "says everything that is wrong with a configuration", config_check},
    {"config show", {"FILE"}, "prints the effective configuration, defaults written out", config_show},
    {"config diff", {"OLD", "NEW"}, "says what a new configuration changes", config_diff},
    {"config apply",
     {"FILE"},
     "puts a configuration in force for a while, until it is confirmed",
     config_apply},
    {"config approve",
     {"CHANGE"},
     "allows, as a second person, a change that lets more through",
     config_approve},
    {"config change", {"[CHANGE]"}, "shows a change: who, why, what, and what became of it", config_change},
    {"config confirm",
     {"TOKEN"},
     "keeps what was applied; the box starts with it from now on",
     config_confirm},
    {"config extend", {}, "gives what was applied more time to be confirmed", config_extend},
    {"config history", {}, "lists the changes, the newest first", config_history},
    {"config publish", {"FILE"}, "applies a configuration and confirms it at once", config_publish},
    {"config put", {"CHANGE"}, "as apply, of a change that was made before", config_put},
    {"config rollback",
     {"[CHANGE]"},
     "undoes what was applied, or applies what an earlier change had",
     config_rollback},
    {"config text", {"[CHANGE]"}, "prints a change's configuration as it was written", config_text},
    {"config withdraw", {"CHANGE"}, "gives up a change that is not in force", config_withdraw},
    {"config republish",
     {},
     "puts what is in force in force anew, reading none of its files again",
     config_republish},
    {"cut everything", {}, "ends all sessions and lets none begin, until restored", cut<What::everything>},
    {"cut tenant", {"TENANT"}, "the same for one tenant", cut<What::tenant>},
    {"cut service", {"TENANT/SERVICE"}, "the same for one service", cut<What::service>},
    {"cut terminal", {"TENANT/TERMINAL"}, "the same for one terminal", cut<What::terminal>},
    {"cut source", {"ADDRESS"}, "the same for one address on the clinic's side", cut<What::source>},
    {"isolation prove",
     {},
     "tries on the running box what must not work; fails unless all of it is refused",
     isolation_prove},
    {"isolation show", {}, "says what came out of that last; the box does it every hour", isolation_show},
    {"isolation metrics", {}, "the same as OpenMetrics", isolation_metrics},
    {"log export", {"FILE"}, "writes all records, with what proves them, into a new file", log_export},
    {"log keep", {}, "says how long records are kept and there is room, or changes it", log_keep},
    {"log list", {}, "shows the newest records that fit", log_list},
    {"log verify",
     {"[FILE]"},
     "says whether records were changed, removed or inserted; fails if any was",
     log_verify},
    {"restore everything", {}, "undoes `cut everything`, and no other cut", restore<What::everything>},
    {"restore tenant", {"TENANT"}, "undoes the cut of one tenant", restore<What::tenant>},
    {"restore service", {"TENANT/SERVICE"}, "undoes the cut of one service", restore<What::service>},
    {"restore terminal", {"TENANT/TERMINAL"}, "undoes the cut of one terminal", restore<What::terminal>},
    {"restore source", {"ADDRESS"}, "undoes the cut of one address", restore<What::source>},
    {"terminal enrol",
     {"TENANT/TERMINAL", "FILE"},
     "gives a terminal its first certificate, with or without its own --request",
     site<Verb::enrol>},
    {"terminal label", {"TENANT/TERMINAL"}, "prints a label to stick on it", terminal_label},
    {"terminal renew",
     {"TENANT/TERMINAL", "FILE"},
     "gives it the next one; the one before counts for seven days yet",
     site<Verb::renew>},
    {"terminal replace",
     {"TENANT/TERMINAL", "FILE"},
     "gives it to another device; what the old one had counts no more",
     site<Verb::replace>},
    {"terminal revoke", {"TENANT/TERMINAL"}, "ends what it has, for good", site<Verb::revoke>},
    {"terminal ticket",
     {"TENANT/TERMINAL"},
     "makes a word with which it may ask for its certificate itself, once",
     site<Verb::ticket>},
    {"terminal block",
     {"TENANT/TERMINAL"},
     "ends a terminal's sessions and refuses its certificates, or the one",
     cut<What::certificates>},
    {"terminal list", {}, "says of every terminal whether it is known, blocked or cut off", terminal_list},
    {"terminal unblock", {"TENANT/TERMINAL"}, "undoes exactly that block", restore<What::certificates>},
    {"status", {}, "says what runs and on which generation", status},
};

}  // namespace

int main(int count, char** arguments) {
  const std::span<char* const> words(arguments + std::min(count, 1), arguments + count);
  const auto asks_help = [](const char* word) {
    return std::string_view(word) == "--help" || std::string_view(word) == "-h";
  };
  if (std::any_of(words.begin(), words.end(), asks_help)) {
    print(help(kCommands));
    return kOk;
  }
  const Understood understood = understand(kCommands, words);
  if (understood.choice) return understood.choice->command->run(understood.choice->call);
  complain(understood.complaint + "; see sekisho --help");
  return kUsage;
}
