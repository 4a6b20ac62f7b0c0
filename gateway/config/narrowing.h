#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gw::config {

/// One difference between two configurations, as far as it matters for what is allowed.
struct Edit {
  enum class What : std::uint8_t {
    thing_comes,  ///< a named thing of a list
    thing_goes,
    item_comes,  ///< an item of a list
    item_goes,
    order,  ///< of a list's items
    value,  ///< of a key that stands in both
    key_comes,
    key_goes,
  };

  What what{};
  std::string_view thing{};  ///< the kind of named thing that comes, goes, or has the key: "rule"
  std::string_view keys{};   ///< the whole way to the key inside it: "upstream profile name"
  std::string_view before{}, after{};
};

/// Does it certainly allow nothing that was not allowed before? What is not known here does not, so that
/// whatever is new in the format is a widening until somebody has thought about it (ADM-12).
bool only_narrows(const Edit& edit);

/// When an edit of that kind does, in a word; empty: never. The same judgement, for whoever shows it.
std::string_view narrows_when(Edit::What what, std::string_view thing, std::string_view keys);
/// So many kinds of edits may.
extern const std::size_t kNarrowings;

}  // namespace gw::config
