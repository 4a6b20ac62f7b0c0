#pragma once

#include "base/text.h"
#include "unit/backup/clinic.h"
#include "unit/control/seen_box.h"

namespace gw::control {

/// With which a box signs.
struct BoxKey : backup::BackupTest {
  using BackupTest::box_key;
  using BackupTest::signer;
};

/// States what it is, each time it is asked.
class StatedBox : public SeenBox {
 public:
  void SetUp() override {
    SeenBox::SetUp();
    proof.ended = diagnosis.trials.ended =
        std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch());
  }
  std::uint64_t made() { return number_of(looked(OperationId::evidence_make, TypedValues(2))); }
  static std::uint64_t number_of(const Said& said) {
    EXPECT_EQ(said.error, "") << said.detail;
    const std::string_view number =
        std::string_view(said.json).substr(said.json.find(':') + 1);  // {"evidence":3}
    return parse_decimal(number.substr(0, number.find('}'))).value_or(0);
  }
  Said asked(OperationId operation, std::uint64_t number) {
    if (operation == OperationId::evidence_take) return taken(number, {});
    return ask(operation, {TypedValue::of(number)}, come("first"));
  }
  Said taken(std::uint64_t number, TypedValue papers) {
    return ask(OperationId::evidence_take, {TypedValue::of(number), std::move(papers)}, come("first"));
  }
  std::string document(std::uint64_t number) {
    return member(asked(OperationId::evidence_show, number).json, "document");
  }
  void sign() { evidence->use(BoxKey::box_key()); }
  /// What each fact says, from its state on.
  static std::map<std::string, std::string> findings_in(const std::string& document) {
    std::map<std::string, std::string> out;
    const std::string begin = R"({"fact":")";
    std::size_t at = document.find(begin);
    while (at != std::string::npos) {
      const std::size_t next = std::min(document.find(begin, at + 1), document.find(R"(],"papers":)"));
      const std::string one = document.substr(at, next - at);
      const std::string name = one.substr(begin.size(), one.find('"', begin.size()) - begin.size());
      out[name] = one.substr(one.find(R"("state":)"), one.find(R"(,"sources":)") - one.find(R"("state":)"));
      at = document.find(begin, at + 1);
    }
    return out;
  }
  std::map<std::string, std::string> findings() { return findings_in(document(made())); }
  std::string state_of(const std::string& fact) {
    const std::string text = findings()[fact];
    return text.substr(9, text.find('"', 9) - 9);
  }
  /// The facts of which something else is said once `change` was made.
  template <class Change>
  std::vector<std::string> changed_by(Change change) {
    const auto before = findings();
    change();
    const auto after = findings();
    std::vector<std::string> out;
    for (const auto& [name, text] : after)
      if (before.at(name) != text) out.push_back(name);
    return out;
  }
  void set_rules(model::RuleRoll rules) { ASSERT_TRUE(reviews->rules().set(std::move(rules))); }
};

}  // namespace gw::control
