/** A module of the benchmark. It is plain JavaScript without declarations, so its exports are not typed. */
export function loadBench(name: string) {
  return import(new URL(`../../bench/${name}.js`, import.meta.url).href);
}
