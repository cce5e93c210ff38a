// What is typed and not yet saved, kept in this browser tab: neither a reload nor a kernel that is
// gone takes a word with it. A draft continues the work as it was saved, or as it was sent since
// then (the answer may have been lost), and no other work.

/**
 * @param {string} name
 * @param {any} opened  the work as it was saved when it was opened
 */
function draft(name, opened) {
  const key = `softpower ${name}`;
  const safely = (/** @type {() => any} */ work) => { try { return work(); } catch { return null; } };
  let before = [JSON.stringify(opened)];
  return {
    left: () => safely(() => {
      const [from, work] = JSON.parse(sessionStorage.getItem(key));
      return from.includes(before[0]) ? work : null;
    }),
    keep: (/** @type {any} */ work) => safely(() => sessionStorage.setItem(key, JSON.stringify([before, work]))),
    sent: (/** @type {any} */ work) => { if (before.length < 20) before.push(JSON.stringify(work)); },
    saved: (/** @type {any} */ work) => { before = [JSON.stringify(work)]; },
    drop: () => safely(() => sessionStorage.removeItem(key)),
  };
}

/**
 * What says that a change is not saved yet, where Python takes longer than one waits.
 * @param {Element} line
 * @param {string} words
 */
function patience(line, words) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  return {
    begin() { clearTimeout(waiting); waiting = setTimeout(() => say(line, words), 6000); },
    end() { clearTimeout(waiting); waiting = undefined; },
    get on() { return waiting !== undefined; },
  };
}
