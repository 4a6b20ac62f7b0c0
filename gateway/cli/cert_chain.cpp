#include "cli/cert_chain.h"

#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"

namespace gw::cli {
namespace {

/// What is missing on the command line; empty if nothing is.
std::string missing(const Call& call) {
  if (call.anchors.empty()) return "say which authorities are trusted: --anchors FILE";
  if (call.side == Side::cloud && call.host_name.empty())
    return "say which name a cloud's certificate must carry: --name HOST";
  return {};
}

}  // namespace

std::optional<pki::ChainVerdict> judge(const Call& call, const std::string& chain_pem, int& code) {
  code = kUsage;
  if (const std::string complaint = missing(call); !complaint.empty()) {
    complain(complaint);
    return std::nullopt;
  }
  code = kInputMissing;
  const auto anchors = read_text(call.anchors);
  if (!anchors) return std::nullopt;
  code = kFailed;
  const pki::PeerDemands demands{.peer = call.side == Side::cloud ? pki::Peer::cloud : pki::Peer::terminal,
                                 .host_name = call.host_name};
  auto verdict = pki::judge_chain(chain_pem, *anchors, demands, system_clock());
  if (verdict) return *std::move(verdict);
  complain(verdict.error().to_text() + ": the chain and the anchors must be PEM certificates");
  return std::nullopt;
}

}  // namespace gw::cli
