import type { FlagGroup } from '../../command.js';
import { OUTPUT_FLAG } from '../../flags/output.js';

/** The options of `export`, grouped as in the help. */
export const EXPORT_FLAGS: readonly FlagGroup[] = [
  {
    title: 'Export',
    flags: [
      { name: 'to', value: 'LANGUAGE', text: 'sql, js, python or r. Required.' },
      {
        name: 'dialect',
        value: 'DIALECT',
        text: 'The dialect of SQL: postgres, duckdb, clickhouse or sqlite. Default: postgres.',
      },
      {
        name: 'table',
        value: 'NAME',
        text: 'The table of the query, or SCHEMA.TABLE. Default: data.',
      },
      {
        name: 'expression',
        text: 'Only the SQL expression of the prediction, or of the probability, without SELECT and FROM.',
      },
      OUTPUT_FLAG,
    ],
  },
];
