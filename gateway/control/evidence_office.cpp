#include "control/evidence_office.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "accounts/accounts.h"
#include "backup/tar.h"
#include "base/jst.h"
#include "base/text.h"
#include "evidence/seal.h"
#include "keys/pem_block.h"
#include "pki/certificate.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

using accounts::Actor;
using accounts::Told;

std::chrono::seconds seconds_of(CivilTime time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
}

std::vector<backup::Member> members_of(const std::vector<evidence::File>& files) {
  std::vector<backup::Member> out;
  for (const evidence::File& one : files) out.push_back({one.name, as_bytes(one.content)});
  return out;
}

std::string name_of(const KeptEvidence& one) { return "evidence " + std::to_string(one.number); }

std::string digest_of(const KeptEvidence& one) { return to_hex(pki::sha256_of(as_bytes(one.sums))); }

Event told_of(EventId id, const Actor& actor, const KeptEvidence& one) {
  return accounts::told_of(id, actor).add(Field::object, name_of(one)).add(Field::digest, digest_of(one));
}

/// "paper-cl-r7" of "paper-cl-r7.html" and of "paper-cl-r7.csv".
std::string_view paper_of(std::string_view file) { return file.substr(0, file.rfind('.')); }

Error no_such(std::string_view paper, const std::vector<backup::Member>& members) {
  std::set<std::string_view> known;
  for (const backup::Member& one : members) known.insert(paper_of(one.name));
  std::string said = "papers: there is no \"" + std::string(paper) + "\"; there are";
  for (const std::string_view one : known) said.append(" ").append(one);
  return {ErrorCode::text_malformed, said};
}

/// Leaves those that are named, with commas between them.
Result<> keep_named(std::string_view papers, std::vector<backup::Member>& members) {
  std::set<std::string_view> wanted;
  for (std::size_t begin = 0, end = 0; end != std::string_view::npos; begin = end + 1) {
    end = papers.find(',', begin);
    const std::string_view paper = papers.substr(begin, end - begin);
    const auto is_it = [&](const backup::Member& one) { return paper_of(one.name) == paper; };
    if (std::ranges::none_of(members, is_it)) return no_such(paper, members);
    wanted.insert(paper);
  }
  std::erase_if(members, [&](const backup::Member& one) { return !wanted.contains(paper_of(one.name)); });
  return Done{};
}

/// "sekisho-evidence-00000003-20261130-1305.tar", "...-1305-part.tar".
std::string file_name_of(const KeptEvidence& one, bool is_part) {
  std::string number = std::to_string(one.number);
  number.insert(0, number.size() < 8 ? 8 - number.size() : 0, '0');
  const std::string time = to_jst_text(seconds_of(one.made));  // 2026-11-30T13:05...
  return "sekisho-evidence-" + number + "-" + time.substr(0, 4) + time.substr(5, 2) + time.substr(8, 2) +
         "-" + time.substr(11, 2) + time.substr(14, 2) + (is_part ? "-part.tar" : ".tar");
}

}  // namespace

std::string EvidenceOffice::Prepared::digest() const { return digest_of(one); }

Result<> EvidenceOffice::keep(const Actor& actor, const evidence::Document& document) {
  GW_TRY(const Prepared prepared, prepare(actor, document));
  return records_.write(prepared.told, [&] { return put(prepared); });
}

Result<> EvidenceOffice::put(const Prepared& prepared) {
  is_waiting_ = true;
  return shelf_.put(prepared.one);
}

Result<EvidenceOffice::Prepared> EvidenceOffice::prepare(const Actor& actor,
                                                         const evidence::Document& document,
                                                         std::vector<evidence::File> more,
                                                         std::uint64_t incident) {
  std::vector<evidence::File> files = evidence::files_of(document);
  std::ranges::move(more, std::back_inserter(files));
  KeptEvidence one{.number = document.number,
                   .made = document.made,
                   .by = document.by,
                   .generation = document.generation,
                   .incident = incident,
                   .shown = count(document, evidence::State::shown),
                   .by_design = count(document, evidence::State::by_design),
                   .attention = count(document, evidence::State::attention),
                   .unknown = count(document, evidence::State::unknown)};
  one.files = backup::write_tar(members_of(files), seconds_of(one.made));
  one.sums = evidence::sums_of(files);
  if (!has_room(one)) return Error{ErrorCode::store_full, "evidence"};
  std::vector<Event> told{told_of(EventId::evidence_made, actor, one).add(Field::result, "done")};
  GW_TRY(const auto surplus, shelf_.surplus(one.number));
  for (const KeptEvidence& old : surplus)
    told.push_back(told_of(EventId::evidence_removed, actor, old).add(Field::result, "done"));
  return Prepared{std::move(one), std::move(told)};
}

/// What was set aside is for records alone (LOG-03).
bool EvidenceOffice::has_room(const KeptEvidence& one) {
  if (store_.reserve().state() != store::Reserve::State::whole && store_.reserve().octets() != 0)
    return false;
  const auto left = store_.room_left();
  return left && *left > kRoomBeside + 2 * one.files.size();
}

Result<KeptEvidence> EvidenceOffice::find(std::uint64_t number) {
  GW_TRY(auto found, shelf_.find(number));
  if (!found) return Error{ErrorCode::evidence_unknown};
  return *std::move(found);
}

Result<backup::TakenAlong> EvidenceOffice::take_along(const Actor& actor, std::uint64_t number, Told& told,
                                                      std::string_view papers) {
  GW_TRY(const KeptEvidence one, find(number));
  if (!one.is_signed()) return Error{ErrorCode::evidence_unsigned};
  GW_TRY(auto members, backup::read_tar(one.files));
  if (!papers.empty()) GW_TRY(keep_named(papers, members));
  const std::string signer = keys::to_pem("PUBLIC KEY", one.signer);
  members.push_back({std::string(evidence::kSums), as_bytes(one.sums)});
  members.push_back({std::string(evidence::kSeal), as_bytes(one.seal)});
  members.push_back({std::string(evidence::kSignature), one.signature});
  members.push_back({std::string(evidence::kSigner), as_bytes(signer)});
  const auto archive = backup::write_tar(members, seconds_of(one.made));
  GW_TRY(UniqueFd file, sys::seal(archive, "evidence"));
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return system_error("lseek(evidence)");
  Event event = told_of(EventId::evidence_exported, actor, one).add(Field::result, "done");
  if (!papers.empty()) event.add(Field::detail, papers);
  told.push_back(std::move(event));
  return backup::TakenAlong{std::move(file), file_name_of(one, !papers.empty()), backup::extent_of(archive)};
}

/// What cannot be signed or written down now is tried again with the next key.
void EvidenceOffice::use(keys::PrivateKey& key) {
  if (!is_waiting_) return;
  if (const Result<> done = sign_all(key); !done) return miss_key();
  is_waiting_ = false;
}

Result<> EvidenceOffice::sign_all(keys::PrivateKey& key) {
  for (;;) {
    GW_TRY(auto one, shelf_.unsigned_one());
    if (!one) return Done{};
    one->seal = text_of(
        evidence::Seal{one->number, pki::sha256_of(as_bytes(one->sums)), seconds_of(clock_.civil_now())});
    GW_TRY(one->signature, key.sign(model::SignatureScheme::ecdsa_sha256, as_bytes(one->seal)));
    one->signer = key.public_key();
    GW_TRY(records_.write({}, [&] { return shelf_.sign(*one); }));
  }
}

}  // namespace gw::control
