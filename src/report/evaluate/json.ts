import type { EvaluateReport, RocCurve } from '../../evaluation/evaluate-report.js';
import { gateObject } from '../gates.js';
import { jsonLines } from '../media/json.js';
import type { EvaluateViewOptions } from '../options.js';

/** Names the layout of the object; schema/evaluate.schema.json describes it. */
export const EVALUATE_SCHEMA = 'shrinkfit/evaluate/1';

/** An evaluation as one JSON object; every point of the ROC curve is in it. */
export function json(
  report: EvaluateReport,
  { gates }: Pick<EvaluateViewOptions, 'gates'>,
): Generator<string> {
  const { version, model, data, target, weights, metrics, baseline, training } = report;
  const { confusion, calibration, roc, columns, findings, warnings, refusal } = report;
  const object = {
    ...{ schema: EVALUATE_SCHEMA, version, model, data, target, weights, metrics, baseline, training },
    ...{ confusion, calibration, roc: roc === null ? null : points(roc), columns, findings },
    ...{ gates: gates.map(gateObject), warnings, refusal },
  };
  return jsonLines(Object.entries(object));
}

/** The threshold before the first score, at which nothing is called positive, is infinite: null in JSON. */
function* points({ thresholds, truePositiveRate, falsePositiveRate }: RocCurve): Generator<object> {
  for (let k = 0; k < thresholds.length; k++) {
    const threshold = Number.isFinite(thresholds[k]) ? thresholds[k] : null;
    yield { threshold, tpr: truePositiveRate[k], fpr: falsePositiveRate[k] };
  }
}
