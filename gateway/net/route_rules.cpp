#include "net/route_rules.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <netlink/route/rule.h>

#include <algorithm>
#include <array>

#include "net/netlink_objects.h"

namespace gw::net {
namespace {

using RulePtr = NetlinkPtr<rtnl_rule, rtnl_rule_put>;

struct OwnRule {
  int family;
  std::uint32_t priority;
  std::uint32_t table;
};
constexpr std::array<OwnRule, 5> kOwnRules{{{AF_INET, 0, RT_TABLE_LOCAL},
                                            {AF_INET, 32766, RT_TABLE_MAIN},
                                            {AF_INET, 32767, RT_TABLE_DEFAULT},
                                            {AF_INET6, 0, RT_TABLE_LOCAL},
                                            {AF_INET6, 32766, RT_TABLE_MAIN}}};

bool is_that(rtnl_rule* rule, const OwnRule& own) {
  const auto unconditional = [&] {
    return rtnl_rule_get_src(rule) == nullptr && rtnl_rule_get_dst(rule) == nullptr &&
           rtnl_rule_get_iif(rule) == nullptr && rtnl_rule_get_oif(rule) == nullptr &&
           rtnl_rule_get_mark(rule) == 0 && rtnl_rule_get_dsfield(rule) == 0;
  };
  return rtnl_rule_get_family(rule) == own.family && rtnl_rule_get_prio(rule) == own.priority &&
         rtnl_rule_get_table(rule) == own.table && rtnl_rule_get_action(rule) == FR_ACT_TO_TBL &&
         unconditional();
}

std::string sentence(int family, std::uint32_t priority, const char* what) {
  return std::string("routing rule ") + std::to_string(priority) +
         (family == AF_INET ? " of IPv4" : " of IPv6") + what;
}

Result<CachePtr> dump(const Netlink& netlink) {
  nl_cache* cache = nullptr;
  if (const int code = rtnl_rule_alloc_cache(netlink.get(), AF_UNSPEC, &cache); code < 0)
    return netlink_error("read routing rules", code);
  return CachePtr(cache);
}

Result<> add(const Netlink& netlink, const OwnRule& own) {
  const RulePtr rule(rtnl_rule_alloc());
  rtnl_rule_set_family(rule.get(), own.family);
  rtnl_rule_set_prio(rule.get(), own.priority);
  rtnl_rule_set_table(rule.get(), own.table);
  rtnl_rule_set_action(rule.get(), FR_ACT_TO_TBL);
  const int code = rtnl_rule_add(netlink.get(), rule.get(), 0);
  if (code < 0 && code != -NLE_AF_NOSUPPORT) return netlink_error("add a routing rule", code);
  return Done{};
}

/// Shows `foreign` each rule that is not ours; \return which of ours are there.
template <class Foreign>
std::array<bool, kOwnRules.size()> sort_out(const CachePtr& cache, Foreign foreign) {
  std::array<bool, kOwnRules.size()> there{};
  for_each<rtnl_rule>(cache, [&](rtnl_rule* rule) {
    const int family = rtnl_rule_get_family(rule);
    if (family != AF_INET && family != AF_INET6) return;  // other families are never routed
    const auto own = std::find_if(kOwnRules.begin(), kOwnRules.end(),
                                  [&](const OwnRule& candidate) { return is_that(rule, candidate); });
    if (own == kOwnRules.end()) return foreign(rule);
    there[static_cast<std::size_t>(own - kOwnRules.begin())] = true;
  });
  return there;
}

}  // namespace

Result<> settle_route_rules(const Netlink& netlink, Repairs& repairs) {
  GW_TRY(const CachePtr cache, dump(netlink));
  bool changed = false;
  const auto there = sort_out(cache, [&](rtnl_rule* rule) {
    changed = true;
    repairs.add(sentence(rtnl_rule_get_family(rule), rtnl_rule_get_prio(rule), " is not ours"));
    rtnl_rule_delete(netlink.get(), rule, 0);  // the second look has the last word
  });
  for (std::size_t i = 0; i < kOwnRules.size(); ++i) {
    if (there[i]) continue;
    changed = true;
    repairs.add(sentence(kOwnRules[i].family, kOwnRules[i].priority, " was missing"));
    GW_TRY(add(netlink, kOwnRules[i]));
  }
  if (!changed) return Done{};
  GW_TRY(const CachePtr again, dump(netlink));
  std::size_t foreign = 0;
  sort_out(again, [&](rtnl_rule*) { ++foreign; });
  if (foreign != 0) return Error{ErrorCode::net_apply_failed, "a routing rule is left over"};
  return Done{};
}

}  // namespace gw::net
