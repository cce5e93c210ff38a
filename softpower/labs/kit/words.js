// The reader's language: whole messages with named places, counted ones, and numbers. What is said
// comes from Python's catalogues, with this lab's messages only; without one it is the English here.
const ENGLISH = {
  lang: "en",
  /** @type {Record<string, string | string[]>} */ messages: {},
  /** @type {number[]} */ plural: [],
  thousands: ",",
  point: ".",
  percent: "",
};
let speech = ENGLISH;

/** @param {Model} model */
const speak = (model) => { speech = { ...ENGLISH, ...model.get("speech") }; };

/**
 * @param {string} message
 * @param {Record<string, string | number>} places
 */
const filled = (message, places) => message.replace(/\{(\w+)\}/g, (hole, name) => String(places[name] ?? hole));

/**
 * A message in the reader's language, with what stands in its named places.
 * @param {string} message  whole and plain, so that it is found for the catalogues
 * @param {Record<string, string | number>} [places]  already in the reader's language
 * @returns {string}
 */
function t(message, places) {
  const said = /** @type {string} */ (speech.messages[message] ?? message);
  return places ? filled(said, places) : said;
}

/**
 * The form of a message that fits a count; {count} is filled with it.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [places]
 * @returns {string}
 */
function tn(one, many, count, places = {}) {
  const forms = speech.messages[one] ?? [one, many];
  // The forms repeat with every hundred, in each language that we know of.
  const which = speech.plural[count < 200 ? count : 100 + (count % 100)] ?? Number(count !== 1);
  return filled(forms[which], { count: number(count), ...places });
}

/**
 * A number as the reader's language writes it.
 * @param {number} value
 * @param {number} [decimals]
 */
function number(value, decimals) {
  const written = decimals === undefined ? String(value) : value.toFixed(decimals);
  const [whole, rest] = (Number(written) === 0 ? written.replace("-", "") : written).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, speech.thousands);
  return rest === undefined ? grouped : grouped + speech.point + rest;
}

/**
 * A percentage as the reader's language writes it.
 * @param {number} value
 * @param {number} [decimals]
 */
const percent = (value, decimals) => `${number(value, decimals)}${speech.percent}%`;
