/** Which positions of a range have a row: one bit each. */
export class SeenPositions {
  /** Positions that were added more than once; a thousand at most. */
  readonly twice: number[] = [];
  readonly bits: Uint8Array;

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    this.bits = new Uint8Array(Math.ceil(Math.max(to - from + 1, 0) / 8));
  }

  add(position: number): void {
    const at = position - this.from;
    const bit = 1 << (at & 7);
    const byte = this.bits[at >>> 3] ?? 0;
    if ((byte & bit) !== 0 && this.twice.length < most) this.twice.push(position);
    this.bits[at >>> 3] = byte | bit;
  }

  /** Adds what another has seen of the same range. */
  merge(other: { readonly bits: Uint8Array; readonly twice: readonly number[] }): void {
    this.twice.push(...other.twice.slice(0, most - this.twice.length));
    other.bits.forEach((byte, index) => {
      const mine = this.bits[index] ?? 0;
      if ((mine & byte) !== 0) this.noteBoth(index, mine & byte);
      this.bits[index] = mine | byte;
    });
  }

  /** The positions without a row, in order; a thousand at most. */
  missing(): number[] {
    const missing: number[] = [];
    for (let index = 0; index < this.bits.length && missing.length < most; index++) {
      if (this.bits[index] === 0xff) continue;
      for (const position of this.positionsOf(index, ~(this.bits[index] ?? 0))) missing.push(position);
    }
    return missing.slice(0, most);
  }

  private noteBoth(index: number, both: number): void {
    for (const position of this.positionsOf(index, both))
      if (this.twice.length < most) this.twice.push(position);
  }

  private positionsOf(index: number, bits: number): number[] {
    const all = [0, 1, 2, 3, 4, 5, 6, 7].filter(bit => (bits & (1 << bit)) !== 0);
    return all.map(bit => this.from + index * 8 + bit).filter(position => position <= this.to);
  }
}

const most = 1000;
