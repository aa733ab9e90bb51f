/** The ROC curve as columns of equal length, one point for each distinct score and the empty one before. */
export interface RocCurve {
  /** Decreasing: a row is called positive where its score is at least this; the first, Infinity, calls none. */
  readonly thresholds: Float64Array;
  /** Share of the positive weight that is called positive. */
  readonly truePositiveRate: Float64Array;
  /** Share of the negative weight that is called positive. */
  readonly falsePositiveRate: Float64Array;
}

/**
 * Every point of the ROC curve: nothing is thinned. null where one class has no weight.
 * @param y 0 or 1; @param score higher means more likely positive; @param w weights
 * Cost: rows log rows. Source: Fawcett (2006), Pattern Recognition Letters 27, algorithm 1.
 */
export function rocCurve(y: Float64Array, score: Float64Array, w: Float64Array): RocCurve | null {
  const order = Uint32Array.from(score.keys()).sort((a, b) => score[b] - score[a]);
  const points = new Points(order.length + 1);
  let [positive, negative] = [0, 0];
  points.add(Number.POSITIVE_INFINITY, 0, 0);
  for (let i = 0; i < order.length; ) {
    const threshold = score[order[i]];
    for (; i < order.length && score[order[i]] === threshold; i++) {
      if (y[order[i]] === 1) positive += w[order[i]];
      else negative += w[order[i]];
    }
    points.add(threshold, positive, negative);
  }
  return positive > 0 && negative > 0 ? points.curve(positive, negative) : null;
}

class Points {
  private readonly thresholds: Float64Array;
  private readonly positive: Float64Array;
  private readonly negative: Float64Array;
  private count = 0;

  constructor(most: number) {
    this.thresholds = new Float64Array(most);
    this.positive = new Float64Array(most);
    this.negative = new Float64Array(most);
  }

  add(threshold: number, positive: number, negative: number): void {
    this.thresholds[this.count] = threshold;
    this.positive[this.count] = positive;
    this.negative[this.count++] = negative;
  }

  curve(positive: number, negative: number): RocCurve {
    const { count } = this;
    return {
      thresholds: this.thresholds.subarray(0, count),
      truePositiveRate: this.positive.subarray(0, count).map((x) => x / positive),
      falsePositiveRate: this.negative.subarray(0, count).map((x) => x / negative),
    };
  }
}
