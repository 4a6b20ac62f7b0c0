#include "net/rule_loader.h"

#include <nftables/libnftables.h>
#include <pwd.h>

#include <string_view>

/// libnftables looks every account up by name first, even one that is a number. It finds this function in
/// place of the C library's, which would go to files, sockets and loadable modules: accounts of the box have
/// no names.
extern "C" passwd* getpwnam(const char*) { return nullptr; }

namespace gw::net {
namespace {

/// The library's complaint quotes our text back; its first line is what tells.
std::string first_line(const char* text) {
  const std::string_view whole = text == nullptr ? "" : text;
  return std::string(whole.substr(0, whole.find('\n')));
}

}  // namespace

void RuleLoader::Free::operator()(nft_ctx* context) const { nft_ctx_free(context); }

Result<RuleLoader> RuleLoader::open() {
  RuleLoader loader(nft_ctx_new(NFT_CTX_DEFAULT));
  nft_ctx* context = loader.context_.get();
  if (context == nullptr || nft_ctx_buffer_output(context) != 0 || nft_ctx_buffer_error(context) != 0)
    return Error{ErrorCode::net_apply_failed, "libnftables does not start"};
  // Numbers only: a name would send the library to files and resolvers.
  nft_ctx_output_set_flags(context, NFT_CTX_OUTPUT_NUMERIC_ALL | NFT_CTX_OUTPUT_STATELESS);
  nft_ctx_clear_include_paths(context);
  return loader;
}

Result<std::string> RuleLoader::run(const std::string& commands) {
  nft_ctx* context = context_.get();
  if (nft_run_cmd_from_buffer(context, commands.c_str()) != 0)
    return Error{ErrorCode::net_rules_refused, first_line(nft_ctx_get_error_buffer(context))};
  return std::string(nft_ctx_get_output_buffer(context));
}

Result<> RuleLoader::load(const RuleSet& rules) {
  GW_TRY(run(to_text(rules)));
  GW_TRY(const std::string listing, run("list ruleset"));
  return check_listing(rules, listing);
}

}  // namespace gw::net
