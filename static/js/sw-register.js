// The cabinet may be kept on a phone like an application; without a network it then says so.
// Not before the page has settled: whoever logs out at once would break it off, and the console tells.
const SETTLED_MS = 3000;
const keep = () => navigator.serviceWorker.register("/sw.js").catch(() => undefined);

if ("serviceWorker" in navigator) addEventListener("load", () => setTimeout(keep, SETTLED_MS));
