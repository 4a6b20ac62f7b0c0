#include "model/cut.h"

#include "base/text.h"

namespace gw::model {

std::string_view to_string(Cut::What what) {
  static constexpr std::string_view kWords[] = {"everything", "tenant", "service",
                                                "terminal",   "source", "certificates"};
  return kWords[static_cast<std::size_t>(what)];
}

std::string Cut::to_text() const {
  if (what == What::certificates)
    return (certificate.empty() ? "certificates" : "certificate " + certificate) + " of " + tenant + "/" +
           name;
  std::string text(to_string(what));
  if (!tenant.empty()) text += " " + tenant;
  if (!name.empty()) text += (tenant.empty() ? " " : "/") + name;
  return text;
}

bool is_source(const std::string& text) {
  const auto address = IpAddress::parse(text);
  return address && address->to_text() == text;
}

bool is_fingerprint(const std::string& text) {
  return text.size() == kFingerprintDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool CutOff::blocks_certificate(const std::string& terminal, const CertificateIdentity* shown) const {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    if (block.certificate.empty()) return block.terminal == terminal;
    return shown != nullptr && (block.certificate == to_hex(shown->fingerprint()) ||
                                block.certificate == to_hex(shown->twin_fingerprint()));
  });
}

CutOff cut_off_of(const std::vector<Cut>& cuts, const std::string& tenant) {
  CutOff out;
  for (const Cut& cut : cuts) {
    if (cut.what == Cut::What::everything) out.whole = true;
    if (cut.what == Cut::What::source)
      if (const auto address = IpAddress::parse(cut.name)) out.sources.push_back(*address);
    if (cut.tenant != tenant) continue;
    if (cut.what == Cut::What::tenant) out.whole = true;
    if (cut.what == Cut::What::service) out.services.push_back({cut.name});
    if (cut.what == Cut::What::terminal) out.terminals.push_back({cut.name});
    if (cut.what == Cut::What::certificates) out.blocks.push_back({cut.name, cut.certificate});
  }
  return out;
}

}  // namespace gw::model
