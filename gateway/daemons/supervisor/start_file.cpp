#include "start_file.h"

#include "base/secret.h"
#include "config/sources.h"
#include "key_files.h"
#include "sys/durable_file.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

constexpr const char* kName = "start";
constexpr std::uint32_t kForm = 1;
constexpr std::size_t kMost = config::kMostSources + kMostRing + 64;

using Content = std::vector<std::uint8_t>;

struct Start {
  std::uint32_t form = kForm;
  model::ChangeNumber change{};
  Content sources{};
  Content ring{};

  Start() = default;
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;
  Start(Start&&) = default;
  Start& operator=(Start&&) = default;
  ~Start() { wipe(ring.data(), ring.size()); }
};

template <class Io>
void visit(Io& io, Start& s) {
  io.range(s.form, kForm, kForm);
  io.field(s.change);
  io.blob(s.sources, config::kMostSources);
  io.blob(s.ring, kMostRing);
}

/// It holds keys: wiped, whatever becomes of it.
struct Wiped {
  Content octets{};
  ~Wiped() { wipe(octets.data(), octets.size()); }
};

Error unreadable(const std::string& why) { return {ErrorCode::start_unreadable, why}; }

}  // namespace

Result<EditionPtr> StartFile::read() const {
  auto found = sys::read_kept(folder_ + "/" + kName, kMost);
  if (!found) return unreadable(found.error().to_text());
  const Wiped held{*std::move(found)};
  if (held.octets.empty()) return EditionPtr();
  auto start = decode<Start>(held.octets);
  if (!start) return unreadable("it is damaged");
  auto edition = std::make_shared<Edition>();
  edition->change = start->change;
  GW_TRY(edition->sources, sys::seal(start->sources, "configuration"));
  GW_TRY(edition->key_ring, sys::seal(start->ring, "keys"));
  return EditionPtr(std::move(edition));
}

Result<> StartFile::write(const Edition& edition, model::ChangeNumber change) const {
  Start start;
  start.change = change;
  GW_TRY(start.sources, sys::read_sealed(edition.sources.get(), config::kMostSources));
  GW_TRY(start.ring, sys::read_sealed(edition.key_ring.get(), kMostRing));
  Writer writer(start.sources.size() + start.ring.size() + 64);  // it must not leave copies where it grew
  writer.field(start);
  const Wiped held{writer.take()};
  const Result<> written = sys::write_durably(folder_, kName, held.octets);
  if (!written) return Error{ErrorCode::start_unwritable, written.error().to_text()};
  return Done{};
}

}  // namespace gw::supervisor
