#include "erase/inventory.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/codec.h"
#include "base/jst.h"
#include "base/text.h"
#include "model/held_certificates.h"
#include "pki/certificate.h"
#include "pki/description.h"
#include "sys/durable_file.h"

namespace gw::erase {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostFile = 160u << 20;  // a configuration with all its files
constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----", kEnd = "-----END CERTIFICATE-----";

bool is_authority(const X509* certificate) {
  const pki::Description about = pki::describe(certificate);
  return std::ranges::find(about.roles, "an authority") != about.roles.end();
}

/// In the order in which they stand there, whatever is between them. Each octet is read once, however many of
/// them begin there and never end.
std::vector<pki::X509Ptr> certificates_of(std::string_view text) {
  std::vector<pki::X509Ptr> out;
  for (std::size_t end = text.find(kEnd); end != text.npos; end = text.find(kEnd)) {
    const std::string_view before = text.substr(0, end + kEnd.size());
    if (const std::size_t begin = before.rfind(kBegin); begin != before.npos) {
      auto found = pki::read_certificates(before.substr(begin));
      if (found) out.push_back(std::move(found->front()));
    }
    text.remove_prefix(before.size());
  }
  return out;
}

class Listing {
 public:
  /// False: there is none, or none that can be read.
  bool look_into_book(const std::string& path) {
    const auto octets = sys::read_kept(path, model::kMostHeldOctets);
    const auto held =
        octets ? decode<model::HeldCertificates>(*octets) : Result<model::HeldCertificates>(octets.error());
    if (!held) return false;
    for (const model::CertificateRoll::Certificate& each : held->all)
      add(each.subject, each.issuer, each.serial, each.ends, each.fingerprint);
    return held->is_whole;
  }
  void look_into(const fs::path& path) {
    for (const pki::X509Ptr& each : in(path))
      if (!is_authority(each.get())) add(each.get());
  }
  void look_beneath(const std::string& folder) {
    std::error_code failed;
    for (fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && each != end; each.increment(failed))
      if (std::error_code unread; each->is_regular_file(unread) && !each->is_symlink(unread))
        look_into(each->path());
  }
  /// Its own stands first, in front of those above it.
  void look_into_authority(const fs::path& path) {
    if (const auto certificates = in(path); !certificates.empty()) add(certificates.front().get());
  }
  std::vector<Facts::Owned> take() { return std::move(out_); }

 private:
  static std::vector<pki::X509Ptr> in(const fs::path& path) {
    const auto octets = sys::read_kept(path, kMostFile);
    return octets ? certificates_of(as_text(*octets)) : std::vector<pki::X509Ptr>();
  }
  void add(const X509* certificate) {
    const pki::Description about = pki::describe(certificate);
    add(about.subject, about.issuer, about.serial, about.life.ends, about.fingerprint);
  }
  /// What somebody has issued to himself is nobody else's to revoke.
  void add(const std::string& subject, const std::string& issuer, const std::string& serial,
           model::CivilSeconds ends, const pki::Sha256& fingerprint) {
    if (subject == issuer || !seen_.insert(fingerprint).second) return;
    out_.push_back({subject, issuer, serial, to_day_text(jst_day_of(ends)), to_hex(fingerprint)});
  }

  std::vector<Facts::Owned> out_{};
  std::set<pki::Sha256> seen_{};
};

}  // namespace

Inventory inventory_of(const std::string& folder) {
  Listing listing;
  const bool is_whole = listing.look_into_book(folder + "/" + model::kHeldFile);
  listing.look_beneath(folder + "/identities");
  listing.look_into_authority(folder + "/site-ca");
  if (!is_whole) {
    listing.look_into(folder + "/start");
    listing.look_beneath(folder + "/site");
  }
  return {listing.take(), is_whole};
}

}  // namespace gw::erase
