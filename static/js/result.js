// While the bank is silent the page of the result asks again by itself, ever more rarely, for
// ten minutes. Without scripts there is the link «Обновить».
const PAUSES = [2, 3, 5, 5, 10, 10, 15, 15, 30, 30, 60, 60, 120, 240];

async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const news = page.querySelector("article.result");
  if (news && !("refresh" in news.dataset)) {
    document.querySelector("article.result").replaceWith(news);
    document.title = page.title;
    news.querySelector("h1").tabIndex = -1;
    news.querySelector("h1").focus();
  }
}

async function wait() {
  for (const seconds of PAUSES) {
    await new Promise((done) => setTimeout(done, seconds * 1000));
    if (!document.querySelector("[data-refresh]")) return;
    // a network that is gone for a moment is no reason to stop
    await refresh().catch(() => undefined);
  }
}

if (document.querySelector("[data-refresh]")) wait();
