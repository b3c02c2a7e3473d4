const NOWHERE = 2n ** 64n - 1n;

/**
 * Writes a HDF5 file as h5py does for the newest readers, without compression (format specification, version 3.0).
 *
 * A group is `{ attributes?, children? }` with texts or lists of texts by name, an array `{ shape, values }` with a `Float32Array`.
 */
export function writeHdf5(root) {
  const parts = [];
  let end = 48;
  const put = (bytes) => {
    const at = end;
    const padding = Buffer.alloc(-bytes.length & 7);
    parts.push(bytes, padding);
    end += bytes.length + padding.length;
    return at;
  };
  const write = (object) => {
    if (object.values) return put(header(describeArray(object, put(bytesOf(object.values)))));
    const links = Object.entries(object.children ?? {}).map(([name, child]) => link(name, write(child)));
    const attributes = Object.entries(object.attributes ?? {}).map(([name, value]) => attribute(name, value));
    return put(header([...attributes, ...links]));
  };
  const address = write(root);
  const block = [Buffer.from('\u0089HDF\r\n\u001a\n', 'latin1'), Buffer.from([2, 8, 8, 0])];
  block.push(u64(0), u64(NOWHERE), u64(end), u64(address), u32(0));
  return Buffer.concat([...block, ...parts]);
}

function header(messages) {
  const body = Buffer.concat(
    messages.flatMap(([type, bytes]) => [Buffer.from([type]), u16(bytes.length), Buffer.from([0]), bytes]),
  );
  return Buffer.concat([Buffer.from('OHDR'), Buffer.from([2, 2]), u32(body.length), body, u32(0)]);
}

function link(name, address) {
  const letters = Buffer.from(name);
  return [6, Buffer.concat([Buffer.from([1, 1]), u16(letters.length), letters, u64(address)])];
}

function describeArray({ shape, values }, address) {
  const float32 = Buffer.from([0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]);
  return [
    [1, dataspace(shape)],
    [3, float32],
    [8, Buffer.concat([Buffer.from([3, 1]), u64(address), u64(values.byteLength)])],
  ];
}

function attribute(name, value) {
  const texts = [value].flat().map((text) => Buffer.from(text));
  const size = Math.max(1, ...texts.map(({ length }) => length));
  const type = Buffer.concat([Buffer.from([0x13, 0x11, 0, 0]), u32(size)]);
  const space = dataspace(Array.isArray(value) ? [value.length] : []);
  const letters = Buffer.from(`${name}\0`);
  const data = texts.map((text) => Buffer.concat([text, Buffer.alloc(size - text.length)]));
  const sizes = [u16(letters.length), u16(type.length), u16(space.length)];
  return [
    12,
    Buffer.concat([Buffer.from([3, 0]), ...sizes, Buffer.from([1]), letters, type, space, ...data]),
  ];
}

function dataspace(shape) {
  return Buffer.concat([Buffer.from([2, shape.length, 0, shape.length === 0 ? 0 : 1]), ...shape.map(u64)]);
}

function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function u16(value) {
  return Buffer.from(Uint16Array.of(value).buffer);
}

function u32(value) {
  return Buffer.from(Uint32Array.of(value).buffer);
}

function u64(value) {
  return Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
}
