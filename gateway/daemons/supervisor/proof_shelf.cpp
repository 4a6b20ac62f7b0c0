#include "proof_shelf.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <set>

#include "base/text.h"
#include "model/certificate_roll.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr std::string_view kRecord = ".json", kSignature = ".sig";

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// The numbers by which records are named.
std::set<std::uint64_t> names_in(const std::string& folder) {
  std::set<std::uint64_t> out;
  const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
  while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    if (!name.ends_with(kRecord)) continue;
    if (const auto number = parse_decimal(name.substr(0, name.size() - kRecord.size()))) out.insert(*number);
  }
  return out;
}

}  // namespace

Result<UniqueFd> ProofShelf::key_file() const {
  const std::string path = folder_ + "/evidence.key";
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return system_error("open(" + path + ")");
  return fd;
}

std::string ProofShelf::public_key() const {
  const auto pem = sys::read_kept(folder_ + "/evidence.pub", model::kMostEvidenceKey);
  return pem ? std::string(as_text(*pem)) : std::string();
}

void ProofShelf::remove_oldest(const std::string& proofs) const {
  std::set<std::uint64_t> names = names_in(proofs);
  for (; names.size() > kMost; names.erase(names.begin()))
    for (const std::string_view ending : {kSignature, kRecord})
      ::unlink((proofs + "/" + std::to_string(*names.begin()) + std::string(ending)).c_str());
}

Result<std::string> ProofShelf::keep(const ipc::evidence::Signed& record,
                                     std::chrono::milliseconds began) const {
  const std::string proofs = folder_ + "/proofs", name = std::to_string(began.count());
  if (::mkdir(proofs.c_str(), 0700) != 0 && errno != EEXIST) return system_error("mkdir(" + proofs + ")");
  GW_TRY(sys::write_durably(folder_, "evidence.pub", as_bytes(record.public_key)));
  GW_TRY(sys::write_durably(proofs, name + std::string(kSignature), record.signature));
  GW_TRY(sys::write_durably(proofs, name + std::string(kRecord), as_bytes(record.record)));
  remove_oldest(proofs);
  return proofs + "/" + name + std::string(kRecord);
}

}  // namespace gw::supervisor
