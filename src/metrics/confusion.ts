/** Rows by true and predicted class, as sums of weights, and the rates computed from them; null if undefined. */
export interface Confusion {
  /** A row is called positive where its probability is at least this. */
  readonly threshold: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
  readonly falseNegative: number;
  readonly accuracy: number;
  /** TP / (TP + FN), also called recall. */
  readonly sensitivity: number | null;
  /** TN / (TN + FP). */
  readonly specificity: number | null;
  /** TP / (TP + FP). */
  readonly precision: number | null;
  /** 2 TP / (2 TP + FP + FN). */
  readonly f1: number | null;
  /** (sensitivity + specificity) / 2. */
  readonly balancedAccuracy: number | null;
  /** Matthews' correlation of true and predicted class; null if one of them is constant. */
  readonly mcc: number | null;
}

/**
 * The confusion of a binary classifier at one threshold.
 * @param y 0 or 1; @param probability of class 1; @param w weights, some above 0
 * Source: Matthews (1975), Biochim. Biophys. Acta 405, for mcc; the rates are those of any textbook.
 */
export function confusion(
  y: Float64Array,
  probability: Float64Array,
  w: Float64Array,
  threshold: number,
): Confusion {
  let [tp, fp, tn, fn] = [0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const called = probability[i] >= threshold;
    if (y[i] === 1) {
      if (called) tp += w[i];
      else fn += w[i];
    } else if (called) fp += w[i];
    else tn += w[i];
  }
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  return {
    threshold,
    truePositive: tp,
    falsePositive: fp,
    trueNegative: tn,
    falseNegative: fn,
    accuracy: (tp + tn) / (tp + fp + tn + fn),
    sensitivity,
    specificity,
    precision: ratio(tp, tp + fp),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    balancedAccuracy: sensitivity === null || specificity === null ? null : (sensitivity + specificity) / 2,
    mcc: correlation(tp, fp, tn, fn),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Roots first, so that the product of four sums does not overflow. */
function correlation(tp: number, fp: number, tn: number, fn: number): number | null {
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return scale > 0 ? (tp * tn - fp * fn) / scale : null;
}
