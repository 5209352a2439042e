// What the page does better with a script; all of it works without one.

const form = document.getElementById("order");
const tools = document.getElementById("tools");
const progress = document.getElementById("progress");
const address = new URL(location.href);

// The example has a place of its own, so that trying it never writes over what you typed.
const LAST = "guidegen-last";
const key = (() => {
  if (address.searchParams.has("example")) return "guidegen-example";
  if (form?.dataset.fresh === "yes") return "guidegen-typed";
  return kept(LAST) ?? "guidegen-typed";
})();

// A tab may refuse to store anything; the page then works as it does without a script.
function kept(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify(typed()));
    sessionStorage.setItem(LAST, key);
  } catch { /* see above */ }
}

function forget() {
  try { sessionStorage.removeItem(key); } catch { /* see above */ }
}

function say(text, busy = false) {
  progress.textContent = text;
  progress.classList.toggle("busy", busy);
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field && typeof value === "string") field.value = value;
  }
}

function typed() {
  return Object.fromEntries(new FormData(form));
}

function showSummary() {
  const select = document.getElementById("topic");
  const line = document.getElementById("topic-summary");
  const text = select.selectedOptions[0]?.dataset.summary ?? "";
  line.textContent = text;
  line.hidden = text === "";
}

if (form) {
  if (address.searchParams.has("empty")) {
    forget();
    history.replaceState(null, "", "/");
  } else if (form.dataset.fresh === "yes" || address.searchParams.has("example")) {
    fill(JSON.parse(kept(key) ?? "{}"));
  } else {
    keep();
  }
  showSummary();
  form.addEventListener("input", keep);
  form.addEventListener("change", showSummary);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent === "yes") { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    keep();
    document.getElementById("make").setAttribute("aria-disabled", "true");
    say("Making the guide: choosing questions, fitting the minutes …", true);
  });
  // Coming back with the browser's own button shows the page as it was left: ready again.
  addEventListener("pageshow", () => {
    form.dataset.sent = "no";
    document.getElementById("make").removeAttribute("aria-disabled");
    say("");
  });
}

async function save(button) {
  const name = button.textContent.trim();
  say(`Making the ${name} file …`, true);
  const body = new URLSearchParams(new FormData(tools));
  body.set("format", button.value);
  try {
    const answer = await fetch("/guide", { method: "POST", body });
    const file = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
    if (!answer.ok || !file) throw new Error("no file");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    const note = decodeURIComponent(answer.headers.get("guidegen-notes") ?? "");
    say(`${file} is in your downloads. ${note}`.trim());
  } catch {
    say(`The ${name} file could not be made just now. Try again in a moment.`);
  }
}

if (tools) {
  const print = document.getElementById("print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  tools.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "format" && button.value !== "form") {
      event.preventDefault();
      save(button);
    } else {
      say("One moment …", true);
    }
  });
  addEventListener("pageshow", () => say(""));
}
