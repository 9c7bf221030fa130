// The copy of a learner's work that the page keeps: in the browser's own storage, as a file, as a
// code. Lines are those of the journal, each with its line end. See keeper.py.

const START = "kit-work:";
const END = ":end-of-work";

function storageKey(title) {
  return `kit-work ${title}`;
}

function splitLines(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// The lines kept in this browser; null where it allows no storage.
function readMirror(title) {
  try {
    return splitLines(localStorage.getItem(storageKey(title)) ?? "");
  } catch {
    return null;
  }
}

// Keep the lines in this browser; return "" or why it did not.
function writeMirror(title, lines) {
  try {
    localStorage.setItem(storageKey(title), lines.join(""));
    return "";
  } catch (error) {
    return error.name === "QuotaExceededError" ? "its storage is full" : "it allows no storage";
  }
}

// Remove the copy. Other tabs are told by the storage event: an erased copy is emptied first.
function removeMirror(title, erased) {
  try {
    if (erased) localStorage.setItem(storageKey(title), "");
    localStorage.removeItem(storageKey(title));
  } catch {
    // nothing was kept, so nothing is to remove
  }
}

// `lines` from position `start` on; whatever else was known there follows after them.
function placed(base, start, lines) {
  const told = new Set(lines);
  return [...base.slice(0, start), ...lines, ...base.slice(start).filter((line) => !told.has(line))];
}

// Adler-32, the check sum that the kernel compares.
function checkSum(text) {
  let [a, b] = [1, 0];
  for (let i = 0; i < text.length; i++) {
    a = (a + text.charCodeAt(i)) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

// The lines as a code: compressed by zlib, in base64, between two marks.
async function makeCode(lines) {
  const packed = new Blob([lines.join("")]).stream().pipeThrough(new CompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return START + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) + END;
}

function download(name, lines) {
  const address = URL.createObjectURL(new Blob([lines.join("")], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
