"use strict";
// Sorting and searching of the page's tables. Without this script the tables are plain and whole.
for (const table of document.querySelectorAll("table.data")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const headers = Array.from(table.tHead.rows[0].cells);

  const tools = document.createElement("div");
  tools.className = "tools";
  const label = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("output");
  input.type = "search";
  input.id = table.id + "-search";
  label.htmlFor = count.htmlFor = input.id;
  label.textContent = "Search in this table";
  count.setAttribute("aria-live", "polite");
  tools.append(label, input, count);
  table.closest(".scroll").before(tools);

  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      row.hidden = !words.every((word) => texts[number].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  };
  input.addEventListener("input", search);
  search();

  const key = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const number = text === "" ? NaN : Number(text.replaceAll(",", ""));
    return [text === "" ? 2 : Number.isNaN(number) ? 1 : 0, number, text];
  };
  const compare = (one, other) => {
    if (one[0] !== other[0]) return one[0] - other[0];
    return one[0] === 0 ? one[1] - other[1] : one[2].localeCompare(other[2]);
  };
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const order = { ascending: "descending", descending: "none" }[header.ariaSort] || "ascending";
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      if (order !== "none") header.setAttribute("aria-sort", order);
      const sign = order === "descending" ? -1 : 1;
      const keys = new Map(rows.map((row) => [row, key(row, column)]));
      const sorted = order === "none" ? rows
        : rows.slice().sort((one, other) => {
            // empty cells stay last in both directions
            const [left, right] = [keys.get(one), keys.get(other)];
            const empty = (left[0] === 2) - (right[0] === 2);
            return empty || sign * compare(left, right);
          });
      body.append(...sorted);
    });
  });
}

// On a phone what is not to decide is folded below its heading. A link to it and printing unfold it.
const phone = matchMedia("screen and (max-width: 47.99rem)");  // paper is as narrow, and no phone
const unfolded = ["findings-section", "notes-section", "sign-off-section"];
const folded = [];
const fold = (section) => {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const [heading, ...rest] = section.children;
  summary.append(heading);
  details.append(summary, ...rest);
  details.className = "folded";
  section.append(details);
  folded.push(details);
};
const follow = () => {
  if (phone.matches && folded.length === 0) {
    const sections = document.querySelectorAll("main > section[id]");
    [...sections].filter((section) => !unfolded.includes(section.id)).forEach(fold);
  }
  folded.forEach((details) => { details.open = !phone.matches; });
};
const unfold = () => {
  const details = document.getElementById(location.hash.slice(1))?.querySelector("details.folded");
  if (details) details.open = true;
};
phone.addEventListener("change", follow);
addEventListener("hashchange", unfold);
const pressed = [];  // buttons of headers and the words in their place: a browser repeats no button
// paper can't be unfolded; what a failure explains stays in its line, counted by check
addEventListener("beforeprint", () => {
  for (const button of document.querySelectorAll("thead button")) {
    const words = document.createElement("span");
    words.textContent = button.textContent;
    button.replaceWith(words);
    pressed.push([button, words]);
  }
  for (const details of document.querySelectorAll("details:not([open], .below)")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const [button, words] of pressed.splice(0)) words.replaceWith(button);
  for (const details of document.querySelectorAll("details[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});
follow();
unfold();

// What scrolls sideways can be reached and scrolled by keyboard too.
for (const box of document.querySelectorAll(".drawing, .story figure, .story .output_html")) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Scrolls sideways");
  }
}
