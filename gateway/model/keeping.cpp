#include "model/keeping.h"

#include <string>

namespace gw::model {
namespace {

struct Row {
  const char* label;
  Keeping keeping;
};
constexpr Row kRows[] = {
    {kTpmKeyLabel, Keeping::tpm},
    {kTokenKeyLabel, Keeping::token},
    {"ENCRYPTED PRIVATE KEY", Keeping::encrypted_file},
    {"PRIVATE KEY", Keeping::plain_file},
    {"EC PRIVATE KEY", Keeping::plain_file},
    {"RSA PRIVATE KEY", Keeping::plain_file},
};

}  // namespace

std::optional<Keeping> keeping_of(std::string_view pem) {
  std::optional<Keeping> found;
  std::size_t first = std::string_view::npos;
  for (const Row& row : kRows) {
    const std::size_t at = pem.find("-----BEGIN " + std::string(row.label) + "-----");
    if (at >= first) continue;
    first = at;
    found = row.keeping;
  }
  return found;
}

const char* to_string(Keeping keeping) {
  constexpr const char* kWords[] = {"tpm", "token", "encrypted_file", "plain_file"};
  return kWords[static_cast<std::size_t>(keeping)];
}

}  // namespace gw::model
