#include "ca/profile.h"

#include <algorithm>

namespace gw::ca {
namespace {

bool has(const Profile& profile, Usage usage) {
  return std::find(profile.usage.begin(), profile.usage.end(), usage) != profile.usage.end();
}
bool is_authority(const Profile& profile) { return profile.path_length.has_value(); }

struct Rule {
  bool (*broken)(const Profile& profile);
  const char* words;
};
constexpr Rule kRules[] = {
    {[](const Profile& p) { return is_authority(p) != has(p, Usage::sign_certificates); },
     "an authority signs certificates, and nobody else does (RFC 5280 4.2.1.9)"},
    {[](const Profile& p) { return !is_authority(p) && has(p, Usage::sign_lists); },
     "only an authority signs revocation lists (RFC 5280 4.2.1.3)"},
    {[](const Profile& p) { return is_authority(p) && !p.purposes.empty(); },
     "an authority has no purpose of its own (RFC 5280 4.2.1.12)"},
    {[](const Profile& p) { return is_authority(p) && p.names != NameForm::none; },
     "an authority has no alternative names"},
    {[](const Profile& p) { return !is_authority(p) && p.purposes.size() != 1; },
     "a certificate is made for one side, by name (CRT-02)"},
    {[](const Profile& p) { return !is_authority(p) && !has(p, Usage::digital_signature); },
     "a handshake is a signature (RFC 8446 4.4.2.2)"},
    {[](const Profile& p) { return !is_authority(p) && p.has_territory; },
     "only an authority's names are constrained (RFC 5280 4.2.1.10)"},
    {[](const Profile& p) {
       return p.purposes == std::vector{Purpose::client_auth} && p.longest > kLongestClient;
     },
     "a client's certificate lives for 397 days at most (CRT-02)"},
};

}  // namespace

Result<> check_profile(const Profile& profile) {
  for (const Rule& rule : kRules)
    if (rule.broken(profile)) return Error{ErrorCode::profile_contradictory, rule.words};
  return Done{};
}

}  // namespace gw::ca
