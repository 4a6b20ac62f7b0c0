#include "evidence/seal.h"

#include "base/text.h"
#include "pki/certificate.h"

namespace gw::evidence {
std::string sums_of(const std::vector<File>& files) {
  std::string out;
  for (const File& file : files)
    out.append(to_hex(pki::sha256_of(as_bytes(file.content)))).append("  ").append(file.name).append("\n");
  return out;
}

}  // namespace gw::evidence
