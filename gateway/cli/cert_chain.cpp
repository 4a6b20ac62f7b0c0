#include "cli/cert_chain.h"

#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

/// What is missing on the command line, if anything is.
std::optional<Text> missing(const Call& call) {
  if (call.anchors.empty()) return Text::cert_no_anchors;
  if (call.side == Side::cloud && call.host_name.empty()) return Text::cert_no_name;
  return std::nullopt;
}

}  // namespace

std::optional<pki::ChainVerdict> judge(const Call& call, const std::string& chain_pem, int& code) {
  code = kUsage;
  if (const auto complaint = missing(call)) {
    complain(said(call.language, *complaint));
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
  complain(said(call.language, Text::cert_no_pem, {verdict.error().to_text()}));
  return std::nullopt;
}

}  // namespace gw::cli
