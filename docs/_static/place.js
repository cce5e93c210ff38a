// The switch between languages keeps the place: a page has the same headings in each of them,
// under other names, so the place is told by its number.
const headings = () => [...document.querySelectorAll("article h1, article h2, article h3")];

document.addEventListener("click", (event) => {
  const link = event.target.closest(".languages a");
  if (!link) return;
  const above = headings().filter((one) => one.getBoundingClientRect().top < 160).length;
  link.hash = above > 1 ? `place-${above}` : "";
});

addEventListener("load", () => {
  const number = Number(/^#place-(\d+)$/.exec(location.hash)?.[1]);
  headings()[number - 1]?.scrollIntoView();
});
