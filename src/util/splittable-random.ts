// The pseudorandom numbers of java.util.SplittableRandom (SplitMix64), for tools whose random data is the same in every
// run. 64-bit arithmetic in halves of 32 bits: bigint would take twenty times as long.

// 0x9e3779b97f4a7c15, the golden ratio.
const GAMMA_HIGH = 0x9e3779b9;
const GAMMA_LOW = 0x7f4a7c15;

export class SplittableRandom {
  #high: number;
  #low: number;
  // The product of the last multiply().
  #productHigh = 0;
  #productLow = 0;

  /** @param seed not negative, below 2^32 */
  constructor(seed: number) {
    this.#high = 0;
    this.#low = seed >>> 0;
  }

  /** A number from 0 up to `bound`, exclusive (nextInt(bound)). */
  nextInt(bound: number): number {
    const mask = bound - 1;
    const first = this.#next32();
    if ((bound & mask) === 0) return first & mask;
    for (let u = first >>> 1; ; u = this.#next32() >>> 1) {
      const result = u % bound;
      // Beyond the last whole multiple of the bound low numbers would come too often.
      if (u + mask - result <= 0x7fffffff) return result;
    }
  }

  /** mix32 of the next seed. */
  #next32(): number {
    const low = this.#low + GAMMA_LOW;
    this.#high = (this.#high + GAMMA_HIGH + (low > 0xffffffff ? 1 : 0)) >>> 0;
    this.#low = low >>> 0;
    let high = this.#high;
    let z = this.#low;
    // z ^= z >>> 33
    z = (z ^ (high >>> 1)) >>> 0;
    this.#multiply(high, z, 0x62a9d9ed, 0x799705f5);
    high = this.#productHigh;
    z = this.#productLow;
    // z ^= z >>> 28
    const shiftedLow = ((high << 4) | (z >>> 28)) >>> 0;
    z = (z ^ shiftedLow) >>> 0;
    high = (high ^ (high >>> 28)) >>> 0;
    this.#multiply(high, z, 0xcb24d0a5, 0xc88c35b3);
    return this.#productHigh | 0;
  }

  /** The low 64 bits of a product. */
  #multiply(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
    const a0 = aLow & 0xffff;
    const a1 = aLow >>> 16;
    const b0 = bLow & 0xffff;
    const b1 = bLow >>> 16;
    const p00 = a0 * b0;
    const middle = a1 * b0 + (p00 >>> 16);
    const middle2 = a0 * b1 + (middle % 0x10000);
    const carry = Math.floor(middle / 0x10000) + Math.floor(middle2 / 0x10000);
    this.#productLow = (((middle2 & 0xffff) << 16) | (p00 & 0xffff)) >>> 0;
    this.#productHigh = (a1 * b1 + carry + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0;
  }
}
