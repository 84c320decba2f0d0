/// How pages look, by day, by night, on paper and on a phone.
enum Stylesheet {
  static let rules = """
    :root { color-scheme: light dark; \(Palette.light.variables) }
    @media screen and (prefers-color-scheme: dark) { :root { \(Palette.dark.variables) } }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 74rem;
      background: var(--page); color: var(--text);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
    }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
    h2 {
      font-size: 1.2rem; margin: 2.5rem 0 1rem; padding-top: 1rem;
      border-top: 1px solid var(--faint);
    }
    h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
    a { color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus { position: static; }
    .lead { color: var(--muted); margin: 0 0 1rem; max-width: 48rem; overflow-wrap: anywhere; }
    .note { color: var(--muted); font-size: .875rem; max-width: 48rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
    .key-figures {
      display: grid; gap: .75rem;
      grid-template-columns: repeat(auto-fit, minmax(min(13rem, 40%), 1fr));
      margin: 1rem 0;
    }
    .key-figures div {
      background: var(--panel); border-radius: .375rem; padding: .6rem .8rem; min-width: 0;
    }
    .key-figures dt { color: var(--muted); font-size: .8125rem; }
    .key-figures dd {
      margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums;
    }
    .former { display: block; color: var(--muted); font-weight: 400; font-size: .8125rem; }
    .figures {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr));
      gap: 1.5rem 2rem; align-items: start;
    }
    /* Captions, drawings and numbers of figures in a row begin at the same height. */
    figure {
      margin: 0; min-width: 0; break-inside: avoid; display: grid; grid-row: span 3;
      grid-template-rows: subgrid; grid-template-columns: minmax(0, 1fr); row-gap: 0;
    }
    figure svg { display: block; width: 100%; height: auto; max-width: 40rem; align-self: start; }
    figcaption { font-size: .875rem; margin-bottom: .25rem; }
    figcaption b { display: block; font-size: .9375rem; }
    figcaption span { color: var(--muted); }
    details { margin-top: .25rem; font-size: .875rem; }
    summary { cursor: pointer; color: var(--link); width: fit-content; }
    .scroll { overflow-x: auto; margin: .5rem 0; }
    table { border-collapse: collapse; font-size: .875rem; }
    th, td {
      padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--faint); text-align: right;
      font-weight: 400; font-variant-numeric: tabular-nums; vertical-align: top;
    }
    thead th { color: var(--muted); vertical-align: bottom; }
    .text { text-align: start; overflow-wrap: anywhere; min-width: 6rem; }
    .pair { margin: 1.5rem 0 2rem; }
    .pair h3 { margin-bottom: .25rem; }
    .prompt { border-inline-start: 3px solid var(--faint); padding-inline-start: .75rem; }
    .versions {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr));
      gap: .75rem 1.5rem;
    }
    .version { background: var(--panel); border-radius: .375rem; padding: .5rem .75rem; }
    .same { grid-column: 1 / -1; }
    .version h4 { margin: 0; font-size: .875rem; }
    .answer {
      white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; margin: .25rem 0;
      max-height: 22rem; overflow-y: auto;
    }
    /* Whole answers can be marked, so the marks must leave them readable. */
    del, ins {
      text-decoration-thickness: 1px; text-underline-offset: .2em;
      text-decoration-color: color-mix(in srgb, currentColor 35%, transparent);
    }
    del { background: var(--del); text-decoration-line: underline; text-decoration-style: dashed; }
    ins { background: var(--ins); text-decoration-line: underline; }
    \(drawing)
    @media screen and (max-width: 34rem) { svg { font-size: 13.5px; } }
    footer { margin-top: 3rem; color: var(--muted); font-size: .875rem; }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; }
      nav, .skip, details { display: none; }
      /* A third of a page. */
      .answer { max-height: 8.5cm; overflow: hidden; }
      .answer.long { mask-image: linear-gradient(#000 7.5cm, transparent 8.5cm); }
      .figures, .versions { grid-template-columns: 1fr 1fr; }
      .answer { font-size: 8pt; }
      h2, h3, h4, .prompt { break-after: avoid; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """

  /// How drawings look, on a page or by themselves.
  static let drawing = """
    svg { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    svg text { fill: var(--text); }
    svg .tick { fill: var(--muted); font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--faint); stroke-width: 1; fill: none; }
    .axis { stroke: var(--muted); stroke-width: 1; fill: none; }
    .line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
    .thin { fill: none; stroke: currentColor; stroke-width: 1.25; }
    .dashed { stroke-dasharray: 6 3; }
    .rule { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; fill: none; }
    .area { fill: currentColor; fill-opacity: .16; stroke: none; }
    .solid { fill: currentColor; stroke: none; }
    .hollow { fill: var(--page); stroke: currentColor; stroke-width: 1.75; }
    .before { color: var(--before); }
    .after { color: var(--after); }
    .chosen { color: var(--chosen); }
    .rejected { color: var(--rejected); }
    .curve { color: var(--curve); }
    .density { color: var(--density); }
    .neutral { color: var(--neutral); }
    """
}
