#include "ca/may_sign.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "ca/built_in.h"
#include "ca/extensions.h"
#include "ca/issue.h"
#include "ca/list.h"
#include "keys/may_sign.h"
#include "pki/certificate.h"
#include "pki/names_text.h"
#include "pki/times.h"

namespace gw::ca {
namespace {

using ipc::compartment::Trade;
using model::CivilSeconds;
using ListPtr = std::unique_ptr<X509_CRL, pki::Freer<X509_CRL_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, pki::Freer<X509_REQ_free>>;
using AnswerPtr = std::unique_ptr<OCSP_BASICRESP, pki::Freer<OCSP_BASICRESP_free>>;

/// What is asked about, apart from the trade.
struct Asked {
  const keys::PrivateKey& key;
  PublicKey half;
  model::SignatureScheme scheme;
  Bytes message;
  CivilSeconds now;
};

/// What is to be signed as it will be read, with a signature of no octets; null unless it is exactly that.
template <class Handle, class T>
Handle read_whole(const Asked& asked, T* (*read)(T**, const unsigned char**, long),
                  int (*write)(const T*, unsigned char**)) {
  const Octets what(asked.message.begin(), asked.message.end());
  const Octets whole =
      tagged(Tag::sequence, {what, algorithm_of(asked.half.kind()), tagged(Tag::bits, Bytes(Octets{0}))});
  const unsigned char* at = whole.data();
  Handle out(read(nullptr, &at, static_cast<long>(whole.size())));
  if (!out || encoded(write, static_cast<const T*>(out.get())) != whole) return nullptr;
  return out;
}

bool is_dated_now(const ASN1_TIME* time, CivilSeconds now) {
  const auto at = pki::seconds_of(time);
  return at && *at >= now - kDatedWithin && *at <= now + kDatedWithin;
}

/// From one to the other, if both can be read.
std::optional<CivilSeconds> span(const ASN1_TIME* from, const ASN1_TIME* to) {
  const auto begins = pki::seconds_of(from), ends = pki::seconds_of(to);
  if (!begins || !ends) return std::nullopt;
  return *ends - *begins;
}

/// All extensions in one element [3], as extensions_of() makes them.
Octets extensions_in(const X509* certificate) {
  Octets all;
  for (int i = 0; i < X509_get_ext_count(certificate); ++i)
    append(all,
           encoded(i2d_X509_EXTENSION, static_cast<const X509_EXTENSION*>(X509_get_ext(certificate, i))));
  return tagged(Tag::group_3, {tagged(Tag::sequence, Bytes(all))});
}

/// AuthorityKeyIdentifier, DER; empty: there is none, or not the key's alone.
Octets authority_key_in(X509* certificate) {
  const ASN1_OCTET_STRING* key = X509_get0_authority_key_id(certificate);
  if (key == nullptr) return {};
  const unsigned char* data = ASN1_STRING_get0_data(key);
  const Octets octets(data, data + ASN1_STRING_length(key));
  return tagged(Tag::sequence, {tagged(Tag::field_0, Bytes(octets))});
}

/// The one URI it names; empty if that is not all.
std::string only_uri_in(const X509* certificate) {
  constexpr std::string_view kKind = "URI:";
  const std::vector<std::string> names = pki::names_text(certificate);
  return names.size() == 1 && names.front().starts_with(kKind) ? names.front().substr(kKind.size()) : "";
}

/// Made again from what it says, it has the same extensions: so it has no other.
bool is_terminal_certificate(const Asked& asked) {
  const auto certificate = read_whole<pki::X509Ptr>(asked, d2i_X509, i2d_X509);
  if (!certificate || X509_get_version(certificate.get()) != X509_VERSION_3) return false;
  const auto subject_key = PublicKey::read(pki::public_key_of(certificate.get()));
  const Octets authority_key = authority_key_in(certificate.get());
  const Names names{.uris = {only_uri_in(certificate.get())}};
  if (!subject_key || subject_key->der() == asked.half.der() || authority_key.empty() ||
      !check_form(NameForm::terminal, names))
    return false;
  const auto life = span(X509_get0_notBefore(certificate.get()), X509_get0_notAfter(certificate.get()));
  return life && *life > CivilSeconds(0) && *life <= terminal_profile().longest + kBackdated &&
         is_dated_now(X509_get0_notBefore(certificate.get()), asked.now) &&
         extensions_in(certificate.get()) ==
             extensions_of(terminal_profile(), names, {}, *subject_key, authority_key);
}

bool is_own_authority(const Asked& asked) {
  const auto certificate = read_whole<pki::X509Ptr>(asked, d2i_X509, i2d_X509);
  if (!certificate) return false;
  X509* readable = certificate.get();
  constexpr std::uint32_t kUsage = KU_KEY_CERT_SIGN | KU_CRL_SIGN;
  const std::uint32_t flags = X509_get_extension_flags(readable);
  return pki::public_key_of(readable) == asked.half.der() &&
         X509_NAME_cmp(X509_get_subject_name(readable), X509_get_issuer_name(readable)) == 0 &&
         (flags & (EXFLAG_CA | EXFLAG_KUSAGE | EXFLAG_INVALID | EXFLAG_XKUSAGE)) ==
             (EXFLAG_CA | EXFLAG_KUSAGE) &&
         X509_get_key_usage(readable) == kUsage && X509_get_pathlen(readable) == 0;
}

bool is_certificate(const Asked& asked, Trade trade) {
  return trade == Trade::certify_terminals ? is_terminal_certificate(asked) : is_own_authority(asked);
}

bool is_list(const Asked& asked, Trade) {
  const auto list = read_whole<ListPtr>(asked, d2i_X509_CRL, i2d_X509_CRL);
  if (!list || X509_CRL_get_version(list.get()) != X509_CRL_VERSION_2) return false;
  const auto until_next = span(X509_CRL_get0_lastUpdate(list.get()), X509_CRL_get0_nextUpdate(list.get()));
  return until_next && *until_next > CivilSeconds(0) && *until_next <= kLongestBetween &&
         is_dated_now(X509_CRL_get0_lastUpdate(list.get()), asked.now);
}

/// By the authority itself, which names itself by its key.
bool is_answer(const Asked& asked, Trade) {
  const auto answer = read_whole<AnswerPtr>(asked, d2i_OCSP_BASICRESP, i2d_OCSP_BASICRESP);
  const ASN1_OCTET_STRING* by_key = nullptr;
  const X509_NAME* by_name = nullptr;
  if (!answer || OCSP_resp_get0_id(answer.get(), &by_key, &by_name) != 1 || by_key == nullptr) return false;
  const unsigned char* data = ASN1_STRING_get0_data(by_key);
  return Octets(data, data + ASN1_STRING_length(by_key)) == asked.half.ocsp_hash() &&
         is_dated_now(OCSP_resp_get0_produced_at(answer.get()), asked.now);
}

bool is_own_request(const Asked& asked, Trade) {
  const auto request = read_whole<RequestPtr>(asked, d2i_X509_REQ, i2d_X509_REQ);
  return request &&
         encoded(i2d_X509_PUBKEY, static_cast<const X509_PUBKEY*>(X509_REQ_get_X509_PUBKEY(request.get()))) ==
             asked.half.der();
}

/// By the shape of its beginning: the tag of the outer element's first one, and the octet that follows where
/// two begin alike.
struct Row {
  Trade trade;
  Tag first;
  std::optional<std::uint8_t> version;
  bool (*is_it)(const Asked& asked, Trade trade);
};
constexpr Row kRows[] = {
    {Trade::found_authority, Tag::integer, std::uint8_t{0}, is_own_request},
    {Trade::found_authority, Tag::group_0, {}, is_certificate},
    {Trade::certify_terminals, Tag::group_0, {}, is_certificate},
    {Trade::certify_terminals, Tag::integer, std::uint8_t{1}, is_list},
    {Trade::certify_terminals, Tag::group_2, {}, is_answer},
    {Trade::hold_identity, Tag::integer, std::uint8_t{0}, is_own_request},
};

/// The content of the outer element; empty if its head cannot be read.
Bytes content_of(Bytes message) {
  const unsigned char* at = message.data();
  long length = 0;
  int tag = 0, kind = 0;
  const int read = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(message.size()));
  if ((read & 0x80) != 0 || tag != V_ASN1_SEQUENCE) return {};
  return message.subspan(static_cast<std::size_t>(at - message.data()));
}

bool begins_as(const Row& row, Bytes content) {
  constexpr std::size_t kVersionAt = 2;
  return content.size() > kVersionAt && content[0] == static_cast<std::uint8_t>(row.first) &&
         (!row.version || content[kVersionAt] == *row.version);
}

bool is_handshake(const Asked& asked) {
  const model::KeyUse client{.cloud_side = true};
  return keys::may_sign(client, model::TlsRole::cloud_side, asked.scheme, asked.message, asked.now) ==
         keys::Leave::yes;
}

bool is_allowed(Trade trade, const Asked& asked) {
  if (trade == Trade::hold_identity && is_handshake(asked)) return true;
  if (asked.scheme != scheme_of(asked.half.kind())) return false;
  const Bytes content = content_of(asked.message);
  for (const Row& row : kRows)
    if (row.trade == trade && begins_as(row, content)) return row.is_it(asked, trade);
  return false;
}

}  // namespace

bool may_sign(Trade trade, const keys::PrivateKey& key, model::SignatureScheme scheme, Bytes message,
              CivilSeconds now) {
  Result<PublicKey> half = PublicKey::read(key.public_key());
  const bool allowed = half && is_allowed(trade, {key, *std::move(half), scheme, message, now});
  ERR_clear_error();
  return allowed;
}

}  // namespace gw::ca
