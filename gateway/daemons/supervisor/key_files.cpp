#include "key_files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <memory>

#include "base/secret.h"
#include "model/management.h"
#include "model/operations_centre.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using Content = std::vector<std::uint8_t>;

Error unreadable(const std::string& file, const std::string& why) {
  return {ErrorCode::config_file_unreadable, file + ": " + why};
}

void wipe_all(Content& content) { wipe(content.data(), content.size()); }

/// A ring that is wiped when it goes.
struct HeldRing {
  model::KeyRing ring{};

  HeldRing() = default;
  HeldRing(const HeldRing&) = delete;
  HeldRing& operator=(const HeldRing&) = delete;
  ~HeldRing() {
    for (model::KeyRing::Entry& entry : ring.entries) wipe_all(entry.content);
  }
};

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

Result<Content> read_key(int directory, const std::string& file) {
  GW_TRY(const UniqueFd fd, open_beneath(directory, file));
  Content content(model::kMostKeyFile + 1);
  const ssize_t size = ::read(fd.get(), content.data(), content.size());
  if (size < 0) return unreadable(file, system_error("read").detail);
  content.resize(static_cast<std::size_t>(size));
  if (content.size() <= model::kMostKeyFile) return content;
  wipe_all(content);
  return unreadable(file, "too large for a key");
}

const Content* find(const model::KeyRing& ring, const std::string& owner, const std::string& file) {
  for (const model::KeyRing::Entry& entry : ring.entries)
    if (entry.owner == owner && entry.key.file == file) return &entry.content;
  return nullptr;
}

/// Wiped afterwards, so it must not leave copies where it grew.
Content encode_in_one_place(model::KeyRing& ring) {
  constexpr std::size_t kBesideContent = 8 * 1024;  // of an entry: names and what it may be used for
  std::size_t room = kBesideContent;
  for (const model::KeyRing::Entry& entry : ring.entries)
    room += kBesideContent + entry.key.public_keys.size() * sizeof(model::Pin) + entry.content.size();
  Writer writer(room);
  writer.field(ring);
  return writer.take();
}

}  // namespace

KeyReader keys_beneath(int directory) {
  return [directory](const std::string&, const model::Wiring::Key& key) {
    return read_key(directory, key.file);
  };
}

Result<KeyReader> keys_kept_in(const Edition& edition) {
  GW_TRY(Content bytes, sys::read_sealed(edition.key_ring.get(), kMostRing));
  auto held = std::make_shared<HeldRing>();
  auto ring = decode<model::KeyRing>(bytes);
  wipe_all(bytes);
  GW_TRY(held->ring, std::move(ring));
  return KeyReader([held](const std::string& owner, const model::Wiring::Key& key) -> Result<Content> {
    if (const Content* kept = find(held->ring, owner, key.file)) return *kept;
    return unreadable(key.file, "it was not kept");
  });
}

KeyReader keys_in(const model::KeptIdentities& kept, KeyReader others) {
  return [&kept, others = std::move(others)](const std::string& owner,
                                             const model::Wiring::Key& key) -> Result<Content> {
    if (key.place != model::Wiring::Place::identities) return others(owner, key);
    for (const model::KeptIdentities::File& file : kept.files)
      if (file.path == key.file) return Content(file.text.begin(), file.text.end());
    return unreadable(key.file, "the identity is not there");
  };
}

Result<> collect_keys(Edition& edition, const KeyReader& read) {
  HeldRing held;
  held.ring.generation = edition.wiring.generation;
  const auto collect = [&](const std::string& owner,
                           const std::vector<model::Wiring::Key>& keys) -> Result<> {
    for (const model::Wiring::Key& key : keys) {
      GW_TRY(auto content, read(owner, key));
      if (const auto keeping = model::keeping_of(as_text(content)))
        edition.keys.push_back({key.place, key.file, *keeping});
      held.ring.entries.push_back({owner, key, std::move(content)});
    }
    return Done{};
  };
  for (const model::Wiring::Compartment& compartment : edition.wiring.compartments) {
    GW_TRY(collect(compartment.name, compartment.keys));
    if (compartment.enrolment)
      GW_TRY(collect(model::enrolment_owner(compartment.name), compartment.enrolment->keys));
  }
  if (edition.wiring.management) GW_TRY(collect(model::kManagementOwner, edition.wiring.management->keys));
  if (edition.wiring.noc) GW_TRY(collect(model::kNocOwner, edition.wiring.noc->keys));
  Content bytes = encode_in_one_place(held.ring);
  Result<UniqueFd> sealed = sys::seal(bytes, "keys");
  wipe_all(bytes);
  GW_TRY(edition.key_ring, std::move(sealed));
  return Done{};
}

}  // namespace gw::supervisor
