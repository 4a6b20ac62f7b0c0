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

// Numbers only: a name would send the library to files and resolvers.
constexpr unsigned kWithElements = NFT_CTX_OUTPUT_NUMERIC_ALL | NFT_CTX_OUTPUT_STATELESS;
constexpr unsigned kWithoutElements = kWithElements | NFT_CTX_OUTPUT_TERSE;

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
  nft_ctx_output_set_flags(context, kWithElements);
  nft_ctx_clear_include_paths(context);
  return loader;
}

Result<std::string> RuleLoader::run(const std::string& commands) {
  nft_ctx* context = context_.get();
  if (nft_run_cmd_from_buffer(context, commands.c_str()) != 0)
    return Error{ErrorCode::net_rules_refused, first_line(nft_ctx_get_error_buffer(context))};
  return std::string(nft_ctx_get_output_buffer(context));
}

Result<RuleListing> RuleLoader::list(const RuleSet& rules) {
  RuleListing listing;
  nft_ctx_output_set_flags(context_.get(), kWithoutElements);
  GW_TRY(listing.skeleton, run("list ruleset"));
  nft_ctx_output_set_flags(context_.get(), kWithElements);
  for (const RuleElements& set : rules.sets) {
    if (set.elements.empty() && set.lookup == Lookup::traffic) continue;
    // A set that is not there is named by the skeleton.
    const auto content = run("list set inet " + std::string(kTableName) + " " + set.name);
    if (content) listing.contents += *content;
  }
  return listing;
}

Result<std::string> RuleLoader::settle(const RuleSet& rules, const std::optional<std::string>& reference,
                                       Repairs& repairs) {
  const std::size_t before = repairs.count();
  GW_TRY(RuleListing there, list(rules));
  compare(rules, there, repairs);
  if (reference && repairs.count() == before) compare(*reference, there.skeleton, repairs);
  if (reference && repairs.count() == before) return std::move(there.skeleton);

  GW_TRY(run(to_text(rules)));
  GW_TRY(RuleListing loaded, list(rules));
  Repairs left;
  compare(rules, loaded, left);
  if (!left.empty())
    return Error{ErrorCode::net_apply_failed, "read back differently: " + left.texts().front()};
  return std::move(loaded.skeleton);
}

}  // namespace gw::net
