#include "edition.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <set>

#include "base/secret.h"
#include "ipc/messages/compile.h"
#include "model/key_ring.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

constexpr std::size_t kMostWiring = 16 * 1024 * 1024;

Result<> keep(UniqueFd& place, UniqueFd part) {
  if (place) return Error{ErrorCode::message_malformed, "a part came twice"};
  place = std::move(part);
  return Done{};
}

Result<> read_wiring(Edition& edition, int fd) {
  if (!edition.wiring.compartments.empty()) return Error{ErrorCode::message_malformed, "a part came twice"};
  GW_TRY(const std::vector<std::uint8_t> bytes, sys::read_sealed(fd, kMostWiring));
  GW_TRY(edition.wiring, decode<model::Wiring>(bytes));
  return Done{};
}

Error unreadable(const std::string& file, const std::string& why) {
  return {ErrorCode::config_file_unreadable, file + ": " + why};
}

/// A regular file below the directory; no way leads out of it, not through links either.
Result<UniqueFd> open_beneath(int directory, const std::string& file) {
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  UniqueFd fd(static_cast<int>(::syscall(SYS_openat2, directory, file.c_str(), &how, sizeof how)));
  if (!fd) return unreadable(file, system_error("openat2").detail);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return unreadable(file, "not a regular file");
  return fd;
}

/// A key, or a word on where it is kept.
Result<std::vector<std::uint8_t>> read_key(int directory, const std::string& file) {
  GW_TRY(const UniqueFd fd, open_beneath(directory, file));
  std::vector<std::uint8_t> content(model::kMostKeyFile + 1);
  const ssize_t size = ::read(fd.get(), content.data(), content.size());
  if (size < 0) return unreadable(file, system_error("read").detail);
  content.resize(static_cast<std::size_t>(size));
  if (content.size() <= model::kMostKeyFile) return content;
  wipe(content.data(), content.size());
  return unreadable(file, "too large for a key");
}

Result<model::KeyRing> collect_keys(const model::Wiring& wiring, int directory) {
  model::KeyRing ring{.generation = wiring.generation};
  for (const model::Wiring::Compartment& compartment : wiring.compartments)
    for (const model::Wiring::Key& key : compartment.keys) {
      GW_TRY(auto content, read_key(directory, key.file));
      ring.entries.push_back({compartment.name, key, std::move(content)});
    }
  return ring;
}

/// Wiped afterwards, so it must not leave copies where it grew.
std::vector<std::uint8_t> encode_in_one_place(model::KeyRing& ring) {
  constexpr std::size_t kBesideContent = 8 * 1024;  // of an entry: names and what it may be used for
  std::size_t room = kBesideContent;
  for (const model::KeyRing::Entry& entry : ring.entries)
    room += kBesideContent + entry.key.public_keys.size() * sizeof(model::Pin) + entry.content.size();
  Writer writer(room);
  writer.field(ring);
  return writer.take();
}

}  // namespace

const model::Wiring::Compartment* Edition::find(model::TenantId tenant, const std::string& name) const {
  for (const model::Wiring::Compartment& compartment : wiring.compartments)
    if (compartment.tenant == tenant && compartment.name == name) return &compartment;
  return nullptr;
}

Result<> add_part(Edition& edition, ipc::Frame& frame) {
  GW_TRY(const ipc::compile::Part part, decode<ipc::compile::Part>(frame.body));
  UniqueFd fd = std::move(frame.fds.at(0));
  switch (part.kind) {
    case ipc::compile::PartKind::wiring:
      return read_wiring(edition, fd.get());
    case ipc::compile::PartKind::net_plan:
      return keep(edition.net_plan, std::move(fd));
    case ipc::compile::PartKind::aims:
      return keep(edition.aims, std::move(fd));
    case ipc::compile::PartKind::snapshot:
      return keep(edition.snapshots[part.tenant], std::move(fd));
    case ipc::compile::PartKind::dial_table:
      return keep(edition.dial_tables[part.tenant], std::move(fd));
    case ipc::compile::PartKind::name_table:
      return keep(edition.name_table, std::move(fd));
  }
  return Error{ErrorCode::message_malformed, "unknown part"};
}

Result<> check_complete(const Edition& edition) {
  if (edition.wiring.generation != edition.generation || !edition.net_plan || !edition.aims)
    return Error{ErrorCode::message_malformed,
                 "the wiring, the network plan or the probe's aims are missing"};
  if (edition.wiring.names.empty() != !edition.name_table)
    return Error{ErrorCode::message_malformed, "the table of names does not fit the wiring"};
  std::set<model::TenantId> tenants;
  for (const model::Wiring::Compartment& compartment : edition.wiring.compartments) {
    const bool known = edition.snapshots.count(compartment.tenant) != 0 &&
                       edition.dial_tables.count(compartment.tenant) != 0;
    if (!known || !tenants.insert(compartment.tenant).second ||
        compartment.tenant.number() >= model::kMaxTenants)
      return Error{ErrorCode::message_malformed, "the parts do not fit the wiring"};
  }
  return Done{};
}

Result<> read_keys(Edition& edition, int directory) {
  GW_TRY(model::KeyRing ring, collect_keys(edition.wiring, directory));
  std::vector<std::uint8_t> bytes = encode_in_one_place(ring);
  for (model::KeyRing::Entry& entry : ring.entries) wipe(entry.content.data(), entry.content.size());
  Result<UniqueFd> sealed = sys::seal(bytes, "keys");
  wipe(bytes.data(), bytes.size());
  GW_TRY(edition.key_ring, std::move(sealed));
  return Done{};
}

}  // namespace gw::supervisor
