namespace Recruitment.Reports.Issuing;

/// <summary>The printed page. Fonts are the system's, one per script, so that nothing is loaded.</summary>
internal static class ReportStyle
{
    public static string Css(string number, bool isDemonstration) => $$"""
        @page { size: A4; margin: 22mm 18mm 20mm;
          @top-right { content: "{{(isDemonstration ? "DEMONSTRATION" : "Statement of assessment")}}"; font: 8pt "Noto Sans"; color: #555; }
          @bottom-left { content: "{{number}}"; font: 8pt "Noto Sans"; color: #555; }
          @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Noto Sans"; color: #555; } }
        body { font: 10.5pt/1.5 "Noto Sans", "Noto Sans Thai", "Noto Sans Myanmar", "Noto Sans Khmer", "Noto Sans Lao", sans-serif; color: #1a1a1a; margin: 0; }
        h1 { font-size: 26pt; line-height: 1.2; margin: 18mm 0 2mm; }
        h2 { font-size: 14pt; line-height: 1.6; margin: 8mm 0 2mm; break-after: avoid; }
        h3 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid; }
        p { margin: 0 0 3mm; }
        .subject { font-size: 16pt; margin-bottom: 8mm; }
        .mark { border: 1.2pt solid #8a1c1c; color: #8a1c1c; padding: 2mm 3mm; margin-right: 1pt; font-weight: 700; }
        .draft { color: #555; font-style: normal; font-size: 9pt; }
        .caveat { border-left: 3pt solid #24506b; padding-left: 4mm; }
        .address { font-weight: 700; overflow-wrap: anywhere; }
        .verify { display: flex; gap: 6mm; margin-top: 10mm; border-top: .6pt solid #999; padding-top: 4mm; }
        .verify h2 { margin-top: 0; }
        .qr { flex: 0 0 34mm; } .qr svg { width: 34mm; height: 34mm; }
        .summary { break-before: page; } .start { break-before: page; }
        .summary:lang(my) { line-height: 1.9; } .summary:lang(km) { line-height: 1.9; }
        dl { margin: 0 0 4mm; } dl div { display: flex; gap: 4mm; padding: .6mm 0; } dt { flex: 0 0 48mm; color: #555; } dd { margin: 0; }
        table { border-collapse: collapse; width: calc(100% - 1pt); margin: 2mm 0 4mm; } caption { text-align: left; font-weight: 700; padding-bottom: 1mm; }
        th, td { border: .6pt solid #999; padding: 1.4mm 2mm; text-align: left; vertical-align: top; font-weight: 400; } thead th { font-weight: 700; background: #eef2f4; }
        tbody th { white-space: nowrap; width: 30mm; } tr > :nth-child(3) { width: 22mm; } .n { width: 20mm; } tr { break-inside: avoid; }
        """;
}
