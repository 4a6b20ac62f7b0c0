// sekisho: the command line of the box. What it does: cli/commands.def and api/operations.def.

#include <algorithm>
#include <span>

#include "cli/arguments.h"
#include "cli/exit_code.h"
#include "cli/help_text.h"
#include "cli/output.h"

int main(int count, char** arguments) {
  using namespace gw;
  const std::span<char* const> words(arguments + std::min(count, 1), arguments + count);
  const Language language = cli::language_in(words, language_of_environment());
  const cli::Understood understood = cli::understand(cli::commands(), words, language);
  if (understood.wish == cli::Understood::Wish::help) {
    cli::print(cli::help_text(cli::commands(), understood.words, language));
    return cli::kOk;
  }
  if (understood.wish == cli::Understood::Wish::version) {
    cli::print("sekisho " GW_VERSION "\n");
    return cli::kOk;
  }
  if (understood.choice) return understood.choice->command->run(understood.choice->call);
  cli::complain(understood.complaint);
  return cli::kUsage;
}
