// The address field offers the fund's houses while one types. Without scripts it is a plain field.
const PAUSE = 250;
const SHORTEST = 3;
// Past these words the address is of the flat, and the house is known.
const PREMISES = /(^|[\s,])((кв|пом|комн|оф)[.\s]|квартира|помещение|комната|офис|м\/м|машино)/i;

function enhance(field) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let timer = 0;
  let asked = 0;

  list.id = `${field.id}-houses`;
  list.className = "choices";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Дома фонда");
  list.hidden = true;
  said.className = "vh";
  said.setAttribute("role", "status");
  field.after(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  // the browser's own list would cover ours
  field.autocomplete = "off";

  const current = () => list.querySelector("[aria-selected=true]");

  function mark(option) {
    current()?.setAttribute("aria-selected", "false");
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    asked += 1;
    clearTimeout(timer);
    mark(null);
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
  }

  function choose(option) {
    field.value = `${option.textContent}, кв. `;
    close();
    said.textContent = "Допишите номер квартиры или помещения";
    field.focus();
  }

  function show(houses) {
    list.replaceChildren(...houses.map((address, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = address;
      return option;
    }));
    field.removeAttribute("aria-activedescendant");
    list.hidden = houses.length === 0;
    field.setAttribute("aria-expanded", String(houses.length > 0));
    said.textContent = houses.length ? `Домов: ${houses.length}, выберите стрелками` : "";
  }

  async function ask() {
    const text = field.value.trim();
    const mine = (asked += 1);
    if (text.length < SHORTEST || PREMISES.test(text)) return show([]);
    const answer = await fetch(`${field.dataset.houses}?q=${encodeURIComponent(text)}`);
    const houses = answer.ok ? await answer.json() : [];
    // an answer that comes late is about other words
    if (mine === asked && document.activeElement === field) show(houses);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    // no list is no mistake: the address is typed to the end and matched by the fund
    timer = setTimeout(() => ask().catch(() => show([])), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const options = [...list.children];
    const place = options.indexOf(current());
    if (event.key === "ArrowDown") mark(options[(place + 1) % options.length]);
    else if (event.key === "ArrowUp") mark(options.at(place > 0 ? place - 1 : -1));
    else if (event.key === "Enter" && current()) choose(current());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // before the field loses focus, and with it the list
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  field.addEventListener("blur", close);
}

document.querySelectorAll("[data-houses]").forEach(enhance);
