#include "backup/certificate_part.h"

#include "base/jst.h"
#include "base/text.h"
#include "pki/certificate.h"

namespace gw::backup {

Part certificates_of(const config::Sources& sources) {
  std::string text = "sha256 not-after file\n";
  for (const config::Sources::File& file : sources.files) {
    const auto certificates = pki::read_certificates(as_text(file.content));
    if (!certificates) continue;
    for (const auto& certificate : *certificates)
      text.append(to_hex(pki::fingerprint_of(certificate.get())))
          .append(" ")
          .append(to_jst_text(pki::not_after_of(certificate.get())))
          .append(" ")
          .append(file.path)
          .append("\n");
  }
  const Bytes octets = as_bytes(text);
  return {"certificates.txt", {octets.begin(), octets.end()}};
}

}  // namespace gw::backup
