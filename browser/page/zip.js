// One file with all of a learner's work: a ZIP archive, which every computer opens.
const words = new TextEncoder();

const table = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? 0xedb88320 ^ (number >>> 1) : number >>> 1;
  return number;
});
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function record(size, fields) {
  const view = new DataView(new ArrayBuffer(size));
  for (const [at, length, value] of fields) {
    if (length === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
  }
  return new Uint8Array(view.buffer);
}

// Packs [[path, bytes], ...]; nothing is compressed: it is small.
export function pack(files, when = new Date()) {
  const time = (when.getHours() << 11) | (when.getMinutes() << 5) | (when.getSeconds() >> 1);
  const date = ((when.getFullYear() - 1980) << 9) | ((when.getMonth() + 1) << 5) | when.getDate();
  const parts = [], list = [];
  let at = 0;
  for (const [path, bytes] of files) {
    const name = words.encode(path), sum = checksum(bytes);
    // 0x0800: the name is UTF-8.
    const common = [[6, 2, 0x0800], [10, 2, time], [12, 2, date], [14, 4, sum], [18, 4, bytes.length], [22, 4, bytes.length], [26, 2, name.length]];
    const head = record(30, [[0, 4, 0x04034b50], [4, 2, 20], ...common]);
    list.push(record(46, [[0, 4, 0x02014b50], [4, 2, 20], [6, 2, 20], ...common.map(([a, l, v]) => [a + 2, l, v]), [42, 4, at]]), name);
    parts.push(head, name, bytes);
    at += head.length + name.length + bytes.length;
  }
  const size = list.reduce((sum, part) => sum + part.length, 0);
  const end = record(22, [[0, 4, 0x06054b50], [8, 2, files.length], [10, 2, files.length], [12, 4, size], [16, 4, at]]);
  return new Blob([...parts, ...list, end], { type: "application/zip" });
}

// Unpacks a ZIP archive, also one that another program has made; returns [[path, bytes], ...].
export async function unpack(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("no ZIP archive");
  const files = [];
  let at = view.getUint32(end + 16, true);
  for (let number = view.getUint16(end + 10, true); number > 0; number--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("a damaged ZIP archive");
    const [way, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [name, extra, note] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name));
    const head = view.getUint32(at + 42, true);
    const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
    let content = bytes.slice(from, from + size);
    if (way === 8) {
      const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      content = new Uint8Array(await new Response(stream).arrayBuffer());
    }
    if (!path.endsWith("/")) files.push([path.replaceAll("\\", "/"), content]);
    at += 46 + name + extra + note;
  }
  return files;
}
