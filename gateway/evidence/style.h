#pragma once

#include <string_view>

namespace gw::evidence {

/// Of every page; black on white, so that no state is told by its colour alone.
inline constexpr std::string_view kStyle = R"(
@page { size: A4; margin: 14mm 15mm 18mm; }
:root { font-family: "Noto Sans CJK JP", "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", sans-serif; line-break: strict; }
body { color: #000; background: #fff; font-size: 9.5pt; line-height: 1.6; margin: 0 auto; max-width: 179mm; padding: 0 .5mm; }
h1 { font-size: 15pt; line-height: 1.35; margin: 0 0 2mm; }
h2 { font-size: 11.5pt; line-height: 1.4; margin: 6mm 0 1.5mm; border-bottom: .3mm solid #000; }
h1, h2, th, .asks { word-break: auto-phrase; }
h1, h2, .finding > :not(:last-child) { break-after: avoid; }
p { margin: 0 0 1.5mm; }
a { color: inherit; text-decoration: underline; text-decoration-thickness: .15mm; text-underline-offset: .5mm; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
th, td { border: .2mm solid #666; padding: 1mm 1.6mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 700; }
thead { display: table-header-group; border-bottom: .5mm solid #000; }
tr, .says > * { break-inside: avoid; }
tr.long { break-inside: auto; }
svg { display: block; width: 100%; height: auto; max-height: 225mm; margin: 2mm 0; break-inside: avoid; }
.small, .data { font-size: 8pt; line-height: 1.45; }
.wide { font-size: 7pt; }
.data th { overflow-wrap: break-word; }
.room { width: 45mm; }
.small { color: #333; }
.one, .head th { white-space: nowrap; }
.head th { width: 1mm; }
.id { width: 13mm; font-weight: 700; }
.asks { width: 46mm; }
.state { width: 21mm; }
.says p { margin-bottom: .8mm; }
.mark { font-weight: 700; white-space: nowrap; }
.state .mark { font-size: 7.5pt; }
.attention { text-decoration: underline double; }
.by_design { font-weight: 400; }
.to_fill { border: .3mm solid #000; padding: 0 .8mm; }
.unknown { border-bottom: .3mm dashed #000; }
.notice { border: .5mm solid #000; padding: 1.5mm 2.5mm; margin: 2mm 0; break-inside: avoid; }
.blank { border: .3mm solid #000; padding: .6mm 1.6mm; margin: 1mm 0; min-height: 13mm; break-inside: avoid; }
footer { break-before: avoid; border-top: .2mm solid #666; margin-top: 5mm; padding-top: 1mm; white-space: pre-line; }
pre { font-size: 8pt; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; border: .2mm solid #666; padding: 1.5mm; }
@media screen { body { padding: 8mm; } }
)";

}  // namespace gw::evidence
