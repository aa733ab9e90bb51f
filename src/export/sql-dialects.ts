import { DataError } from '../errors.js';
import { UNPRINTABLE } from '../visible.js';
import type { SqlDialectName } from './export-request.js';
import { binaryParts } from './hex-number.js';
import { isTorn, plainText } from './plain-text.js';

/** How one database writes what the query needs. */
export interface SqlDialect {
  readonly name: SqlDialectName;
  /** @throws DataError for a name that cannot be written */
  identifier(name: string): string;
  /** @throws DataError for a text that cannot be written */
  text(text: string): string;
  /** The same double, bit for bit. */
  number(x: number): string;
  /** A column of numbers as double; where a cell is missing the fill, or NULL. */
  value(identifier: string, fill: string | null): string;
  /** A column of categories as text that compares by its bytes; NULL for a missing cell. */
  category(identifier: string): string;
  /** An expression on the value of another, which is written once. */
  given(name: string, expression: string, result: string): string;
  /** Names that differ in nothing but this are the same column. */
  sameName(name: string): string;
}

const doubled = (mark: string, text: string): string => `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

/** Terminals obey these, and no SQL file needs them raw; line end and tab are harmless. */
const CONTROL = /(?![\n\t])\p{Cc}/u;

function refuse(text: string, why: string): never {
  throw new DataError(`${plainText(text)} ${why}; rename it, or export to js or python`);
}

function checked(text: string, name: SqlDialectName): string {
  if (text.includes('\0')) refuse(text, 'holds the character NUL, which SQL cannot write');
  if (isTorn(text)) refuse(text, `holds half of a surrogate pair, which ${name} cannot write`);
  return text;
}

/** For dialects whose identifiers have no escapes. */
function rawIdentifier(mark: string, text: string, name: SqlDialectName): string {
  if (CONTROL.test(checked(text, name)))
    refuse(text, `holds a control character, which a name in ${name} cannot`);
  return doubled(mark, text);
}

/** 'abc' || chr(27) || 'def': literals without escapes take acting characters by number. */
function joinedText(text: string, chr: string, name: SqlDialectName): string {
  const parts = checked(text, name)
    .split(/((?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}])/u)
    .map((part, k) => (k % 2 === 0 ? doubled("'", part) : `${chr}(${part.codePointAt(0)})`));
  const [first, ...others] = parts.filter((part) => part !== "''");
  if (first === undefined) return "''";
  return others.length === 0 ? first : `(${[first, ...others].join(' || ')})`;
}

/** `(SELECT result FROM (SELECT expression AS name) AS given)` */
const bySubquery = (name: string, expression: string, result: string): string =>
  `(SELECT ${result} FROM (SELECT ${expression} AS ${name}) AS given)`;

const coalesce = (value: string, fill: string | null): string =>
  fill === null ? value : `COALESCE(${value}, ${fill})`;

const asciiLower = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const POSTGRES: SqlDialect = {
  name: 'postgres',
  identifier(name) {
    const bytes = Buffer.byteLength(checked(name, 'postgres'));
    if (bytes > 63) refuse(name, `takes ${bytes} bytes, and postgres cuts names after 63`);
    if (name.search(UNPRINTABLE) < 0) return doubled('"', name);
    const escaped = name
      .replaceAll('\\', '\\\\')
      .replace(UNPRINTABLE, (c) => `\\+${c.codePointAt(0)!.toString(16).padStart(6, '0')}`);
    return `U&${doubled('"', escaped)}`;
  },
  text(text) {
    checked(text, 'postgres');
    if (!text.includes('\\') && text.search(UNPRINTABLE) < 0) return doubled("'", text);
    // Without E a backslash means itself or not, as a setting of the server has it.
    const escaped = text
      .replaceAll('\\', '\\\\')
      .replace(UNPRINTABLE, (c) => `\\U${c.codePointAt(0)!.toString(16).padStart(8, '0')}`);
    return `E${doubled("'", escaped)}`;
  },
  number: (x) => `CAST('${x}' AS double precision)`,
  value: (identifier, fill) => coalesce(`NULLIF(CAST(${identifier} AS double precision), 'NaN')`, fill),
  category: (identifier) => `NULLIF(CAST(${identifier} AS text) COLLATE "C", '')`,
  given: bySubquery,
  sameName: (name) => name,
};

const DUCKDB: SqlDialect = {
  name: 'duckdb',
  identifier: (name) => rawIdentifier('"', name, 'duckdb'),
  text: (text) => joinedText(text, 'chr', 'duckdb'),
  number: (x) => `CAST('${x}' AS DOUBLE)`,
  value: (identifier, fill) => coalesce(`NULLIF(CAST(${identifier} AS DOUBLE), CAST('NaN' AS DOUBLE))`, fill),
  category: (identifier) => `NULLIF(CAST(${identifier} AS VARCHAR) COLLATE "binary", '')`,
  given: bySubquery,
  sameName: (name) => name.toLowerCase(),
};

const bytesOf = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

const clickhouseQuoted = (mark: string, text: string): string =>
  `${mark}${checked(text, 'clickhouse').replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`).replace(UNPRINTABLE, bytesOf)}${mark}`;

const CLICKHOUSE: SqlDialect = {
  name: 'clickhouse',
  identifier: (name) => clickhouseQuoted('`', name),
  text: (text) => clickhouseQuoted("'", text),
  // A literal is read exactly, a cast from text is not; a whole number would not be a Float64.
  number: (x) => (/^-?\d+$/.test(String(x)) ? `${x}.0` : String(x)),
  value: (identifier, fill) => {
    const value = `CAST(${identifier} AS Nullable(Float64))`;
    return coalesce(`if(isNaN(${value}), NULL, ${value})`, fill);
  },
  category: (identifier) => `nullIf(CAST(${identifier} AS Nullable(String)), '')`,
  // A subquery could not see the columns of the row.
  given: (name, expression, result) => `arrayMap(${name} -> ${result}, [${expression}])[1]`,
  sameName: (name) => name,
};

const SQLITE: SqlDialect = {
  name: 'sqlite',
  // In double quotes a name without a column would silently be a text.
  identifier: (name) => rawIdentifier('`', name, 'sqlite'),
  text: (text) => joinedText(text, 'char', 'sqlite'),
  number: sqliteNumber,
  // A text would silently count as 0; so the row gets no prediction.
  value: (identifier, fill) =>
    `CASE typeof(${identifier}) WHEN 'real' THEN ${identifier} WHEN 'integer' THEN ${identifier}${fill === null ? '' : ` WHEN 'null' THEN ${fill}`} END`,
  category: (identifier) => `NULLIF(CAST(${identifier} AS TEXT) COLLATE BINARY, '')`,
  given: bySubquery,
  sameName: asciiLower,
};

const STEP = 62;

/** SQLite does not promise to read a decimal to its last digit: a whole number over powers of two is exact. */
function sqliteNumber(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) <= Number.MAX_SAFE_INTEGER) return `${x}.0`;
  const { negative, mantissa, exponent } = binaryParts(x);
  const sign = exponent < 0 ? '/' : '*';
  let text = `CAST(${negative ? '-' : ''}${mantissa} AS REAL)`;
  for (let left = Math.abs(exponent); left > 0; left -= STEP)
    text += ` ${sign} ${1n << BigInt(Math.min(left, STEP))}`;
  return `(${text})`;
}

/** The dialects by name. */
export const DIALECTS: Readonly<Record<SqlDialectName, SqlDialect>> = {
  postgres: POSTGRES,
  duckdb: DUCKDB,
  clickhouse: CLICKHOUSE,
  sqlite: SQLITE,
};
