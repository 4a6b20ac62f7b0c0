#include "erase/inventory.h"

#include <filesystem>
#include <set>

#include "base/jst.h"
#include "pki/certificate.h"
#include "pki/description.h"
#include "sys/durable_file.h"

namespace gw::erase {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostFile = 1u << 20, kMostListed = 200;

std::string day_of(const X509* certificate) {
  return to_day_text(jst_day_of(pki::not_after_of(certificate)));
}

}  // namespace

std::vector<Facts::Owned> certificates_in(const std::string& folder) {
  std::vector<Facts::Owned> out;
  std::set<pki::Sha256> seen;
  std::error_code failed;
  for (fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied, failed),
       end;
       !failed && each != end; each.increment(failed)) {
    if (each->path().extension() != ".pem") continue;
    const auto text = sys::read_kept(each->path(), kMostFile);
    const auto certificates =
        text ? pki::read_certificates(as_text(*text)) : Result<std::vector<pki::X509Ptr>>(text.error());
    if (!certificates) continue;
    for (const pki::X509Ptr& certificate : *certificates) {
      const pki::Description about = pki::describe(certificate.get());
      if (about.subject == about.issuer || !seen.insert(about.fingerprint).second ||
          out.size() >= kMostListed)
        continue;
      out.push_back({about.subject, about.issuer, about.serial, day_of(certificate.get())});
    }
  }
  return out;
}

}  // namespace gw::erase
