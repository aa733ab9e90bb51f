// What peers answered before. To a tight tolerance they take minutes, and the same question has the same answer.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The answer to a question: the one kept in `folder`, or a new one, which is then kept.
 * @template T
 * @param {string} folder
 * @param {string[]} question all that the answer depends on
 * @param {() => T} ask
 * @returns {T} as JSON gives it back
 */
export function answer(folder, question, ask) {
  const file = join(folder, `${digest(question)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).answer;
  const text = JSON.stringify({ question, answer: ask() });
  mkdirSync(dirname(file), { recursive: true });
  // Renamed when whole, so that an interrupted run leaves no half answer.
  writeFileSync(`${file}.partial`, text);
  renameSync(`${file}.partial`, file);
  return JSON.parse(text).answer;
}

/** A short name of a list of texts, or of the bytes of a file. */
export function digest(parts) {
  const bytes = Array.isArray(parts) ? JSON.stringify(parts) : parts;
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
