// Reads config.json from a .keras file, a zip archive, without reading its other entries. If the file is not as
// Keras writes it, the whole of it is sent to the server, which says what is wrong.

const LONGEST_END = 22 + 65535;
const LONGEST_CONTENTS = 1e6;
const LONGEST_CONFIG = 10e6;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

// A file with the configuration only, as model.to_json() writes it; null if none is found.
export async function takeConfig(file) {
  try {
    const entry = findEntry(await readContents(file), "config.json");
    if (!entry || entry.encrypted || entry.length > LONGEST_CONFIG) return null;
    const header = await view(file, entry.offset, 30);
    const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = file.slice(start, start + entry.packed);
    const config = await unpack(packed, entry.method);
    return config && new File([config], `${file.name}.json`);
  } catch {
    return null;
  }
}

async function view(file, start, length) {
  return new DataView(await file.slice(start, start + length).arrayBuffer());
}

async function readContents(file) {
  const first = Math.max(0, file.size - LONGEST_END);
  const tail = await view(file, first, LONGEST_END);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const length = tail.getUint32(at + 12, true);
    return length > LONGEST_CONTENTS ? null : view(file, tail.getUint32(at + 16, true), length);
  }
  return null;
}

function findEntry(contents, wanted) {
  const names = new TextDecoder();
  for (let at = 0; contents && at < contents.byteLength && contents.getUint32(at, true) === ENTRY; ) {
    const [name, extra, comment] = [28, 30, 32].map((place) => contents.getUint16(at + place, true));
    if (names.decode(new Uint8Array(contents.buffer, at + 46, name)) === wanted) {
      return {
        encrypted: contents.getUint16(at + 8, true) & 1,
        method: contents.getUint16(at + 10, true),
        packed: contents.getUint32(at + 20, true),
        length: contents.getUint32(at + 24, true),
        offset: contents.getUint32(at + 42, true),
      };
    }
    at += 46 + name + extra + comment;
  }
  return null;
}

function unpack(packed, method) {
  if (method === STORED) return packed;
  if (method !== DEFLATED) return null;
  return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).blob();
}
