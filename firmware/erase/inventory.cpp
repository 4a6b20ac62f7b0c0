#include "erase/inventory.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/jst.h"
#include "base/text.h"
#include "pki/certificate.h"
#include "pki/description.h"
#include "sys/durable_file.h"

namespace gw::erase {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostFile = 16u << 20, kMostListed = 200;
constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----", kEnd = "-----END CERTIFICATE-----";
constexpr std::string_view kSiteAuthority = "site-ca";  // whose own certificate stands first in it

std::string day_of(const X509* certificate) {
  return to_day_text(jst_day_of(pki::not_after_of(certificate)));
}

bool is_authority(const X509* certificate) {
  const pki::Description about = pki::describe(certificate);
  return std::ranges::find(about.roles, "an authority") != about.roles.end();
}

/// In the order in which they stand there, whatever is between them.
std::vector<pki::X509Ptr> certificates_of(std::string_view text) {
  std::vector<pki::X509Ptr> out;
  for (std::size_t at = text.find(kBegin); at != text.npos; at = text.find(kBegin, at + 1)) {
    const std::size_t end = text.find(kEnd, at);
    if (end == text.npos) break;
    auto found = pki::read_certificates(text.substr(at, end + kEnd.size() - at));
    if (found) out.push_back(std::move(found->front()));
  }
  return out;
}

class Listing {
 public:
  void look_into(const fs::path& path) {
    const auto octets = sys::read_kept(path, kMostFile);
    if (!octets) return;
    const std::vector<pki::X509Ptr> certificates = certificates_of(as_text(*octets));
    const bool is_sites = path.filename() == kSiteAuthority;
    if (is_sites && !certificates.empty()) add(certificates.front().get());
    for (const pki::X509Ptr& each : certificates)
      if (!is_authority(each.get())) add(each.get());
  }
  std::vector<Facts::Owned> take() { return std::move(out_); }

 private:
  void add(const X509* certificate) {
    const pki::Description about = pki::describe(certificate);
    if (about.subject == about.issuer || !seen_.insert(about.fingerprint).second ||
        out_.size() >= kMostListed)
      return;
    out_.push_back(
        {about.subject, about.issuer, about.serial, day_of(certificate), to_hex(about.fingerprint)});
  }

  std::vector<Facts::Owned> out_{};
  std::set<pki::Sha256> seen_{};
};

}  // namespace

std::vector<Facts::Owned> certificates_in(const std::string& folder) {
  Listing listing;
  std::error_code failed;
  for (fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied, failed),
       end;
       !failed && each != end; each.increment(failed))
    if (std::error_code unread; each->is_regular_file(unread) && !each->is_symlink(unread))
      listing.look_into(each->path());
  return listing.take();
}

}  // namespace gw::erase
