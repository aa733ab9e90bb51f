import { modelText } from '../../model/file/text.js';
import type { Model } from '../../model/model.js';

/** The model file itself. */
export function json(model: Model): Iterable<string> {
  return [modelText(model)];
}
