/** Pieces one behind the other, and where each ends: many of them go to another thread as one. */
export type Pieces = { bytes: Uint8Array<ArrayBuffer>; ends: number[] };

/** Joins pieces. */
export function joined(pieces: readonly Uint8Array[]): Pieces {
  let length = 0;
  const ends = pieces.map((piece) => {
    length += piece.length;
    return length;
  });
  const bytes = new Uint8Array(length);
  for (const [index, piece] of pieces.entries())
    bytes.set(piece, (ends[index] ?? 0) - piece.length);
  return { bytes, ends };
}

/** The pieces again, in the same memory. */
export function apart({ bytes, ends }: Pieces): Buffer[] {
  return ends.map((end, index) => {
    const start = ends[index - 1] ?? 0;
    return Buffer.from(bytes.buffer, start, end - start);
  });
}
