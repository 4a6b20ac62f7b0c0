#include "ca/site.h"

#include <algorithm>

#include "base/text.h"
#include "ca/built_in.h"
#include "ca/bundle.h"
#include "ca/issue.h"
#include "ca/request.h"
#include "ca/word.h"
#include "keys/file_key.h"
#include "keys/pem_block.h"
#include "keys/tpm_key_file.h"
#include "pki/names_text.h"

namespace gw::ca {
namespace {

using model::CivilSeconds;
using Verb = model::SiteOrder::Verb;

constexpr const char* kCertificate = "CERTIFICATE";

/// One order on its way.
struct Desk {
  const model::SiteOrder& order;
  Bytes input;
  const KeySource& keys;
  const std::string& name;
  CivilSeconds now;
  SiteWork work;
  // Once there is an authority and it is needed:
  keys::PrivateKeyPtr key{};
  std::vector<pki::X509Ptr> chain{};

  const X509* authority() const { return chain.front().get(); }
  TerminalName terminal() const { return {order.tenant, order.terminal}; }
};

Error missing() {
  return {
      ErrorCode::site_ca_missing,
      "the site has no authority of its own yet; make it with `sekisho ca make`, or have the vendor's root "
      "answer `sekisho ca request`"};
}

std::string pem_of(const Octets& certificate) { return keys::to_pem(kCertificate, certificate); }

Result<pki::X509Ptr> parsed(const Octets& certificate) {
  GW_TRY(auto chain, pki::read_certificates(pem_of(certificate)));
  return std::move(chain.front());
}

Result<> open_authority(Desk& desk) {
  if (desk.work.site.chain_pem.empty()) return missing();
  GW_TRY(desk.chain, pki::read_certificates(desk.work.site.chain_pem));
  GW_TRY(desk.key, desk.keys.open(as_bytes(desk.work.site.key)));
  return Done{};
}

// ---------------------------------------------------------------- the authority itself

Order authority_order(const std::string& site) {
  return {.subject = {.organization = site, .common_name = "terminals"}, .territory = site_territory()};
}

Error exists() {
  return {ErrorCode::site_ca_exists, "the site has its authority; its terminals trust in it"};
}

Result<keys::PrivateKeyPtr> make_key(Desk& desk) {
  GW_TRY(keys::KeyWork::Made made, desk.keys.make(model::KeyKind::p384));
  desk.work.site.key = std::move(made.content);
  return std::move(made.key);
}

Result<> found(Desk& desk) {
  if (!desk.work.site.chain_pem.empty()) return exists();
  if (!desk.work.site.key.empty())
    return Error{ErrorCode::site_ca_exists,
                 "a request to the vendor's root is open: sekisho ca adopt its answer"};
  GW_TRY(desk.key, make_key(desk));
  GW_TRY(const Octets certificate,
         issue_root(site_ca_profile(), authority_order(desk.name), Serial::random(), desk.now, *desk.key));
  desk.work.site.chain_pem = pem_of(certificate);
  GW_TRY(desk.chain, pki::read_certificates(desk.work.site.chain_pem));
  desk.work.product.file = {desk.work.site.chain_pem.begin(), desk.work.site.chain_pem.end()};
  return Done{};
}

/// Asked again, it is the same key: the root's answer to any of the requests fits.
Result<> ask_root(Desk& desk) {
  if (!desk.work.site.chain_pem.empty()) return exists();
  if (desk.work.site.key.empty()) {
    GW_TRY(desk.key, make_key(desk));
  } else {
    GW_TRY(desk.key, desk.keys.open(as_bytes(desk.work.site.key)));
  }
  GW_TRY(const Octets request, make_request(authority_order(desk.name).subject, {}, *desk.key));
  const std::string pem = keys::to_pem("CERTIFICATE REQUEST", request);
  desk.work.product.file = {pem.begin(), pem.end()};
  return Done{};
}

/// Each one issued the one before it.
bool is_in_order(const std::vector<pki::X509Ptr>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (X509_check_issued(chain[i].get(), chain[i - 1].get()) != X509_V_OK) return false;
  return true;
}

/// Later again for the same key, when the chain is renewed.
Result<> adopt(Desk& desk) {
  if (desk.work.site.key.empty()) return missing();
  GW_TRY(desk.chain, pki::read_certificates(as_text(desk.input)));
  GW_TRY(desk.key, desk.keys.open(as_bytes(desk.work.site.key)));
  for (const Usage usage : {Usage::sign_certificates, Usage::sign_lists})
    GW_TRY(Issuer::of(desk.authority(), usage, desk.now, *desk.key));
  if (!is_in_order(desk.chain))
    return Error{
        ErrorCode::issue_issuer_unsuitable,
        "give the whole chain, the authority's own certificate first, then who issued it, and so on"};
  desk.work.site.chain_pem.clear();
  for (const auto& one : desk.chain)
    desk.work.site.chain_pem += pem_of(encoded(i2d_X509, static_cast<const X509*>(one.get())));
  return Done{};
}

// ---------------------------------------------------------------- terminals

bool counts(const Enrolled& one, CivilSeconds now) {
  if (one.has_ended(now)) return false;
  return one.standing == Standing::valid || (one.standing == Standing::superseded && now < one.since);
}

/// The terminal's key: out of its request, or made here.
struct TerminalKey {
  PublicKey half;
  Secret pem{};  ///< empty: the terminal has it
};
Result<TerminalKey> terminal_key(const Desk& desk) {
  if (!desk.input.empty()) {
    GW_TRY(const Request request, Request::read(desk.input));
    return TerminalKey{request.key()};
  }
  GW_TRY(Secret pem, keys::make_plain_key(model::KeyKind::p256));
  GW_TRY(const keys::PemBlock block, keys::find_pem(pem, {"PRIVATE KEY"}));
  GW_TRY(const keys::PrivateKeyPtr key, keys::open_plain_key(block));
  GW_TRY(PublicKey half, PublicKey::read(key->public_key()));
  return TerminalKey{std::move(half), std::move(pem)};
}

Order terminal_order(const Desk& desk) {
  return {.subject = {.organization = desk.name, .common_name = desk.order.terminal},
          .names = {.uris = {"urn:sekisho:" + desk.order.tenant + ":" + desk.order.terminal}},
          .life = std::chrono::seconds(desk.order.life_seconds)};
}

/// The terminal's certificate of that SHA-256; nullptr if it is none that counts.
const Enrolled* that_counts(const Desk& desk, const std::string& certificate) {
  for (const Enrolled& one : desk.work.site.terminals.entries())
    if (one.name == desk.terminal() && to_hex(one.certificate) == certificate && counts(one, desk.now))
      return &one;
  return nullptr;
}
/// What a terminal came with that asks by itself.
const Enrolled* shown(const Desk& desk) { return that_counts(desk, desk.order.shown); }

/// Whoever loops, or has got hold of a terminal, fills neither the register nor the list of blocks.
Result<> check_own_wish(const Desk& desk) {
  if (desk.order.shown.empty()) return Done{};
  const auto& all = desk.work.site.terminals.entries();
  const auto standing = std::count_if(all.begin(), all.end(), [&](const Enrolled& one) {
    return one.name == desk.terminal() && !one.has_ended(desk.now) && one.standing != Standing::revoked;
  });
  if (standing >= kMostOfOne)
    return Error{ErrorCode::register_state,
                 "it has renewed its certificate too often; have it replaced, or wait until some have ended"};
  if (shown(desk) != nullptr) return Done{};
  return Error{ErrorCode::register_not_theirs,
               "the certificate that was shown is none of those that count for this terminal here; have a "
               "ticket made for it"};
}

/// How the register takes a new certificate in.
Result<> take_in(Register& terminals, const Desk& desk, const X509* certificate) {
  const Enrolled* before = terminals.current(desk.terminal());
  const bool same_key = before != nullptr && before->key == pki::key_fingerprint_of(certificate);
  const Enrolled* came_with = shown(desk);
  if (came_with != nullptr && came_with != before) return terminals.succeed_lost(certificate, desk.now);
  switch (desk.order.verb) {
    case Verb::redeem:  // a ticket helps a terminal that has lost what it had
      if (before == nullptr || before->has_ended(desk.now)) return terminals.enrol(certificate, desk.now);
      [[fallthrough]];
    case Verb::renew:
      return same_key ? terminals.renew(certificate, kOverlap, desk.now)
                      : terminals.rekey(certificate, kOverlap, desk.now);
    case Verb::replace:
      return terminals.replace(certificate, static_cast<Reason>(desk.order.revocation), desk.now);
    default:
      return terminals.enrol(certificate, desk.now);
  }
}

model::SiteEntry entry_of(const Enrolled& one) {
  std::string standing;
  for (const auto& word : kStandingWords)
    if (word.value == one.standing) standing = word.text;
  return {one.name.tenant,     one.name.terminal, one.serial.hex(), to_hex(one.certificate),
          std::move(standing), one.not_before,    one.not_after,    one.since};
}

/// The chain alone for whoever has the key; else both in one file, under a word that is said once.
Result<> pack(Desk& desk, const TerminalKey& key, const std::string& chain_pem) {
  model::SiteProduct& product = desk.work.product;
  if (key.pem.view().empty()) {
    product.file = {chain_pem.begin(), chain_pem.end()};
    return Done{};
  }
  product.secret = random_word();
  GW_TRY(const Secret bundle,
         pkcs12(key.pem, chain_pem, Secret(std::string(product.secret)), desk.order.terminal));
  product.file = {bundle.view().begin(), bundle.view().end()};
  return Done{};
}

/// They were made for what the terminal had before.
void forget_tickets(Desk& desk) {
  std::erase_if(desk.work.site.tickets, [&](const Site::Ticket& one) { return one.name == desk.terminal(); });
}

Result<> certify(Desk& desk) {
  GW_TRY(check_own_wish(desk));
  GW_TRY(open_authority(desk));
  GW_TRY(const TerminalKey key, terminal_key(desk));
  GW_TRY(const Octets der, issue(key.half, terminal_profile(), terminal_order(desk), desk.authority(),
                                 Serial::random(), desk.now, *desk.key));
  GW_TRY(const pki::X509Ptr certificate, parsed(der));
  GW_TRY(take_in(desk.work.site.terminals, desk, certificate.get()));
  forget_tickets(desk);
  const Enrolled* entry = desk.work.site.terminals.current(desk.terminal());
  GW_CHECK(entry != nullptr, "what was taken in is there");
  desk.work.product.entry = entry_of(*entry);
  return pack(desk, key, pem_of(der) + desk.work.site.chain_pem);
}

Result<> revoke(Desk& desk) {
  GW_TRY(open_authority(desk));
  forget_tickets(desk);
  const auto reason = static_cast<Reason>(desk.order.revocation);
  Register& terminals = desk.work.site.terminals;
  if (desk.order.certificate.empty()) return terminals.revoke(desk.terminal(), reason, desk.now);
  const Enrolled* one = that_counts(desk, desk.order.certificate);
  if (one == nullptr)
    return Error{ErrorCode::register_terminal_unknown, "the terminal has no such certificate that counts"};
  GW_TRY(terminals.revoke(desk.terminal(), one->certificate, reason, desk.now));
  desk.work.product.entry = entry_of(*one);
  return Done{};
}

/// A newer ticket takes the place of the one before.
Result<> make_ticket(Desk& desk) {
  GW_TRY(open_authority(desk));
  forget_tickets(desk);
  auto& tickets = desk.work.site.tickets;
  if (tickets.size() >= kMostTickets)
    return Error{ErrorCode::register_full, "there are a thousand open tickets; wait until some have ended"};
  desk.work.product.secret = random_word();
  desk.work.product.place = desk.order.place;
  desk.work.product.ends = desk.now + kTicketLife;
  tickets.push_back(
      {desk.terminal(), pki::sha256_of(as_bytes(desk.work.product.secret)), desk.work.product.ends});
  return Done{};
}

/// The ticket is spent only if a certificate comes of it: a request that cannot be read may be sent again.
Result<> redeem(Desk& desk) {
  const std::string word = tidy_word(desk.order.ticket);
  if (word.empty())
    return Error{ErrorCode::ticket_malformed,
                 "that is no ticket: twenty letters and digits in groups of four"};
  const pki::Sha256 digest = pki::sha256_of(as_bytes(word));
  const auto& tickets = desk.work.site.tickets;
  const bool is_open = std::any_of(tickets.begin(), tickets.end(), [&](const Site::Ticket& one) {
    return one.name == desk.terminal() && one.word == digest;
  });
  if (!is_open)
    return Error{ErrorCode::ticket_unknown, "no such ticket is open for this terminal; have a new one made"};
  if (desk.input.empty()) return Error{ErrorCode::request_unreadable, "a ticket is redeemed with a request"};
  return certify(desk);
}

Result<> report(Desk& desk) {
  if (!desk.work.site.chain_pem.empty()) {
    GW_TRY(desk.chain, pki::read_certificates(desk.work.site.chain_pem));
  }
  for (const Enrolled& one : desk.work.site.terminals.entries())
    desk.work.product.entries.push_back(entry_of(one));
  return Done{};
}

Result<> answer(Desk& desk) {
  GW_TRY(open_authority(desk));
  GW_TRY(const Question question, Question::read(desk.input));
  const auto status_of = [&](const Serial& serial) {
    return desk.work.site.terminals.status_of(serial, desk.now);
  };
  GW_TRY(desk.work.product.file,
         make_answer(question, status_of, desk.authority(), desk.now, desk.now + kListLife, *desk.key));
  return Done{};
}

/// The new list, once it is made, is what comes of it.
Result<> look(Desk& desk) { return open_authority(desk); }

bool is_reason(std::uint8_t number) {
  return std::any_of(kReasonWords.begin(), kReasonWords.end(),
                     [&](const auto& word) { return static_cast<std::uint8_t>(word.value) == number; });
}

struct Row {
  Verb verb;
  Result<> (*carry_out)(Desk& desk);
  bool lists = true;  ///< a new revocation list follows
};
constexpr Row kRows[] = {
    {Verb::found, found, false},   {Verb::request, ask_root, false},
    {Verb::adopt, adopt, false},   {Verb::enrol, certify},
    {Verb::renew, certify},        {Verb::replace, certify},
    {Verb::revoke, revoke},        {Verb::ticket, make_ticket, false},
    {Verb::redeem, redeem},        {Verb::report, report, false},
    {Verb::answer, answer, false}, {Verb::look, look},
};

// ---------------------------------------------------------------- what follows every order

/// Of one that has ended nobody is let in anyway.
bool is_to_be_blocked(const Enrolled& one, CivilSeconds now) {
  return !one.has_ended(now) && !counts(one, now);
}

/// Those that were revoked come first, of them the newest: beyond the bound somebody is let in again.
std::vector<model::Cut> blocks_of(const Register& terminals, CivilSeconds now, std::string& trouble) {
  std::vector<const Enrolled*> out;
  for (const Enrolled& one : terminals.entries())
    if (is_to_be_blocked(one, now)) out.push_back(&one);
  std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) {
    return std::pair(a->standing, a->since) > std::pair(b->standing, b->since);
  });
  constexpr std::size_t kMost = model::kMaxCuts / 2;
  if (out.size() > kMost) {
    trouble = std::to_string(out.size() - kMost) +
              " revoked certificates are more than the box can hold against; "
              "found the authority anew";
    out.resize(kMost);
  }
  std::vector<model::Cut> blocks;
  for (const Enrolled* one : out)
    blocks.push_back(
        {model::Cut::What::certificates, one->name.tenant, one->name.terminal, to_hex(one->certificate)});
  return blocks;
}

/// Without it what was ordered stands nevertheless: this box goes by its register.
void make_new_list(Desk& desk) {
  if (!desk.key) return;
  const ListFacts facts{desk.work.site.list_number + 1, desk.now, desk.now + kListLife};
  Result<Octets> list =
      make_list(desk.authority(), facts, desk.work.site.terminals.on_list(desk.now), *desk.key);
  if (!list) {
    desk.work.trouble = "no revocation list was made: " + list.error().detail;
    return;
  }
  ++desk.work.site.list_number;
  desk.work.list = *std::move(list);
}

/// By the label of what keyd made.
model::Keeping keeping_of(const std::string& key) {
  return model::keeping_of(key).value_or(model::Keeping::encrypted_file);
}

void describe_authority(Desk& desk) {
  model::SiteProduct& product = desk.work.product;
  product.list_number = desk.work.site.list_number;
  product.keeping = keeping_of(desk.work.site.key);
  if (desk.chain.empty() && !desk.work.site.key.empty()) product.authority = "requested";
  if (desk.chain.empty()) return;
  product.authority = pki::name_text(X509_get_subject_name(desk.authority()));
  product.fingerprint = to_hex(pki::fingerprint_of(desk.authority()));
  product.not_after = pki::not_after_of(desk.authority());
}

}  // namespace

Result<SiteWork> carry_out(const model::SiteOrder& order, Bytes input, Site site, const KeySource& keys,
                           const std::string& name, CivilSeconds now) {
  if (!is_reason(order.revocation))
    return Error{ErrorCode::register_state, "nothing is revoked for that reason (RFC 5280 5.3.1)"};
  Desk desk{order, input, keys, name, now, {}};
  desk.work.site = std::move(site);
  std::erase_if(desk.work.site.tickets, [&](const Site::Ticket& one) { return now >= one.ends; });
  desk.work.site.terminals.forget_ended(now);
  const Row& row = *std::find_if(std::begin(kRows), std::end(kRows),
                                 [&](const Row& one) { return one.verb == order.verb; });
  GW_TRY(row.carry_out(desk));
  if (row.lists) make_new_list(desk);
  if (order.verb == Verb::look) desk.work.product.file = desk.work.list;
  desk.work.blocks = blocks_of(desk.work.site.terminals, now, desk.work.trouble);
  describe_authority(desk);
  return std::move(desk.work);
}

}  // namespace gw::ca
