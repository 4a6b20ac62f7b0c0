#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::evidence {

// HTML and SVG put together as text, for pages that are printed.

/// For element content and quoted attributes. What is no UTF-8, or no character of XML, becomes U+FFFD.
std::string escaped(std::string_view text);
/// As a CSS string, with its quotes.
std::string css_string(std::string_view text);

/// `<td class="id">content</td>` of `td class="id"`; `content` is markup already.
std::string tag(std::string_view open, std::string_view content);
/// The same of text.
std::string text_tag(std::string_view open, std::string_view text);
/// Text with places to break long words at, such as a digest in a narrow column; a name at its parts.
std::string breakable(std::string_view text);
std::string link_to(std::string_view target, std::string_view text);

/// A table whose head stands on every page that it goes on to; the rows are markup.
std::string table(std::string_view open, const std::vector<std::string>& columns, std::string_view rows);

/// A page by itself for print on A4 (decisions/0050): no script, nothing from outside. `footer` is text, and
/// stands on each sheet of paper beside its number.
std::string page(std::string_view title, std::string_view footer, std::string_view body);

}  // namespace gw::evidence
