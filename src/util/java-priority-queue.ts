/** A binary heap that breaks ties as java.util.PriorityQueue does, whose choices Kafka's assignors inherit. */
export class JavaPriorityQueue<T> {
  readonly #heap: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number, items: Iterable<T> = []) {
    this.#compare = compare;
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#heap.length;
  }

  add(item: T): void {
    let at = this.#heap.length;
    this.#heap.push(item);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.#compare(item, this.#heap[parent]!) >= 0) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = item;
  }

  /** Takes a least item out; undefined if there is none. Items may only change while they are out. */
  poll(): T | undefined {
    const heap = this.#heap;
    const least = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#compare(heap[child]!, heap[child + 1]!) > 0) child++;
      if (this.#compare(last, heap[child]!) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return least;
  }
}
