// Writes the manual's pages that are made of tables: manual-text sekisho.1|sekisho.ja.1|sekisho.yaml.5. Part
// of the build, not of the product.

#include <string_view>

#include "cli/manual.h"
#include "cli/output.h"

int main(int count, char** arguments) {
  using namespace gw;
  const std::string_view page = count == 2 ? arguments[1] : "";
  if (page == "sekisho.yaml.5") return cli::print(cli::manual_of_configuration()), 0;
  if (page != "sekisho.1" && page != "sekisho.ja.1") return 1;
  const Language language = page == "sekisho.1" ? Language::english : Language::japanese;
  return cli::print(cli::manual_of_commands(cli::commands(), language)), 0;
}
