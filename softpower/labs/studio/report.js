// What the check of a plan says: one line, and three lists from which one goes to the field.

/** @param {(path: Path) => void} goTo */
function studioReport(goTo) {
  const headings = { missing: t("Still to write"), error: t("Errors: these stop the plan"), warning: t("Warnings: the plan may go on, but read these") };
  const total = element("p", { className: "total" }), findings = element("div");
  /** @param {any} finding */
  const item = ({ place, path, message }) =>
    element("li", {}, button(place, () => goTo(path), { className: "go" }), ` ${message}`);
  return {
    total,
    findings,
    show(/** @type {any} */ report) {
      say(total, report.summary);
      const opened = new Set([...findings.querySelectorAll("details")].filter((one) => one.open).map((one) => one.dataset.level));
      findings.replaceChildren(...Object.entries(headings).flatMap(([level, heading]) => {
        const mine = report.findings.filter((/** @type {any} */ finding) => finding.level === level);
        if (mine.length === 0) return [];
        const box = fold(`${heading} (${number(mine.length)})`, element("ul", {}, ...mine.map(item)));
        box.open = level === "error" || opened.has(level);
        box.dataset.level = level;
        return [box];
      }));
    },
  };
}
