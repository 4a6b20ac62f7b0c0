#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/shown.h"

namespace gw::evidence {

std::string form_page(const Document& document, const Form& form) {
  std::string body = text_tag("h1", form.title.japanese) + "\n" + notices(document) + "\n" +
                     tag("table class=\"head\"", tag("tbody", head_rows(document))) + "\n";
  for (const Words& sentence : form.says) body += text_tag("p", sentence.japanese);
  body += table_of(form.table);
  if (!form.text.empty()) body += text_tag("pre", form.text) + "\n";
  for (const Words& blank : form.blanks) body += text_tag("div class=\"blank\"", blank.japanese) + "\n";
  body += sources_of(form.sources);
  return page(form.title.japanese + " – " + document.site, foot_of(document), body);
}

}  // namespace gw::evidence
