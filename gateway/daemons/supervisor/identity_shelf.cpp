#include "identity_shelf.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/fd.h"
#include "base/text.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

namespace fs = std::filesystem;
using ipc::renewal::Place;

constexpr const char* kFolder = "/identities";

/// A part of a slot: how its file's name ends, and how long it may be, in octets.
struct Part {
  Place place;
  std::string_view ending;
  std::size_t most;
};
constexpr Part kParts[] = {{Place::current, ".current", model::kMostSlotText},
                           {Place::next, ".next", model::kMostSlotText},
                           {Place::ticket, ".ticket", model::kMostTicket},
                           {Place::answer, ".answer", model::kMostSlotText},
                           {Place::wish, ".wish", model::kMostWish}};

const Part& part_of(Place place) { return kParts[static_cast<std::size_t>(place)]; }

std::string text_of(const std::string& path, std::size_t most) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  std::string text(most + 1, '\0');
  const ssize_t size = ::read(file.get(), text.data(), text.size());
  if (size < 0 || static_cast<std::size_t>(size) > most) return {};
  text.resize(static_cast<std::size_t>(size));
  return text.find('\0') == std::string::npos ? text : std::string();
}

/// What is in a folder; of one that cannot be read, nothing.
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    out.push_back(at->path().filename());
  return out;
}

/// "emr-client" of "emr-client.current"; empty for any other name.
std::string identity_in(const std::string& file_name) {
  const std::string_view ending = part_of(Place::current).ending;
  if (!file_name.ends_with(ending)) return {};
  std::string name = file_name.substr(0, file_name.size() - ending.size());
  return is_name(name) ? name : std::string();
}

void add_those_of(const std::string& folder, const std::string& tenant, std::size_t& octets,
                  model::KeptIdentities& out) {
  for (const std::string& name : names_in(folder)) {
    const std::string identity = identity_in(name);
    if (identity.empty() || out.files.size() == model::kMostKeptIdentities) continue;
    std::string text = text_of(folder + "/" + name, part_of(Place::current).most);
    if (text.empty() || octets + text.size() > model::kMostKeptText) continue;
    octets += text.size();
    out.files.push_back({model::current_file_of(tenant, identity), std::move(text)});
  }
}

Result<> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return system_error("mkdir(" + path + ")");
  return Done{};
}

Result<> take_away(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return Done{};
    return system_error("unlink(" + path + ")");
  }
  const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory || ::fsync(directory.get()) != 0) return system_error("fsync(" + folder + ")");
  return Done{};
}

}  // namespace

IdentityShelf::IdentityShelf(std::string state_folder) : folder_(std::move(state_folder) + kFolder) {}

model::KeptIdentities IdentityShelf::in_use() const {
  model::KeptIdentities out;
  std::size_t octets = 0;
  for (const std::string& tenant : names_in(folder_))
    if (is_name(tenant)) add_those_of(folder_ + "/" + tenant, tenant, octets, out);
  return out;
}

model::IdentitySlot IdentityShelf::slot_of(const std::string& tenant, const std::string& identity) const {
  if (!is_name(tenant) || !is_name(identity)) return {};
  const auto read = [&](Place place) {
    const Part& part = part_of(place);
    return text_of(folder_ + "/" + tenant + "/" + identity + std::string(part.ending), part.most);
  };
  return {read(Place::current), read(Place::next), read(Place::ticket), read(Place::answer),
          read(Place::wish)};
}

Result<> IdentityShelf::keep(const std::string& tenant, const std::string& identity, Place place,
                             const std::string& text) const {
  if (!is_name(tenant) || !is_name(identity))
    return Error{ErrorCode::identity_unknown, tenant + "/" + identity};
  const Part& part = part_of(place);
  if (text.size() > part.most) return Error{ErrorCode::file_too_large, identity + std::string(part.ending)};
  const std::string folder = folder_ + "/" + tenant, name = identity + std::string(part.ending);
  if (text.empty()) return take_away(folder, name);
  GW_TRY(make_folder(folder_));
  GW_TRY(make_folder(folder));
  return sys::write_durably(folder, name, as_bytes(text));
}

}  // namespace gw::supervisor
