// The payment form counts its total as one types, and is sent once. The server counts again and
// shows the same; without scripts there is the button «Пересчитать».
const NBSP = "\u00a0";
const PAUSE = 500;

const table = document.querySelector("table[data-pay]");
const form = table.closest("form");
const inputs = ["principal", "penalty"].map((name) => form.elements[name]);
const told = form.querySelector("[data-told]");

// Kopecks of roubles as people write them; null for what is not a sum. An empty field is nothing.
function kopecks(text) {
  const plain = text.replace(/\s/g, "");
  if (plain === "") return 0n;
  const found = /^\+?(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(plain);
  return found && BigInt(found[1]) * 100n + BigInt((found[2] ?? "").padEnd(2, "0"));
}

function roubles(amount) {
  const whole = String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, NBSP);
  return `${whole},${String(amount % 100n).padStart(2, "0")}`;
}

// Percent of the amount, half a kopeck up, within the bounds; null where no fee is agreed.
function feeOf(amount) {
  const { feePercent, feeMin, feeMax } = table.dataset;
  if (feePercent === undefined) return null;
  if (amount === 0n) return 0n;
  const [whole, part = ""] = feePercent.split(".");
  const hundredfold = 100n * 10n ** BigInt(part.length);
  let fee = (amount * BigInt(whole + part) * 2n + hundredfold) / (2n * hundredfold);
  if (feeMax !== undefined && fee > BigInt(feeMax)) fee = BigInt(feeMax);
  return fee < BigInt(feeMin) ? BigInt(feeMin) : fee;
}

function show(name, amount) {
  const place = table.querySelector(`[data-sum=${name}]`);
  if (!place) return;
  const shown = document.createElement("data");
  shown.value = String(amount);
  shown.textContent = roubles(amount);
  place.replaceChildren(shown);
}

// The total, or null while a field holds what is no sum: the page keeps the last one then.
function recount() {
  const sums = inputs.map((input) => kopecks(input.value));
  if (sums.includes(null)) return null;
  const amount = sums[0] + sums[1];
  const fee = feeOf(amount);
  const total = amount + (fee ?? 0n);
  show("amount", amount);
  show("fee", fee ?? 0n);
  show("total", total);
  return { total, fee };
}

function tell(counted) {
  const ofThem = counted.fee ? `, из${NBSP}них комиссия ${roubles(counted.fee)}` : "";
  told.textContent = `Итого к${NBSP}оплате ${roubles(counted.total)} рублей${ofThem}`;
}

// Where the money goes is the server's to say.
async function askWhere() {
  const where = document.querySelector("[data-where]");
  if (!where) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("recount", "yes");
  const asked = String(body);
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = new URLSearchParams(new FormData(form));
  now.set("recount", "yes");
  const news = page.querySelector("[data-where]");
  if (String(now) === asked && answer.ok && news) where.replaceChildren(...news.children);
}

let waiting;
form.addEventListener("input", () => {
  const counted = recount();
  clearTimeout(waiting);
  if (counted === null) return;
  waiting = setTimeout(() => {
    tell(counted);
    // without a network the months stay as they were
    askWhere().catch(() => undefined);
  }, PAUSE);
});

// The second click of two does nothing; a page the browser takes from its memory is used anew.
let isSent = false;
form.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  isSent = true;
});
addEventListener("pageshow", () => {
  isSent = false;
});

for (const one of form.querySelectorAll("[data-without-script]")) one.remove();
