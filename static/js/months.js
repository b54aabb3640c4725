// The lists of months of the statement come with one month of each far year, so that the page is
// small; here are the rest. Without scripts choosing the year brings its months with the next page.
const NAMES = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(" ");
const lists = ["from", "to"].map((id) => document.getElementById(id));
// the account's first month stands in the first list, the newest year is whole in both
const first = lists[0].querySelector("optgroup:last-child option").value;
const last = lists[0].querySelector("optgroup option:last-child").value;

document.querySelector(".no-script")?.remove();
for (const list of lists) {
  for (const year of list.querySelectorAll("optgroup")) {
    if (year.children.length > 1) continue;
    const known = year.children[0];
    for (const [number, name] of NAMES.entries()) {
      const month = `${year.label}-${String(number + 1).padStart(2, "0")}`;
      if (month < first || month > last || month === known.value) continue;
      const option = new Option(`${name} ${year.label}`, month);
      if (month < known.value) known.before(option);
      else year.append(option);
    }
  }
}
