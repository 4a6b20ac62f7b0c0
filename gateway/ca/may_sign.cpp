#include "ca/may_sign.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "backup/seal.h"
#include "ca/built_in.h"
#include "ca/extensions.h"
#include "ca/issue.h"
#include "ca/list.h"
#include "keys/may_sign.h"
#include "model/checkpoint.h"
#include "model/evidence_seal.h"
#include "pki/certificate.h"
#include "pki/form.h"
#include "pki/names_text.h"
#include "pki/times.h"

namespace gw::ca {
namespace {

using ipc::compartment::KeyWork;
using ipc::compartment::Trade;
using keys::Grant;
using model::CivilSeconds;
using ListPtr = std::unique_ptr<X509_CRL, pki::Freer<X509_CRL_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, pki::Freer<X509_REQ_free>>;
using AnswerPtr = std::unique_ptr<OCSP_BASICRESP, pki::Freer<OCSP_BASICRESP_free>>;

/// What is asked about.
struct Asked {
  const KeyWork& trade;
  PublicKey half;
  model::SignatureScheme scheme;
  Octets message;
  CivilSeconds now;
};

/// What is to be signed as it will be read, with a signature of no octets; null if it cannot be.
template <class Handle, class T>
Handle read_whole(const Asked& asked, T* (*read)(T**, const unsigned char**, long)) {
  const Octets whole = tagged(
      Tag::sequence, {asked.message, algorithm_of(asked.half.kind()), tagged(Tag::bits, Bytes(Octets{0}))});
  const unsigned char* at = whole.data();
  Handle out(read(nullptr, &at, static_cast<long>(whole.size())));
  return at == whole.data() + whole.size() ? std::move(out) : nullptr;
}

bool is_dated_now(const ASN1_TIME* time, CivilSeconds now) {
  const auto at = pki::seconds_of(time);
  return at && *at >= now - kDatedWithin && *at <= now + kDatedWithin;
}

bool lasts(const ASN1_TIME* from, const ASN1_TIME* to, CivilSeconds most) {
  const auto begins = pki::seconds_of(from), ends = pki::seconds_of(to);
  return begins && ends && *ends > *begins && *ends - *begins <= most;
}

bool has_algorithm(const Asked& asked, const X509_ALGOR* algorithm) {
  return algorithm != nullptr && encoded(i2d_X509_ALGOR, algorithm) == algorithm_of(asked.half.kind());
}

/// The content of the outer element, which must be the whole message; empty if its head cannot be read.
Bytes content_of(const Octets& message) {
  const unsigned char* at = message.data();
  long length = 0;
  int tag = 0, kind = 0;
  const int read = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(message.size()));
  const auto head = static_cast<std::size_t>(at - message.data());
  const bool whole = (read & 0x81) == 0 && tag == V_ASN1_SEQUENCE &&
                     head + static_cast<std::size_t>(length) == message.size();
  return whole ? Bytes(message).subspan(head) : Bytes();
}

// ---------------------------------------------------------------- certificates

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

/// The profile's attributes once each, in whatever order, and nothing else.
bool has_subject_of(const Profile& profile, const X509_NAME* name) {
  constexpr int kIds[] = {NID_countryName, NID_organizationName, NID_organizationalUnitName, NID_commonName};
  const auto is_there_once = [&](Attribute attribute) {
    const int id = kIds[static_cast<std::size_t>(attribute)];
    const int at = X509_NAME_get_index_by_NID(name, id, -1);
    return at >= 0 && X509_NAME_get_index_by_NID(name, id, at) < 0;
  };
  return X509_NAME_entry_count(name) == static_cast<int>(profile.subject.size()) &&
         std::all_of(profile.subject.begin(), profile.subject.end(), is_there_once);
}

/// Made again from its names and keys it has the very same extensions, so it has no others; it is DER, begins
/// now and ends in time.
bool is_as_profiled(const Asked& asked, const Profile& profile, const Names& names,
                    const Territory& territory, const PublicKey& subject_key, X509* certificate) {
  const bool is_self = subject_key.der() == asked.half.der();
  const Octets authority_key = is_self ? Octets() : authority_key_in(certificate);
  return !pki::form_finding(certificate) && encoded(i2d_re_X509_tbs, certificate) == asked.message &&
         has_algorithm(asked, X509_get0_tbs_sigalg(certificate)) &&
         std::find(profile.keys.begin(), profile.keys.end(), subject_key.kind()) != profile.keys.end() &&
         has_subject_of(profile, X509_get_subject_name(certificate)) && is_self == authority_key.empty() &&
         is_dated_now(X509_get0_notBefore(certificate), asked.now) &&
         lasts(X509_get0_notBefore(certificate), X509_get0_notAfter(certificate), profile.longest) &&
         extensions_in(certificate) == extensions_of(profile, names, territory, subject_key, authority_key);
}

/// Of the one terminal that the trade is for, and not for the authority's own key.
bool is_terminal_certificate(const Asked& asked) {
  const auto certificate = read_whole<pki::X509Ptr>(asked, d2i_X509);
  if (!certificate) return false;
  const auto subject_key = PublicKey::read(pki::public_key_of(certificate.get()));
  const Names names{.uris = {"urn:sekisho:" + asked.trade.owner + ":" + asked.trade.terminal}};
  return subject_key && subject_key->der() != asked.half.der() && check_form(NameForm::terminal, names) &&
         is_as_profiled(asked, terminal_profile(), names, {}, *subject_key, certificate.get());
}

bool is_own_authority(const Asked& asked) {
  const auto certificate = read_whole<pki::X509Ptr>(asked, d2i_X509);
  return certificate && pki::public_key_of(certificate.get()) == asked.half.der() &&
         X509_NAME_cmp(X509_get_subject_name(certificate.get()), X509_get_issuer_name(certificate.get())) ==
             0 &&
         is_as_profiled(asked, site_ca_profile(), {}, site_territory(), asked.half, certificate.get());
}

// ---------------------------------------------------------------- lists, answers, requests

bool is_list(const Asked& asked) {
  const auto list = read_whole<ListPtr>(asked, d2i_X509_CRL);
  if (!list || X509_CRL_get_version(list.get()) != X509_CRL_VERSION_2 ||
      X509_CRL_get_ext_count(list.get()) != 2)
    return false;
  Octets head = integer(1);  // libcrypto does not show the algorithm inside
  append(head, algorithm_of(asked.half.kind()));
  const Bytes content = content_of(asked.message);
  return encoded(i2d_re_X509_CRL_tbs, list.get()) == asked.message && content.size() > head.size() &&
         std::equal(head.begin(), head.end(), content.begin()) &&
         X509_CRL_get_ext_by_NID(list.get(), NID_authority_key_identifier, -1) >= 0 &&
         X509_CRL_get_ext_by_NID(list.get(), NID_crl_number, -1) >= 0 &&
         is_dated_now(X509_CRL_get0_lastUpdate(list.get()), asked.now) &&
         lasts(X509_CRL_get0_lastUpdate(list.get()), X509_CRL_get0_nextUpdate(list.get()), kListLife);
}

bool is_single_of_now(OCSP_SINGLERESP* single, CivilSeconds now) {
  int why = 0;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *from = nullptr, *until = nullptr;
  const int status = OCSP_single_get0_status(single, &why, &revoked, &from, &until);
  return status >= 0 && OCSP_SINGLERESP_get_ext_count(single) == 0 && is_dated_now(from, now) &&
         lasts(from, until, kListLife);
}

/// By the authority itself, which names itself by its key.
bool is_answer(const Asked& asked) {
  const auto answer = read_whole<AnswerPtr>(asked, d2i_OCSP_BASICRESP);
  const ASN1_OCTET_STRING* by_key = nullptr;
  const X509_NAME* by_name = nullptr;
  if (!answer || OCSP_resp_get0_id(answer.get(), &by_key, &by_name) != 1 || by_key == nullptr) return false;
  for (int i = 0; i < OCSP_resp_count(answer.get()); ++i)
    if (!is_single_of_now(OCSP_resp_get0(answer.get(), i), asked.now)) return false;
  const unsigned char* data = ASN1_STRING_get0_data(by_key);
  return encoded(i2d_OCSP_RESPDATA, OCSP_resp_get0_respdata(answer.get())) == asked.message &&
         Octets(data, data + ASN1_STRING_length(by_key)) == asked.half.ocsp_hash() &&
         is_dated_now(OCSP_resp_get0_produced_at(answer.get()), asked.now);
}

bool is_own_request(const Asked& asked) {
  const auto request = read_whole<RequestPtr>(asked, d2i_X509_REQ);
  return request && encoded(i2d_re_X509_REQ_tbs, request.get()) == asked.message &&
         encoded(i2d_X509_PUBKEY, static_cast<const X509_PUBKEY*>(X509_REQ_get_X509_PUBKEY(request.get()))) ==
             asked.half.der();
}

// ---------------------------------------------------------------- which of them

/// By the shape of its beginning: the tag of the outer element's first one, and the octet that follows where
/// two begin alike.
struct Row {
  Trade trade;
  Tag first;
  std::optional<std::uint8_t> version;
  Grant grant;
  bool (*is_it)(const Asked& asked);
};
constexpr Row kRows[] = {
    {Trade::found_authority, Tag::integer, std::uint8_t{0}, Grant::yes, is_own_request},
    {Trade::found_authority, Tag::group_0, {}, Grant::once, is_own_authority},
    {Trade::certify_terminal, Tag::group_0, {}, Grant::once, is_terminal_certificate},
    {Trade::certify_terminal, Tag::integer, std::uint8_t{1}, Grant::yes, is_list},
    {Trade::keep_lists, Tag::integer, std::uint8_t{1}, Grant::yes, is_list},
    {Trade::keep_lists, Tag::group_2, {}, Grant::yes, is_answer},
    {Trade::hold_identity, Tag::integer, std::uint8_t{0}, Grant::yes, is_own_request},
};

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

bool is_of_now(CivilSeconds time, const Asked& asked) {
  return time >= asked.now - kDatedWithin && time <= asked.now + kDatedWithin;
}

bool is_checkpoint(const Asked& asked) {
  const auto checkpoint = model::parse_checkpoint(as_text(asked.message));
  return checkpoint && is_of_now(checkpoint->time, asked);
}

bool is_seal(const Asked& asked) {
  const auto seal = backup::parse_seal(as_text(asked.message));
  return seal && is_of_now(seal->head.made, asked);
}

bool is_evidence(const Asked& asked) {
  const auto seal = model::parse_evidence_seal(as_text(asked.message));
  return seal && is_of_now(seal->made, asked);
}

Grant grant_for(const Asked& asked) {
  if (asked.trade.trade == Trade::hold_identity && is_handshake(asked)) return Grant::yes;
  if (asked.scheme != scheme_of(asked.half.kind())) return Grant::no;
  if (asked.trade.trade == Trade::sign_records)
    return is_checkpoint(asked) || is_seal(asked) || is_evidence(asked) ? Grant::yes : Grant::no;
  const Bytes content = content_of(asked.message);
  for (const Row& row : kRows)
    if (row.trade == asked.trade.trade && begins_as(row, content))
      return row.is_it(asked) ? row.grant : Grant::no;
  return Grant::no;
}

}  // namespace

Grant may_sign(const KeyWork& trade, const keys::PrivateKey& key, model::SignatureScheme scheme,
               Bytes message, CivilSeconds now) {
  Result<PublicKey> half = PublicKey::read(key.public_key());
  const Grant grant =
      half ? grant_for({trade, *std::move(half), scheme, {message.begin(), message.end()}, now}) : Grant::no;
  ERR_clear_error();
  return grant;
}

}  // namespace gw::ca
