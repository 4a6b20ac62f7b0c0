// Stands in for conf-compile. The "configuration" is a script, a line an order:
//   tenant NAME PORT PROXY DIALER   a compartment on 127.0.0.1:PORT; PROXY and DIALER say how its processes
//   behave key FILE                        a key file of the last tenant error                           the
//   configuration is no good net STEP                        net-apply is to fail at that step vanish end
//   without a report
// Its sources are the script.

#include <sstream>

#include "config/sources.h"
#include "dummy_channel.h"
#include "ipc/messages/compile.h"
#include "model/certificate_roll.h"
#include "model/network_roll.h"
#include "model/rule_roll.h"
#include "model/snapshot.h"

namespace {

using namespace gw;
using ipc::compile::Msg;
using ipc::compile::Part;
using ipc::compile::PartKind;

std::string input(const std::string& origin) {
  if (origin == "kept") {
    const auto sealed = sys::read_sealed(ipc::kInputFd, 1024 * 1024);
    return decode<config::Sources>(*sealed)->text;
  }
  std::string text;
  char buffer[4096];
  for (ssize_t size; (size = ::read(ipc::kSecondInputFd, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(size));
  return text;
}

void send_part(const dummy::Control& control, PartKind kind, model::TenantId tenant, Bytes content) {
  const auto fd = sys::seal(content, "part");
  control.tell(Msg::part, Part{kind, tenant}, {fd->get()});
}

struct Site {
  model::Wiring wiring{};
  std::string net = "sound";
  std::string aims = "held";
  std::uint32_t errors = 0;
};

void read_tenant(std::istringstream& words, const dummy::Control& control, Site& site) {
  std::string name, proxy, dialer;
  std::uint16_t port = 0;
  words >> name >> port >> proxy >> dialer;
  const model::TenantId id{static_cast<std::uint16_t>(site.wiring.compartments.size())};
  const model::Endpoint endpoint{*model::IpAddress::parse("127.0.0.1"), port};
  site.wiring.compartments.push_back({id, name, {{model::ListenerId{0}, endpoint}}, {}});
  send_part(control, PartKind::snapshot, id, as_bytes(proxy));
  send_part(control, PartKind::dial_table, id, as_bytes(dialer));
}

void read_line(const std::string& line, const dummy::Control& control, Site& site) {
  std::istringstream words(line);
  std::string order;
  words >> order;
  if (order == "tenant") read_tenant(words, control, site);
  if (order == "net") words >> site.net;
  if (order == "aims") words >> site.aims;
  if (order == "error") ++site.errors;
  if (order == "vanish") std::exit(3);
  if (order == "hang") ::pause();
  if (order == "key") {
    std::string file;
    words >> file;
    site.wiring.compartments.back().keys.push_back({model::KeyId{0}, file});
  }
}

}  // namespace

int main(int count, char** arguments) {
  const dummy::Control control;
  Site site;
  site.wiring.generation = model::Generation{count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 0};
  const std::string script = input(count > 2 ? arguments[2] : "");
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) read_line(line, control, site);
  send_part(control, PartKind::wiring, {}, encode(site.wiring));
  send_part(control, PartKind::net_plan, {}, as_bytes(site.net));
  send_part(control, PartKind::aims, {}, as_bytes(site.aims));
  send_part(control, PartKind::sources, {}, encode(config::Sources{script, {}}));
  send_part(control, PartKind::rules, {}, encode(model::RuleRoll{}));
  send_part(control, PartKind::certificates, {}, encode(model::CertificateRoll{}));
  send_part(control, PartKind::network, {}, encode(model::NetworkRoll{}));
  const auto report =
      sys::seal(as_bytes(site.errors == 0 ? "" : "site:1:1: config.syntax: no good\n"), "report");
  control.tell(Msg::report, ipc::compile::Report{site.errors == 0, site.errors}, {report->get()});
}
