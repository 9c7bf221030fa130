// Loaded before Playwright's driver where it drives Debian's Firefox, which is older than the driver
// expects: it knows no override of media features, and gives a download of a page no number. The
// driver would give up at the first and leave out the second. And of an error that a page tells the
// console, it would tell us the name only.
const { Module } = require("module");

const OLDER = [
  [/\bsend\("emulation\.setMediaFeaturesOverride"/g, 'sendMayFail("emulation.setMediaFeaturesOverride"'],
  [/_onDownload(WillBegin|Ended)\(event\) \{/g, "$& event.download ??= event.url;"],
  [/\(entry\.method === "timeLog" \|\| entry\.method === "timeEnd"\) && entry\.text/g, "entry.text"],
];
const compile = Module.prototype._compile;
Module.prototype._compile = function (source, ...rest) {
  const mended = OLDER.reduce((text, [found, put]) => text.replace(found, put), source);
  return compile.call(this, mended, ...rest);
};
