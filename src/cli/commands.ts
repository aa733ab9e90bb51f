import type { Command } from './command.js';

/** A command as the list of commands shows it; the rest of it is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command there is, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'fit',
    synopsis: 'fit FILE --target COL [options]',
    summary: 'Sweep lambda, print error and sparsity tables.',
    load: async () => (await import('./commands/fit/command.js')).fitCommand,
  },
  {
    name: 'predict',
    synopsis: 'predict MODEL FILE [options]',
    summary: 'CSV in, the same CSV with prediction columns out.',
    load: async () => (await import('./commands/predict/command.js')).predictCommand,
  },
  {
    name: 'select',
    synopsis: 'select FILE --target COL [options]',
    summary: 'CSV in, the same CSV with only the columns that the fit keeps out.',
    load: async () => (await import('./commands/select/command.js')).selectCommand,
  },
  {
    name: 'evaluate',
    synopsis: 'evaluate MODEL FILE [options]',
    summary: 'Metrics of a saved model on labelled rows, and how the rows differ from training.',
    load: async () => (await import('./commands/evaluate/command.js')).evaluateCommand,
  },
  {
    name: 'verify',
    synopsis: 'verify MODEL FILE [options]',
    summary: 'Is this model the optimum of that training file, yes or no?',
    load: async () => (await import('./commands/verify/command.js')).verifyCommand,
  },
  {
    name: 'diff',
    synopsis: 'diff BASE NEW [options]',
    summary: 'Compare two saved models or results, with tolerances.',
    load: async () => (await import('./commands/diff/command.js')).diffCommand,
  },
  {
    name: 'inspect',
    synopsis: 'inspect MODEL [options]',
    summary: 'Show a saved model: equation, coefficients, columns, error.',
    load: async () => (await import('./commands/inspect/command.js')).inspectCommand,
  },
  {
    name: 'export',
    synopsis: 'export MODEL --to sql|js|python|r',
    summary: 'Write a saved model as SQL, JavaScript, Python or R.',
    load: async () => (await import('./commands/export/command.js')).exportCommand,
  },
];
