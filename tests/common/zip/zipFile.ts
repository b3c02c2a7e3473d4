import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../src/common/crc32';

/** What an entry says of itself; what is not given is true. */
export interface EntryPlan {
  readonly name: string | Uint8Array;
  readonly content: Uint8Array;
  readonly isDeflated?: boolean;
  readonly packed?: Uint8Array;
  /** In both headers. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** In the header before the entry only. */
  readonly local?: Partial<Record<'flags' | 'method' | 'crc' | 'packedSize' | 'size', number>>;
  readonly localName?: string;
  readonly localExtra?: Uint8Array;
  /** Where the directory says that it begins. */
  readonly offset?: number;
  /** After its bytes. */
  readonly after?: Uint8Array;
}

function header(
  signature: number,
  size: number,
  fields: readonly [at: number, bytes: 2 | 4, value: number][],
) {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(signature);
  for (const [at, width, value] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
}

/** Writes a ZIP file by hand (PKWARE, APPNOTE), so that anything in it may be wrong. */
export function writeZip(
  plans: readonly EntryPlan[],
  end: { count?: number; start?: number; size?: number; disk?: number; comment?: Uint8Array } = {},
): Uint8Array {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const plan of plans) {
    const { content, isDeflated = false, flags = 0x800, local = {}, localExtra = new Uint8Array(0) } = plan;
    const packed = plan.packed ?? (isDeflated ? deflateRawSync(content) : content);
    const name = Buffer.from(plan.name as string);
    const localName = Buffer.from(plan.localName ?? name);
    const said = {
      flags,
      method: plan.method ?? (isDeflated ? 8 : 0),
      crc: plan.crc ?? crc32(content),
      packedSize: plan.packedSize ?? packed.length,
      size: plan.size ?? content.length,
    };
    const fieldsOf = (from: number, values: typeof said): [number, 2 | 4, number][] => [
      [from, 2, values.flags],
      [from + 2, 2, values.method],
      [from + 8, 4, values.crc],
      [from + 12, 4, values.packedSize],
      [from + 16, 4, values.size],
    ];
    directory.push(
      header(0x02014b50, 46, [...fieldsOf(8, said), [28, 2, name.length], [42, 4, plan.offset ?? at]]),
      name,
    );
    const parts = [
      header(0x04034b50, 30, [
        ...fieldsOf(6, { ...said, ...local }),
        [26, 2, localName.length],
        [28, 2, localExtra.length],
      ]),
      localName,
      Buffer.from(localExtra),
      Buffer.from(packed),
      Buffer.from(plan.after ?? []),
    ];
    files.push(...parts);
    at += parts.reduce((sum, { length }) => sum + length, 0);
  }
  const { comment = new Uint8Array(0) } = end;
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = end.count ?? plans.length;
  const last = header(0x06054b50, 22, [
    [4, 2, end.disk ?? 0],
    [8, 2, count],
    [10, 2, count],
    [12, 4, end.size ?? size],
    [16, 4, end.start ?? at],
    [20, 2, comment.length],
  ]);
  return Uint8Array.from(Buffer.concat([...files, ...directory, last, comment]));
}
