"""The style sheet of the page of marked documents: text on one side, rows on the other; one column on a phone."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4a5361;--line:#d5dae1;--page:#fff;--link:#0b57a4;
--person:#e8e3f7;--diagnosis:#ffe0dc;--finding:#fdeebf;--test:#d7ecff;--study:#d5f0e6;--treatment:#dff2c8;
--request:#f1f3f6;--aside:#e9ebee;--strike:#6b7280}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b3bbc6;--line:#3b434e;--page:#14171b;--link:#8dc0ff;
--person:#3d3358;--diagnosis:#5a2b26;--finding:#4f4112;--test:#17406a;--study:#17493a;--treatment:#33491a;
--request:#22272e;--aside:#2b3037;--strike:#aab2bd}}
*{box-sizing:border-box}
html{scroll-padding:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,"Segoe UI",Roboto,sans-serif}
header{border-bottom:1px solid var(--line);padding:.5rem 1.25rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;background:var(--page);padding:.4rem .6rem}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;margin-top:.3rem}
a{color:var(--link)}
h1{font-size:1.05rem;margin:0 0 .3rem}h2{font-size:.95rem;margin:.8rem 0 .4rem;color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.85rem;align-items:center}
.legend label{white-space:nowrap}
.legend ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;margin:0;padding:0}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.5rem;padding:0 1.25rem}
@media screen and (min-width:56.01rem) and (min-height:30rem){
body{display:flex;flex-direction:column;height:100vh}main{flex:1;min-height:0}
.texts,.rows{overflow:auto;padding-bottom:3rem;scroll-padding:2.5rem 0}}
.text{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.9}
.typed{font:13px/1.9 ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace}
mark{color:inherit;border-radius:.2rem;padding:.06em .1em;background:var(--aside)}
mark.person{background:var(--person)}mark.diagnosis{background:var(--diagnosis)}mark.finding{background:var(--finding)}
mark.test{background:var(--test)}mark.study{background:var(--study)}mark.treatment{background:var(--treatment)}
mark.request{background:var(--request)}mark.aside{background:none;outline:1px dashed var(--soft);outline-offset:-1px}
mark.beside{background:none;border-bottom:2px dotted var(--soft);border-radius:0}
.absent{text-decoration:line-through 1.5px var(--strike)}.unsure{text-decoration:underline wavy}
.past{text-decoration:underline double}.planned{text-decoration:underline dotted 2px}
.absent.past{text-decoration:line-through 1.5px var(--strike);font-style:italic}
.absent.unsure{text-decoration:underline wavy}.legend .l{font-weight:600}
.n{font-size:.72em;white-space:nowrap;line-height:1;vertical-align:super;text-decoration:none;color:var(--link);
padding:.2em .15em;font-variant-numeric:tabular-nums}
a:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.n::after{content:"\\2060"}
.n:target,.n:target+mark,.n:target+.n+mark{outline:3px solid var(--link);outline-offset:1px}
.rows{font-size:.88rem}.rows:focus-visible,.texts:focus-visible{outline-offset:-3px}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{overflow-wrap:break-word}thead th:nth-child(1){width:3.4rem}thead th:nth-child(3){width:22%}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--soft);font-size:.8rem;position:sticky;top:0;background:var(--page)}
td:first-child{font-variant-numeric:tabular-nums;color:var(--soft)}small{color:var(--soft)}
td a{color:inherit;text-decoration-color:var(--soft)}td:first-child{white-space:nowrap}
tr:target{outline:3px solid var(--link);outline-offset:-3px}tr,.n{scroll-margin-top:3rem}
body:has(#k-person:not(:checked)) .person:not(.legend *),
body:has(#k-diagnosis:not(:checked)) .diagnosis:not(.legend *),
body:has(#k-finding:not(:checked)) .finding:not(.legend *),
body:has(#k-test:not(:checked)) .test:not(.legend *),
body:has(#k-study:not(:checked)) .study:not(.legend *),
body:has(#k-treatment:not(:checked)) .treatment:not(.legend *),
body:has(#k-request:not(:checked)) .request:not(.legend *),
body:has(#k-aside:not(:checked)) .aside:not(.legend *){background:none;outline:0;text-decoration:none}
body:has(#k-person:not(:checked)) :is(tr,a).person,body:has(#k-diagnosis:not(:checked)) :is(tr,a).diagnosis,
body:has(#k-finding:not(:checked)) :is(tr,a).finding,body:has(#k-test:not(:checked)) :is(tr,a).test,
body:has(#k-study:not(:checked)) :is(tr,a).study,body:has(#k-treatment:not(:checked)) :is(tr,a).treatment,
body:has(#k-request:not(:checked)) :is(tr,a).request,body:has(#k-aside:not(:checked)) :is(tr,a).aside{display:none}
@media (max-width:56rem){main{grid-template-columns:minmax(0,1fr);padding:0 .9rem}header{padding:.5rem .9rem}}
@media (max-width:34rem){thead{position:absolute;left:-99rem}.typed{font-size:11px}
tr{display:grid;grid-template-columns:3.2rem minmax(0,1fr);border-bottom:1px solid var(--line)}
th,td{border:0;padding:.15rem .4rem;overflow-wrap:anywhere}td:empty{display:none}td:nth-child(n+3){grid-column:2}}
@media print{main{display:block}input,nav,.skip{display:none}
mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}
tr{break-inside:avoid}thead th{position:static}.n,td a{color:inherit}.typed{font-size:10px}}
""".strip()
