import { CodedDesign } from './coded-design.js';
import type { Design } from './design.js';
import type { Engine } from './engine.js';
import { SharedBlocks } from './shared-blocks.js';

/** The compiled kernels that a design was laid out with; null without any. */
export function engineBeside(design: Design): Engine | null {
  return design instanceof SharedBlocks || design instanceof CodedDesign ? design.engine : null;
}

/** Gives back what `work` takes of the memory that kernels beside a design have. Nothing of it may outlive `work`. */
export function givingBack<T>(design: Design, work: () => T): T {
  const engine = engineBeside(design);
  return engine === null ? work() : engine.wasm.scoped(work);
}
