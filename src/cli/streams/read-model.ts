import { loadModel, parseModel } from '../../model/file/load.js';
import type { Model } from '../../model/model.js';
import type { Terminal } from './terminal.js';

/** The model that a command is given: a file, or `-` for standard input. @throws DataError for what is not a model */
export async function readModel(path: string, terminal: Terminal): Promise<Model> {
  if (path !== '-') return loadModel(path);
  return parseModel(await standardInput(terminal), 'standard input');
}

/** All of standard input as text. */
export async function standardInput({ stdin }: Terminal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
