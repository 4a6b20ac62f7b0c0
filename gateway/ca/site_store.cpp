// How a site's authority is kept: encoded, with a digest, so that a damaged file is noticed before anything
// is issued on its word.

#include <algorithm>

#include "base/codec.h"
#include "ca/register_text.h"
#include "ca/site.h"

namespace gw::ca {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMostRegister = 64u << 20;

struct StoredTicket {
  std::string tenant{}, terminal{};
  std::vector<std::uint8_t> word{};
  model::CivilSeconds ends{0};
};
struct Stored {
  std::uint32_t version = kVersion;
  std::string key{}, chain_pem{}, terminals{};
  std::vector<StoredTicket> tickets{};
  std::uint64_t list_number = 0;
};
template <class Io>
void visit(Io& io, StoredTicket& t) {
  io.text(t.tenant, model::kMaxName);
  io.text(t.terminal, model::kMaxName);
  io.blob(t.word, sizeof(pki::Sha256));
  if (t.word.size() != sizeof(pki::Sha256)) io.fail();
  io.field(t.ends);
}
template <class Io>
void visit(Io& io, Stored& s) {
  io.range(s.version, kVersion, kVersion);
  io.text(s.key, model::kMostSiteInput);
  io.text(s.chain_pem, model::kMostSiteInput);
  io.text(s.terminals, kMostRegister);
  io.list(s.tickets, kMostTickets);
  io.field(s.list_number);
}

Error damaged(const char* why) { return {ErrorCode::register_unreadable, why}; }

}  // namespace

Result<Site> Site::read(Bytes stored) {
  if (stored.empty()) return Site{};
  if (stored.size() < sizeof(pki::Sha256)) return damaged("the authority's file is cut off");
  const Bytes content = stored.first(stored.size() - sizeof(pki::Sha256));
  const pki::Sha256 digest = pki::sha256_of(content);
  if (!std::equal(digest.begin(), digest.end(), stored.last(sizeof digest).begin()))
    return damaged("the authority's file is damaged; restore it from a backup");
  GW_TRY(Stored kept, decode<Stored>(content));
  Site site;
  GW_TRY(site.terminals, read_register(kept.terminals));
  site.key = std::move(kept.key);
  site.chain_pem = std::move(kept.chain_pem);
  site.list_number = kept.list_number;
  for (const StoredTicket& one : kept.tickets) {
    Ticket ticket{{one.tenant, one.terminal}, {}, one.ends};
    std::copy(one.word.begin(), one.word.end(), ticket.word.begin());
    site.tickets.push_back(std::move(ticket));
  }
  return site;
}

std::vector<std::uint8_t> Site::write() const {
  Stored out{.key = key, .chain_pem = chain_pem, .terminals = to_text(terminals), .list_number = list_number};
  for (const Ticket& one : tickets)
    out.tickets.push_back({one.name.tenant, one.name.terminal, {one.word.begin(), one.word.end()}, one.ends});
  std::vector<std::uint8_t> bytes = encode(out);
  const pki::Sha256 digest = pki::sha256_of(bytes);
  bytes.insert(bytes.end(), digest.begin(), digest.end());
  return bytes;
}

}  // namespace gw::ca
