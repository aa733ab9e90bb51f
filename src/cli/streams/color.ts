/** When to colour: the values of `--color`. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** none, 16 colours, 256 colours, true colour */
export type ColorLevel = 0 | 1 | 2 | 3;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How many colours a stream gets. The flag decides, then FORCE_COLOR, then NO_COLOR, then TERM=dumb, then whether the
 * stream is a terminal. chalk's own detection ignores NO_COLOR, so it is not asked.
 */
export function colorLevel(choice: ColorChoice, env: Environment, isTerminal: boolean): ColorLevel {
  if (choice === 'never') return 0;
  if (choice === 'always') return Math.max(1, capability(env)) as ColorLevel;
  const forced = forcedLevel(env);
  if (forced !== null) return forced;
  // https://no-color.org: present and not empty.
  if (env.NO_COLOR || !isTerminal) return 0;
  return capability(env);
}

function forcedLevel(env: Environment): ColorLevel | null {
  const forced = env.FORCE_COLOR;
  if (forced === undefined) return null;
  if (forced === '0' || forced === 'false') return 0;
  if (forced === '2' || forced === '3') return Number(forced) as ColorLevel;
  return 1;
}

function capability(env: Environment): ColorLevel {
  if (env.TERM === 'dumb') return 0;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3;
  return env.TERM?.includes('256') ? 2 : 1;
}
