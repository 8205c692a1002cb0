/** The look of the page: quiet paper, one column of figures, colours that never speak without a sign. */
export const quarterStyle = `
:root { --ink:#1f2328; --soft:#59636e; --line:#d9dce0; --paper:#fbfaf7; --card:#fff; --red:#a8281e; --amber:#8a5a00;
  --green:#2d6a3e; --grey:#6b7280; --red-bg:#fbeceb; --amber-bg:#fbf3e0; --accent:#7a2018; }
* { box-sizing:border-box; }
body { margin:0; background:var(--paper); color:var(--ink); line-height:1.6; -webkit-text-size-adjust:100%; overflow-wrap:anywhere;
  font:15px/1.6 "PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif; }
main { max-width:64rem; margin:0 auto; padding:2.5rem 1.5rem 4rem; }
header { border-bottom:3px double var(--accent); padding-bottom:1rem; }
h1 { font-size:1.75rem; line-height:1.3; margin:0; letter-spacing:.02em; }
h2 { font-size:1.2rem; margin:2.5rem 0 .75rem; }
h3 { font-size:1rem; margin:1.75rem 0 .5rem; }
small, .en { color:var(--soft); font-size:.8em; font-weight:400; letter-spacing:0; }
.en { margin-left:.35em; }
h1 .en, h2 .en, h3 .en { margin-left:.5em; }
p { margin:.35rem 0; }
th, .en, .code, .light { overflow-wrap:normal; } /* a title may be one long word, ours are not */
.mark { display:inline-block; border:1px solid var(--accent); color:var(--accent); padding:0 .5em; border-radius:2px; font-size:.8rem; }
.figures { display:grid; grid-template-columns:repeat(4,1fr); gap:1px; background:var(--line); border:1px solid var(--line);
  border-radius:4px; overflow:hidden; margin:1.25rem 0; }
.figures > div { background:var(--card); padding:.9rem 1rem; min-width:0; }
.big { font-size:1.7rem; line-height:1.2; font-variant-numeric:tabular-nums; }
.big small { font-size:.85rem; }
.bar { display:flex; height:6px; border-radius:3px; overflow:hidden; background:var(--line); margin:.5rem 0 .35rem; }
.bar i { display:block; }
.keys { display:flex; flex-wrap:wrap; gap:.1rem .8rem; font-size:.85rem; }
.light { white-space:nowrap; font-variant-numeric:tabular-nums; }
.red { color:var(--red); } .amber { color:var(--amber); } .green { color:var(--green); } .grey, .none { color:var(--grey); }
.bar .red { background:var(--red); } .bar .amber { background:#d39a1c; } .bar .green { background:#4f9464; }
.bar .grey, .bar .none { background:#c3c8ce; }
.ask { background:var(--card); border:1px solid var(--line); border-left:4px solid var(--accent); border-radius:4px; padding:.25rem 1.25rem .6rem; }
.ask h2 { margin:.75rem 0 .25rem; }
.ask ol { margin:.25rem 0; padding-left:1.4rem; } .ask li { margin:.5rem 0; }
.list { list-style:none; margin:0; padding:0; border-top:1px solid var(--line); }
.list > li { border-bottom:1px solid var(--line); padding:.15rem 0; }
summary { cursor:pointer; padding:.4rem 0; list-style:none; }
summary::-webkit-details-marker { display:none; }
summary h3 { display:inline-block; margin:1rem 0 .25rem; }
summary h3::after, .item .why::after, .big + small::after { content:" ›"; color:var(--soft); }
summary:focus-visible { outline:2px solid var(--accent); outline-offset:2px; border-radius:2px; }
.item { display:grid; grid-template-columns:4.6rem 1fr auto; gap:.25rem .9rem; align-items:baseline; }
.item .why { color:var(--soft); grid-column:2 / -1; }
.new { border:1px solid currentColor; border-radius:2px; font-size:.7rem; padding:0 .3em; margin-left:.4em; vertical-align:.1em; }
.code { color:var(--soft); font-variant-numeric:tabular-nums; font-size:.85em; }
.more { margin:0 0 .6rem 5.5rem; font-size:.9rem; display:grid; grid-template-columns:7.5rem 1fr; gap:.15rem .75rem; }
.more dt { color:var(--soft); } .more dd { margin:0; }
table { width:100%; border-collapse:collapse; font-size:.9rem; }
th { text-align:left; font-weight:400; color:var(--soft); border-bottom:1px solid var(--ink); padding:.3rem .5rem .3rem 0; vertical-align:bottom; }
td { border-bottom:1px solid var(--line); padding:.3rem .5rem .3rem 0; vertical-align:top; }
td.n, th.n { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap; }
td details summary { padding:0; } td details { max-width:26rem; } td details p { color:var(--soft); font-size:.85rem; }
.plan { background:var(--card); border:1px solid var(--line); border-radius:4px; padding:.2rem 1.25rem; margin:.75rem 0; }
.plan > summary { display:grid; grid-template-columns:1fr auto; gap:.2rem 1rem; align-items:baseline; }
.two { display:grid; grid-template-columns:1fr 1fr; gap:0 2.5rem; }
footer { margin-top:3rem; border-top:1px solid var(--line); padding-top:.75rem; color:var(--soft); font-size:.8rem; }
footer .en { font-size:1em; }
@media (max-width:44rem) {
  main { padding:1.5rem 1rem 3rem; } h1 { font-size:1.4rem; }
  .figures { grid-template-columns:1fr 1fr; } h1 .en, h2 .en { display:block; margin-left:0; } .two { grid-template-columns:1fr; }
  .item { grid-template-columns:auto 1fr; gap:0 .9rem; } .item > :nth-child(2), .item .why { grid-column:1 / -1; }
  .item > :nth-child(3) { grid-area:1 / 2; text-align:right; font-size:.85rem; }
  .more { margin-left:0; grid-template-columns:5.5rem 1fr; } .plan { padding:.2rem .9rem; } .plan > summary { grid-template-columns:1fr; }
  .wide { display:none; } table { font-size:.85rem; }
}
@media print {
  body { background:#fff; font-size:10.5pt; } main { max-width:none; padding:0; } summary { cursor:auto; }
  details::details-content { content-visibility:visible; block-size:auto; opacity:1; }
  .list > li, tr, .figures, .ask { break-inside:avoid; } h2, h3 { break-after:avoid; }
}`;
