#include "cut_book.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kName = "cuts";
constexpr std::size_t kMostBytes = 64 * 1024;

struct Page {
  std::vector<model::Cut> cuts{};
};
template <class Io>
void visit(Io& io, Page& page) {
  io.list(page.cuts, model::kMaxCuts);
}

Result<Page> read_page(const std::string& path) {
  GW_TRY(const auto bytes, sys::read_kept(path, kMostBytes));
  if (bytes.empty()) return Page{};
  Result<Page> page = decode<Page>(bytes);
  if (!page) return Error{ErrorCode::cut_book_damaged, path};
  return page;
}

template <class Named>
bool has(const std::vector<Named>& named, const std::string& wanted) {
  return std::any_of(named.begin(), named.end(), [&](const Named& each) { return each.text == wanted; });
}

bool is_known(const model::Cut& cut, const Edition& in_force) {
  if (cut.what == model::Cut::What::everything || cut.what == model::Cut::What::source) return true;
  for (const model::Wiring::Compartment& tenant : in_force.wiring.compartments) {
    if (tenant.name != cut.tenant) continue;
    if (cut.what == model::Cut::What::tenant) return true;
    return cut.what == model::Cut::What::service ? has(tenant.services, cut.name)
                                                 : has(tenant.terminals, cut.name);
  }
  return false;
}

}  // namespace

Result<CutBook> CutBook::open(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return system_error("mkdir(" + folder + ")");
  GW_TRY(Page page, read_page(folder + "/" + kName));
  return CutBook(folder, std::move(page.cuts));
}

Result<> CutBook::add(const model::Cut& cut, const Edition& in_force) {
  if (!is_known(cut, in_force)) return Error{ErrorCode::cut_unknown_name, cut.to_text()};
  std::vector<model::Cut> cuts = cuts_;
  if (std::find(cuts.begin(), cuts.end(), cut) != cuts.end()) return Done{};
  if (cuts.size() == model::kMaxCuts) return Error{ErrorCode::cut_book_full, cut.to_text()};
  cuts.push_back(cut);
  return keep(std::move(cuts));
}

Result<> CutBook::remove(const model::Cut& cut) {
  std::vector<model::Cut> cuts = cuts_;
  if (std::erase(cuts, cut) == 0) return Error{ErrorCode::cut_not_there, cut.to_text()};
  return keep(std::move(cuts));
}

Result<> CutBook::keep(std::vector<model::Cut> cuts) {
  Page page{std::move(cuts)};
  GW_TRY(sys::write_durably(folder_, kName, encode(page)));
  cuts_ = std::move(page.cuts);
  return Done{};
}

}  // namespace gw::supervisor
