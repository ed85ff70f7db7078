"""The style sheet of the HTML page: one column, good contrast in light and dark, calm on paper."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4a5361;--line:#d5dae1;--page:#fff;--panel:#f4f6f9;--link:#0b57a4;
--good:#0f6b3a;--bad:#a3231a;--open:#7a5200;--hit:#fff0b8}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b3bbc6;--line:#3b434e;--page:#14171b;--panel:#1d2228;
--link:#8dc0ff;--good:#6fd49b;--bad:#ff9d92;--open:#f0c266;--hit:#5a4a10}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif}
main{max-width:54rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.55rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.08rem;margin:2rem 0 .5rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
p,li,dd{margin:.35rem 0}ul,ol{padding-left:1.3rem;margin:.4rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem;z-index:1}
section.lead{background:var(--panel);border-radius:.5rem;padding:.4rem 1.1rem .7rem}
section.lead h2{border:0;margin:.5rem 0 .2rem}
.tone{border-left:.3rem solid var(--soft);padding-left:.7rem}
.tone.supported,.tone.met{border-color:var(--good)}.tone.not_supported,.tone.not_met{border-color:var(--bad)}
.tone.supported_if,.tone.undetermined,.tone.unknown{border-color:var(--open)}
dl{margin:.4rem 0}dl>div{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:0 1rem;padding:.2rem 0}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
.form tbody th{width:28%}.form td:nth-child(n+4){border-left:1px solid var(--line);min-width:6rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-size:.85rem}tbody th{font-weight:500;width:42%}
.l1{padding-left:1.6rem}.l2{padding-left:2.8rem}.l3{padding-left:4rem}.l4{padding-left:5.2rem}
.mark{font-weight:650;white-space:nowrap}.mark.met,.mark.supported{color:var(--good)}
.mark.not_met,.mark.not_supported,.mark.applies{color:var(--bad)}
.mark.unknown,.mark.supported_if,.mark.undetermined{color:var(--open)}
sup{line-height:0}.ref{margin-left:.2rem;text-decoration:none}
details{margin:.15rem 0;font-size:.9rem;color:var(--soft)}summary{cursor:pointer}
blockquote{margin:.4rem 0 .4rem .2rem;padding-left:.7rem;border-left:2px solid var(--line);white-space:pre-wrap}
blockquote footer{font-size:.8rem}mark{background:var(--hit);color:inherit}
li[id]:target{background:var(--hit)}
#review{color:var(--soft);font-size:.92rem}
@media (max-width:40rem){dl>div{grid-template-columns:1fr}tbody th{width:auto}}
@media print{:root{--ink:#000;--soft:#333;--page:#fff;--panel:#fff;--link:#000;--good:#000;--bad:#000;--open:#000}
body{font-size:10.5pt}main{max-width:none;padding:0}.skip,summary{display:none}
section{break-inside:auto}h2{break-after:avoid}tr,li{break-inside:avoid}section.lead{border:1px solid #000}}
""".strip()
