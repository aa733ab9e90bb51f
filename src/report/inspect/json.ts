import type { Model } from '../../model/model.js';
import { modelText } from '../../model/model-text.js';

/** The model file itself. */
export function json(model: Model): Iterable<string> {
  return [modelText(model)];
}
