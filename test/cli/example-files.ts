/** Stand-ins for the files and columns that the examples of the help speak of. */
const FIXTURES: ReadonlyMap<string, string> = new Map([
  ['sales.csv', 'fixtures/diabetes.csv'],
  ['price', 'target'],
  ['patients.csv', 'fixtures/birthwt.csv'],
  ['relapsed', 'low'],
  ['ward', 'race'],
  ['yes', '1'],
  ['genes.csv', 'fixtures/sonar.csv'],
  ['type', 'Class'],
]);

/** An example of the help as a command on files that are here. */
export function onFixtures(example: string): string {
  return example.replace(/[\w.]+/g, (word) => FIXTURES.get(word) ?? word);
}
