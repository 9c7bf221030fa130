// What happens before JupyterLab starts: the service worker takes over, and what is wrong with this
// browser's storage is said in a sentence.
//
// The builder puts a line before this one: NOTEBOOKS, each notebook's name with its SHA-256.

const ROOT = new URL("./", import.meta.url);
const DATABASE = "JupyterLite Storage - ";
const WORK = "my_work.jsonl";
const ANSWERS = "kit-work "; // how the keys begin under which the kit keeps a copy of answers
const SEEN = `kit-lite ${ROOT.pathname}`; // under which it is kept what notebooks were opened from
const PATIENCE = 20_000; // ms to wait for the worker; without it the course starts all the same
let started = false;

export async function begin() {
  const late = new Promise((done) => setTimeout(done, PATIENCE, true));
  if (await Promise.race([takeOver(), late])) say(noWorker("it did not start"));
  started = true;
  await lookAtFiles().catch(console.warn); // no storage: the kit's keeper says so
}

// The service worker

async function takeOver() {
  const workers = navigator.serviceWorker;
  if (!workers) return say(noWorker(isSecureContext ? "it has none" : "the address is not https"));
  workers.addEventListener("message", ({ data }) => data === "all kept" && say(ALL_KEPT));
  const address = new URL("service-worker.js?enableCache=false", ROOT);
  try {
    const registration = await workers.register(address);
    await newest(registration).catch(() => {}); // no network
    if (!workers.controller) {
      registration.active?.postMessage("take over"); // the page was loaded past it
      await once(workers, "controllerchange");
    }
    workers.controller.postMessage("keep all");
  } catch (error) {
    say(noWorker(error.message));
  }
}

// After an update of the course the old worker goes before anything is shown; the page, loaded
// again, comes from the server with the new one. Other tabs keep theirs until they are closed.
async function newest(registration) {
  if (!navigator.serviceWorker.controller) return;
  await registration.update();
  const next = registration.installing ?? registration.waiting;
  if (!next) return;
  while (next.state === "installing") await once(next, "statechange");
  if (started) return; // too late: what the learner does is not interrupted
  await registration.unregister();
  location.reload();
  await new Promise(() => {});
}

function once(target, kind) {
  return new Promise((done) => target.addEventListener(kind, done, { once: true }));
}

// The learner's files, in JupyterLite's own store

async function lookAtFiles() {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const own = DATABASE + ROOT.pathname;
  if (!names.includes(own)) rememberEdition([]);
  else {
    await within(own, forgetLayout, "statedb");
    if (await within(own, takeStock)) return;
  }
  if (!Object.keys(localStorage).some((key) => key.startsWith(ANSWERS))) return;
  for (const name of names.filter((name) => name?.startsWith(DATABASE) && name !== own)) {
    if (await within(name, hasWork)) say(moved(name.slice(DATABASE.length)));
  }
}

// The layout of the last visit, restored, would throw out the notebook that the address names.
async function forgetLayout(layouts) {
  if (location.search.includes("path=")) await asked(layouts().delete("default"));
}

async function takeStock(files) {
  await putAside(files);
  rememberEdition(await asked(files().getAllKeys()));
  return hasWork(files);
}

async function hasWork(files) {
  return (await asked(files().getAllKeys())).includes(WORK);
}

// Do something with a store in one of JupyterLite's databases; that must be closed again.
async function within(name, work, store = "files") {
  const database = await asked(indexedDB.open(name));
  try {
    if (!database.objectStoreNames.contains(store)) return false;
    return await work(() => database.transaction(store, "readwrite").objectStore(store));
  } finally {
    database.close();
  }
}

// A notebook that the learner changed hides that of a newer edition: it gets another name.
async function putAside(files) {
  const seen = JSON.parse(localStorage.getItem(SEEN) ?? "{}");
  for (const name of await asked(files().getAllKeys())) {
    if (!seen[name] || !NOTEBOOKS[name] || seen[name] === NOTEBOOKS[name]) continue;
    const day = new Date().toISOString().slice(0, 16).replace("T", "_").replace(":", "");
    const aside = name.replace(".ipynb", `_before_${day}.ipynb`);
    const model = await asked(files().get(name));
    await asked(files().put({ ...model, name: aside, path: aside }, aside));
    await asked(files().delete(name));
    delete seen[name];
    localStorage.setItem(SEEN, JSON.stringify(seen));
    say(updated(name, aside));
  }
}

// Of a notebook that is kept here: what it was opened from. Of all others: what is there now.
function rememberEdition(kept) {
  const seen = JSON.parse(localStorage.getItem(SEEN) ?? "{}");
  const now = Object.entries(NOTEBOOKS).filter(([name]) => !kept.includes(name) || !seen[name]);
  localStorage.setItem(SEEN, JSON.stringify({ ...seen, ...Object.fromEntries(now) }));
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// What is said

const ALL_KEPT = "The whole course is in this browser now: it works without a network, too.";

function noWorker(why) {
  return (
    "Files that Python writes will be gone when you close this page, because this browser allows no " +
    `service worker (${why}): your answers are offered back next time, but choose Download my work.`
  );
}

function moved(path) {
  return (
    `You worked on this course before, at ${path} on this server, and it has moved: run the first ` +
    "code cell, and your answers are offered back to you."
  );
}

function updated(name, aside) {
  return (
    `The course was updated: ${name} is the new one, the notebook with your changes is called ` +
    `${aside} now, and your answers are all there.`
  );
}

function say(sentence) {
  const line = document.createElement("p");
  const close = document.createElement("button");
  line.setAttribute("role", "status");
  close.textContent = "Close";
  close.addEventListener("click", () => line.remove());
  line.style.cssText =
    "border: 2px solid #595959; border-radius: 6px; background: #fff7d6; padding: 0.5em 1em; margin: 0 0 1em";
  place().append(line);
  setTimeout(() => line.append(sentence, " ", close)); // what is put in later is read aloud
}

function place() {
  const there = document.getElementById("course-says");
  if (there) return there;
  const made = Object.assign(document.createElement("div"), { id: "course-says" });
  made.style.cssText =
    "position: fixed; bottom: 1.5em; left: 50%; transform: translateX(-50%); z-index: 10000; " +
    "width: min(46em, 94vw); font: 15px/1.5 sans-serif; color: #1a1a1a";
  document.body.append(made);
  return made;
}
