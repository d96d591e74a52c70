// What share of its size a batch keeps when compressed, learnt from batch to batch: the producer's answer to how much
// fits into batch.size (org.apache.kafka.common.record.CompressionRatioEstimator).

/** A worse result is believed quickly, a better one slowly, or batches would come out too large. */
const DETERIORATE_STEP = 0.05;
const IMPROVING_STEP = 0.005;

export class CompressionRatioEstimator {
  #ratios = new Map<string, number>();

  /** The ratio to expect for a topic and codec number; 1 at first. */
  estimate(topic: string, codec: number): number {
    return this.#ratios.get(keyOf(topic, codec)) ?? 1;
  }

  /** Takes in the ratio that a batch turned out to have. */
  update(topic: string, codec: number, observed: number): void {
    const current = this.estimate(topic, codec);
    const step = observed > current ? DETERIORATE_STEP : -IMPROVING_STEP;
    this.#ratios.set(keyOf(topic, codec), Math.max(current + step, observed));
  }
}

function keyOf(topic: string, codec: number): string {
  return `${codec} ${topic}`;
}
